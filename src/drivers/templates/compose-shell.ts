import { FONT, LIGHT } from "../../../emails/palette.ts";
import type { CoursePlace } from "../../domain/sequences/course-place.ts";
import type { Step } from "../../domain/sequences/sequence.ts";
import type { MailComposer } from "./compose-blocks.ts";
import type { Paragraph } from "./markdown.ts";
import { minutes } from "./phrases.ts";
import type { FieldSlot } from "./slots.ts";
import type { StepMail } from "./step-mail.ts";

interface Words {
  readonly html: string;
  readonly text: readonly Paragraph[];
}

/** Who writes, where in the course this stands, why it came, and how to slow down or stop. */
export function shellWords(
  mail: StepMail,
  content: Pick<Step, "blocks">,
  composer: MailComposer,
): { masthead: Words; signature: Words; footer: Words } {
  const { book } = composer;
  const field = (name: FieldSlot["field"], fallback: string | null = null) => ({
    html: book.field(name, "html", fallback),
    text: book.field(name, "text", fallback),
  });
  const names = {
    vendor: field("workspace.name"),
    account: field("account.name"),
    csm: field("csm.name"),
    initials: field("csm.initials", "·"),
  };
  const address = field("csm.address");
  const title = field("csm.title", "Customer success");
  return {
    masthead: masthead(names, mail.place ?? null, readingTime(content.blocks)),
    signature: {
      html: `<p><strong>${names.csm.html}</strong><br /><span class="soft small">${title.html}, ${names.vendor.html}<br />${address.html}</span></p>`,
      text: [{ text: `-- \n${names.csm.text}\n${title.text}, ${names.vendor.text}\n${address.text}` }],
    },
    footer: footer(mail, composer, { ...names, product: field("product.name") }),
  };
}

type Named = Readonly<Record<"html" | "text", string>>;

/** No picture is needed: initials in a tinted cell, and a bar of cells for the way so far. */
function masthead(
  names: { vendor: Named; account: Named; csm: Named; initials: Named },
  place: CoursePlace | null,
  readingMinutes: number,
): Words {
  const where = place === null ? "" : placeWords(place);
  const time = readingMinutes > 0 ? `${where === "" ? "About" : "about"} ${minutes(readingMinutes)}` : "";
  const facts = [where, time].filter((words) => words !== "");
  const font = `font-family:${FONT}`;
  const side =
    facts.length === 0
      ? ""
      : `<td class="soft mast" align="right" valign="middle" style="${font};font-size:14px;line-height:21px;color:${LIGHT.soft};white-space:nowrap;text-align:end;padding-inline-start:12px">${facts.join("<br />")}</td>`;
  const html =
    `<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0"><tr>` +
    `<td width="44" valign="middle"><table role="presentation" border="0" cellpadding="0" cellspacing="0" style="border-collapse:separate"><tr>` +
    `<td class="badge" aria-hidden="true" width="44" height="44" align="center" bgcolor="${LIGHT["tint-line"]}" style="${font};width:44px;height:44px;border-radius:22px;font-size:16px;line-height:44px;font-weight:600;color:${LIGHT.accent};background:${LIGHT["tint-line"]}">${names.initials.html}</td></tr></table></td>` +
    `<td class="ink mast" valign="middle" style="${font};font-size:15px;line-height:21px;color:${LIGHT.ink};padding-inline-start:14px"><strong>${names.csm.html}</strong><br /><span class="soft">${names.vendor.html} for ${names.account.html}</span></td>` +
    `${side}</tr></table>${place === null ? "" : progressBar(place)}`;
  return { html, text: facts.length === 0 ? [] : [{ text: facts.join(" · ") }] };
}

function placeWords({ number, of, extra }: CoursePlace): string {
  return extra ? "An extra, for you" : `Mail ${number} of ${of}`;
}

/** More cells than this would be too thin to count; then the bar has two cells in proportion. */
const MOST_CELLS = 14;

/** Drawn with cells, as the words beside it say it already. */
function progressBar({ number, of }: CoursePlace): string {
  const cell = (done: boolean, width: number) =>
    `<td class="${done ? "on" : "off"}" width="${width}%" height="4" bgcolor="${done ? LIGHT.accent : LIGHT.line}" style="border-radius:2px"></td>`;
  const share = Math.floor((100 * number) / of);
  const cells =
    of <= MOST_CELLS
      ? Array.from({ length: of }, (_, index) => cell(index < number, Math.floor((101 - of) / of)))
      : [cell(true, share), ...(share < 100 ? [cell(false, 100 - share)] : [])];
  return `<table role="presentation" aria-hidden="true" width="100%" border="0" cellpadding="0" cellspacing="0" style="border-collapse:separate;margin-top:16px;font-size:0;line-height:0"><tr>${cells.join('<td width="1%"></td>')}</tr></table>`;
}

function footer(
  mail: StepMail,
  composer: MailComposer,
  names: { vendor: Named; account: Named; product: Named },
): Words {
  const { book } = composer;
  const postal = {
    html: book.field("workspace.postalAddress", "html", " "),
    text: book.field("workspace.postalAddress", "text", " "),
  };
  const page = composer.pageLink("");
  const ways = (
    [
      ["pace", "Slower, faster or a pause"],
      ["stop", "Not the right person, or stop"],
      ["unsubscribe", "Unsubscribe"],
    ] as const
  ).map(([kind, words]) => ({ words, href: composer.shellLink(kind) }));
  const { vendor, account, product } = names;
  const why = (part: "html" | "text") =>
    mail.audience === "sponsor"
      ? `You get this mail because your main contact with ${vendor[part]} at ${account[part]} has changed.`
      : `You get these mails because you now look after ${product[part]} at ${account[part]}.`;
  const trap = mail.honeypot
    ? `<a href="${composer.shellLink("honeypot")}" aria-hidden="true" tabindex="-1" style="display:none;width:1px;height:1px;overflow:hidden;color:transparent;font-size:1px;line-height:1px;text-decoration:none">&#8203;</a>`
    : "";
  const link = (href: string, words: string) => `<a href="${href}" style="color:${LIGHT.soft}">${words}</a>`;
  return {
    html:
      `<p>${why("html")} ${link(page, "Your page")} needs no login.</p>` +
      `<p class="ways">${ways.map(({ words, href }) => link(href, words)).join("<span> &nbsp;·&nbsp; </span>")}</p>` +
      `<p>${vendor.html}<br />${postal.html}</p>${trap}`,
    text: [
      { text: why("text") },
      { text: `Your page, which needs no login:\n${page}` },
      ...ways.map(({ words, href }) => ({ text: `${words}:\n${href}`, tight: true })),
      { text: `${vendor.text}, ${postal.text}` },
    ],
  };
}

function readingTime(blocks: Step["blocks"]): number {
  return blocks.reduce((sum, block) => sum + ("minutes" in block ? block.minutes : 0), 0);
}
