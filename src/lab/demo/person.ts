import { createTransport } from "nodemailer";
import { fillForm } from "./fill-form.ts";
import type { InboxMail } from "./inbox.ts";
import { hasForm, type OpenPage, openPage, sendForm } from "./reader.ts";
import type { Deed } from "./story-types.ts";

export interface PersonAtWork {
  name: string;
  email: string;
  /** SMTP address their own mail program sends through. */
  smtpUrl: string;
  /** The mail they have open, with their page link. */
  mail: InboxMail;
  now: Date;
}

/** What came of a deed: words for the demo's progress, or why the page had no place for it. */
export type DeedDone = { done: true; words: string } | { done: false; why: string };

/** Does one deed the way a person does it: over HTTP on their own page, or by a mail of their own. */
export async function doDeed(person: PersonAtWork, deed: Deed): Promise<DeedDone> {
  if (deed.kind === "reply") return replyTo(person, deed.text);
  const link = person.mail.pageLink;
  if (link === null) return { done: false, why: "no page link in the mail" };
  const page = await openPage(link);
  if (page.status !== 200) return { done: false, why: `the page answered ${page.status}` };
  switch (deed.kind) {
    case "act": {
      const filled = fillForm(page, deed.act);
      if (filled === null) return { done: false, why: "nothing to choose from" };
      return send(page, filled.form, filled.values, deed.act.kind);
    }
    case "value":
      return reviewValue(page, deed);
    case "goals":
      return reviewGoals(page, deed.change);
    case "visit":
      return visit(page, deed.item, deed.seconds);
    default:
      return deed satisfies never;
  }
}

async function send(
  page: OpenPage,
  form: string,
  values: Parameters<typeof sendForm>[2],
  words: string,
): Promise<DeedDone> {
  const open = await openedAt(page, (opened) => hasForm(opened, form));
  if (open === null) return { done: false, why: `the page has no form "${form}" (any more)` };
  await sendForm(open, form, values);
  return { done: true, words: words.replaceAll("-", " ") };
}

/** The page that holds what is looked for: a step of the course that is folded is opened, as a reader would. */
async function openedAt(page: OpenPage, holds: (page: OpenPage) => boolean): Promise<OpenPage | null> {
  if (holds(page)) return page;
  const steps = page
    .$("a[data-step]")
    .map((_, link) => page.$(link).attr("href") ?? "")
    .get();
  for (const step of steps) {
    const opened = await openPage(new URL(step, page.url).href);
    if (holds(opened)) return opened;
  }
  return null;
}

async function reviewValue(page: OpenPage, deed: Extract<Deed, { kind: "value" }>): Promise<DeedDone> {
  const form = page
    .$("input[name=form]")
    .map((_, input) => page.$(input).attr("value") ?? "")
    .get()
    .find((name) => name.startsWith("value:"));
  if (form === undefined) return { done: false, why: "no number on the page" };
  const values = deed.correction === undefined ? {} : { correction: deed.correction };
  return send(page, form, { ...values, decision: deed.decision }, `value ${deed.decision}ed`);
}

async function reviewGoals(
  page: OpenPage,
  change: Extract<Deed, { kind: "goals" }>["change"],
): Promise<DeedDone> {
  const names = new Set(
    page
      .$('input[name^="decision."]')
      .map((_, input) => (page.$(input).attr("name") ?? "").slice("decision.".length))
      .get(),
  );
  if (names.size === 0) return { done: false, why: "no goals on the page" };
  const fields = [...names].flatMap((goal): [string, string][] => {
    if (goal !== change?.goal) return [[`decision.${goal}`, "keep"]];
    return [
      [`decision.${goal}`, "change"],
      [`statement.${goal}`, change.statement],
      ...(change.why === undefined ? [] : ([[`why.${goal}`, change.why]] as [string, string][])),
    ];
  });
  return send(page, "goals", Object.fromEntries(fields), change ? "goal edited" : "goals kept");
}

/** What the page's own script says after 15 seconds in sight; without script nobody says it. */
async function visit(page: OpenPage, item: string | null, seconds: number): Promise<DeedDone> {
  const linkTo = (on: OpenPage) => on.$(`#resource-${item} a`).first().attr("href");
  const folded = item === null ? null : await openedAt(page, (opened) => linkTo(opened) !== undefined);
  const resource = folded === null ? undefined : linkTo(folded);
  const inside = resource?.startsWith("/") === true;
  const open = inside ? await openPage(new URL(resource, page.url).href) : page;
  const place = open.$("[data-visit]").first();
  const target = place.attr("data-visit");
  if (target === undefined) return { done: false, why: "the page asks for no visit" };
  await fetch(new URL(target, open.url), {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: new URL(open.url).origin },
    body: new URLSearchParams({ seconds: String(seconds), item: place.attr("data-item") ?? "" }),
  });
  return { done: true, words: `stayed ${seconds} seconds on a page` };
}

async function replyTo(person: PersonAtWork, text: string): Promise<DeedDone> {
  await sendOwnMail(person, { subject: `Re: ${person.mail.subject}`, text, headers: {} });
  return { done: true, words: "replied by mail" };
}

/** A mail from the person's own address, to where the last one asks replies to go. */
export async function sendOwnMail(
  person: PersonAtWork,
  mail: { subject: string; text: string; headers: Record<string, string>; nullReturnPath?: boolean },
): Promise<void> {
  const transport = createTransport({ url: person.smtpUrl, tls: { rejectUnauthorized: false } });
  try {
    await transport.sendMail({
      from: { name: person.name, address: person.email },
      to: person.mail.replyTo,
      subject: mail.subject,
      text: mail.text,
      date: person.now,
      headers: mail.headers,
      envelope: { from: mail.nullReturnPath ? "" : person.email, to: person.mail.replyTo },
      ...(person.mail.messageId === null
        ? {}
        : { inReplyTo: person.mail.messageId, references: [person.mail.messageId] }),
    });
  } finally {
    transport.close();
  }
}
