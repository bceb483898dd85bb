import mjml2html from "mjml";
import { escapeHtml } from "../../domain/sequences/escape.ts";
import { type MergeText, parseMergeText } from "../../domain/sequences/merge-fields.ts";
import type { Block, Competitor, Step } from "../../domain/sequences/sequence.ts";
import { MailComposer } from "./compose-blocks.ts";
import { line, type Paragraph } from "./markdown.ts";
import { isRightToLeft, minutes } from "./phrases.ts";
import { type FieldSlot, type LinkSlot, type Segment, SlotBook } from "./slots.ts";

/** What one step's mail is made from. Nothing in it belongs to one recipient. */
export interface StepMail {
  readonly step: Step;
  readonly variant: "a" | "b";
  /** Language tag of the sequence, "en". */
  readonly language: string;
  readonly audience: "contact" | "sponsor";
  readonly competitor: Competitor | null;
  /** page_only: resources open on the reader's page and other links are bare; redirect: outside links are signed. */
  readonly clickTracking: "page_only" | "redirect";
  readonly honeypot: boolean;
}

/** A paragraph of the text part, cut at its slots. */
export interface TextParagraph {
  readonly segments: readonly Segment[];
  readonly first: string;
  readonly indent: string;
  readonly tight: boolean;
}

/** A step's mail, compiled once and filled per recipient by `renderStep`. Holds nothing of any recipient. */
export interface CompiledStep {
  readonly subject: MergeText;
  readonly html: readonly Segment[];
  readonly text: readonly TextParagraph[];
  /** Every link with a position, in order: `redirect` ones need a stored Link row (position, url). */
  readonly links: readonly LinkSlot[];
  /** Fields that must have a value, since the author gave no fallback. */
  readonly required: readonly FieldSlot["field"][];
  readonly rightToLeft: boolean;
}

export type Composed =
  | { readonly ok: true; readonly mail: CompiledStep }
  | { readonly ok: false; readonly problem: { place: string; message: string; remedy: string } };

/** Composes and compiles one step's mail. Expected to be called once per step version: MJML takes milliseconds. */
export async function composeStep(mail: StepMail): Promise<Composed> {
  const content = mail.variant === "b" ? mail.step.variantB : mail.step;
  if (!content) {
    return refused(mail, "The step has no variant B.", "Add variant-b to the step, or send variant A.");
  }
  for (const source of authoredTexts(content)) {
    const fault = parseMergeText(source).faults[0];
    if (fault) return refused(mail, fault.message, fault.remedy);
  }
  const book = new SlotBook();
  const composer = new MailComposer(book, {
    redirect: mail.clickTracking === "redirect",
    competitor: mail.competitor,
    sponsor: mail.audience === "sponsor",
    blocks: content.blocks,
  });
  const { mjml, text } = compose(mail, content, composer);
  const { html, errors } = await mjml2html(mjml, { validationLevel: "strict", keepComments: false });
  if (errors.length > 0) {
    throw new Error(
      `The mail templates do not compile: ${errors.map((error) => error.formattedMessage).join("; ")}`,
    );
  }
  const segments = book.split(html);
  const paragraphs = text.map(({ text: words, first = "", indent = "", tight = false }) => ({
    segments: book.split(words),
    first,
    indent,
    tight,
  }));
  return {
    ok: true,
    mail: {
      subject: parseMergeText(content.subject).parts,
      html: segments,
      text: paragraphs,
      links: composer.links,
      required: requiredFields(segments, content.subject),
      rightToLeft: isRightToLeft(mail.language),
    },
  };
}

type Content = Pick<Step, "subject" | "opening" | "blocks" | "preheader">;

function compose(
  mail: StepMail,
  content: Content,
  composer: MailComposer,
): { mjml: string; text: Paragraph[] } {
  const { book } = composer;
  const shell = shellWords(mail, content, composer);
  const opening = composer.block({ type: "text", text: content.opening });
  const blocks = content.blocks.map((block) => composer.block(block));
  // Every mail has a question line, whatever its author wrote.
  if (!content.blocks.some((block) => block.type === "question")) blocks.push(composer.questionLine(null));
  const rightToLeft = isRightToLeft(mail.language);
  const mjml = composer.fill(
    "layout.mjml",
    {
      title: book.fieldsAs(line(content.subject, book).html, "attribute"),
      preheader: book.fieldsAs(
        line(content.preheader ?? firstWords(content.opening), book).html,
        "attribute",
      ),
      heading: shell.heading.html,
      signature: shell.signature.html,
      footer: shell.footer.html,
    },
    {
      lang: escapeHtml(mail.language),
      dir: rightToLeft ? "rtl" : "ltr",
      start: rightToLeft ? "right" : "left",
      blocks: [opening, ...blocks].map((block) => block.mjml).join("\n"),
    },
  );
  return {
    mjml,
    text: [
      ...opening.text,
      ...blocks.flatMap((block) => block.text),
      ...shell.signature.text,
      ...shell.footer.text,
    ],
  };
}

/** Who writes, why, and how to slow down or stop. */
function shellWords(mail: StepMail, content: Content, composer: MailComposer) {
  const { book } = composer;
  const field = (name: FieldSlot["field"], fallback: string | null = null) => ({
    html: book.field(name, "html", fallback),
    text: book.field(name, "text", fallback),
  });
  const [vendor, account, product] = [field("workspace.name"), field("account.name"), field("product.name")];
  const [csm, address, postal] = [
    field("csm.name"),
    field("csm.address"),
    field("workspace.postalAddress", " "),
  ];
  const title = field("csm.title", "Customer success");
  const page = composer.pageLink("");
  const [pace, stop, unsubscribe] = (["pace", "stop", "unsubscribe"] as const).map((kind) =>
    composer.shellLink(kind),
  );
  const why = (part: "html" | "text") =>
    mail.audience === "sponsor"
      ? `You get this mail because your main contact with ${vendor[part]} at ${account[part]} has changed.`
      : `You get these mails because you now look after ${product[part]} at ${account[part]}.`;
  const trap = mail.honeypot
    ? `<a href="${composer.shellLink("honeypot")}" aria-hidden="true" tabindex="-1" style="display:none;width:1px;height:1px;overflow:hidden;color:transparent;font-size:1px;line-height:1px;text-decoration:none">&#8203;</a>`
    : "";
  return {
    heading: {
      html: `<p>${[`${vendor.html} for ${account.html}`, readingTime(content)].filter((part) => part !== null).join(" &middot; ")}</p>`,
    },
    signature: {
      html: `<p><strong>${csm.html}</strong><br /><span class="quiet small">${title.html}, ${vendor.html}<br />${address.html}</span></p>`,
      text: [{ text: `-- \n${csm.text}\n${title.text}, ${vendor.text}\n${address.text}` }],
    },
    footer: {
      html:
        `<p>${why("html")} No login is needed for <a class="quiet" href="${page}">your page</a>.</p>` +
        `<p><a class="quiet" href="${pace}">Slower, faster or a pause</a> &nbsp;&middot;&nbsp; <a class="quiet" href="${stop}">Not the right person, or stop</a> &nbsp;&middot;&nbsp; <a class="quiet" href="${unsubscribe}">Unsubscribe</a></p>` +
        `<p>${vendor.html}<br />${postal.html}</p>${trap}`,
      text: [
        { text: `${why("text")} No login is needed for your page:\n${page}` },
        { text: `Slower, faster or a pause:\n${pace}` },
        { text: `Not the right person, or stop:\n${stop}`, tight: true },
        { text: `Unsubscribe:\n${unsubscribe}`, tight: true },
        { text: `${vendor.text}, ${postal.text}` },
      ],
    },
  };
}

function readingTime(content: Content): string | null {
  const total = content.blocks.reduce((sum, block) => sum + ("minutes" in block ? block.minutes : 0), 0);
  return total > 0 ? `about ${minutes(total)}` : null;
}

const PREHEADER_LIMIT = 140;

/** What an inbox shows beside the subject when the author wrote no preheader. */
function firstWords(opening: string): string {
  const lines = opening.split("\n").map((words) => words.trim());
  const first = lines.find(
    (words) => words !== "" && !/^(hi|hello|dear|good (morning|afternoon))\b/i.test(words),
  );
  const words = (first ?? lines[0] ?? "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_#[\]]/g, "");
  if (words.length <= PREHEADER_LIMIT) return words;
  const space = words.lastIndexOf(" ", PREHEADER_LIMIT);
  const cut = words.slice(0, space > 0 ? space : PREHEADER_LIMIT);
  const open = cut.lastIndexOf("{{");
  return open > cut.lastIndexOf("}}") ? cut.slice(0, open) : cut;
}

function authoredTexts(content: Content): string[] {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    else if (value !== null && typeof value === "object") Object.values(value).forEach(visit);
  };
  visit([content.subject, content.preheader ?? "", content.opening, content.blocks satisfies Block[]]);
  return texts;
}

function requiredFields(segments: readonly Segment[], subject: string): FieldSlot["field"][] {
  const required = new Set<FieldSlot["field"]>();
  for (const segment of segments) {
    if (typeof segment !== "string" && segment.kind === "field" && segment.fallback === null)
      required.add(segment.field);
  }
  for (const part of parseMergeText(subject).parts) {
    if ("field" in part && part.fallback === null) required.add(part.field);
  }
  return [...required];
}

function refused(mail: StepMail, message: string, remedy: string): Composed {
  return { ok: false, problem: { place: `step ${mail.step.key}, variant ${mail.variant}`, message, remedy } };
}
