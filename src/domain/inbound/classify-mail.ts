import PostalMime, { type Email } from "postal-mime";
import { findStandIn, isAbsenceSubject, saysDeparted } from "./absence.ts";
import { findTextRule } from "./bounce-text.ts";
import { addressIn, enhancedStatus, type RecipientStatus, readDeliveryStatus } from "./delivery-status.ts";
import type { ClassifiedMail, MailKind } from "./mail-kind.ts";
import { ownWords } from "./own-words.ts";
import { findReturnDate } from "./return-date.ts";

/** A mail over this size is not read: what answers us is small, and a bomb is not (trust.md A18). */
const SIZE_LIMIT = 10 * 1024 * 1024;
const TEXT_LIMIT = 200_000;

/**
 * What an incoming mail is (trust.md 5). Rules in order: a report of a complaint, a delivery status report,
 * a bounce without a report, an automatic answer, a person's reply; `other` is everything else. Says nothing
 * about who it concerns: only a signed address does that.
 */
export async function classifyMail(raw: Uint8Array | string): Promise<ClassifiedMail> {
  if (raw.length > SIZE_LIMIT) return { ...NOTHING, reason: "larger than 10 MB", rules: ["too-large"] };
  const mail = await new PostalMime({
    forceRfc822Attachments: true,
    attachmentEncoding: "utf8",
    maxNestingDepth: 50,
    maxHeadersSize: 512 * 1024,
  }).parse(raw);
  const look = lookAt(mail);
  return complaint(look) ?? report(look) ?? bareBounce(look) ?? autoReply(look) ?? reply(look) ?? other(look);
}

const NOTHING: ClassifiedMail = {
  kind: "other",
  status: null,
  recipient: null,
  reason: "",
  returnsOn: null,
  standIn: null,
  departed: false,
  from: null,
  subject: "",
  text: "",
  messageId: null,
  references: [],
  rules: [],
};

/** A mail as the rules look at it, prepared once. */
interface Look {
  readonly base: ClassifiedMail;
  readonly header: (name: string) => string;
  /** The readable body without what was returned with it. */
  readonly body: string;
  readonly parts: readonly { readonly type: string; readonly text: string }[];
  readonly receivedOn: string;
}

function lookAt(mail: Email): Look {
  const headers = new Map(mail.headers.map(({ key, value }) => [key.toLowerCase(), value]));
  const header = (name: string) => headers.get(name) ?? "";
  const body = (mail.text ?? stripTags(mail.html ?? "")).slice(0, TEXT_LIMIT);
  const parts = mail.attachments.map(({ mimeType, content }) => ({
    type: mimeType.toLowerCase(),
    text: (typeof content === "string" ? content : new TextDecoder().decode(content)).slice(0, TEXT_LIMIT),
  }));
  const date = new Date(mail.date ?? "");
  const references = `${mail.inReplyTo ?? ""} ${mail.references ?? ""}`.match(/<[^<>\s]+>/g) ?? [];
  return {
    header,
    body,
    parts,
    receivedOn: (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString().slice(0, 10),
    base: {
      ...NOTHING,
      from: mail.from?.address?.toLowerCase() ?? null,
      subject: mail.subject ?? "",
      text: ownWords(body),
      messageId: mail.messageId ?? null,
      references: [...new Set([...references, ...returnedIds(parts)])],
    },
  };
}

/** Message-IDs of returned mails. */
function returnedIds(parts: Look["parts"]): string[] {
  return parts
    .filter(({ type }) => type === "message/rfc822" || type === "text/rfc822-headers")
    .flatMap(({ text }) => /^message-id:\s*(<[^<>\s]+>)/im.exec(text)?.[1] ?? []);
}

function complaint(look: Look): ClassifiedMail | null {
  const part = look.parts.find(({ type }) => type === "message/feedback-report");
  const isArf = part !== undefined || /report-type="?feedback-report/i.test(look.header("content-type"));
  if (!isArf) return null;
  const report = part?.text ?? look.body;
  // "not-spam" takes a complaint back, and an authentication report is about us, not from a reader.
  const type = /^feedback-type:\s*([\w-]+)/im.exec(report)?.[1]?.toLowerCase() ?? "abuse";
  if (type === "not-spam" || type === "auth-failure") {
    return { ...look.base, reason: `feedback report: ${type}`, rules: [`arf-${type}`] };
  }
  const rcpt = /^(?:original-rcpt-to|removal-recipient):\s*(.+)$/im.exec(report)?.[1] ?? "";
  return {
    ...look.base,
    kind: "complaint",
    reason: `reported as unwanted (${type})`,
    recipient: addressIn(rcpt),
    rules: ["arf"],
  };
}

function report(look: Look): ClassifiedMail | null {
  const part = look.parts.find(({ type }) => /message\/(global-)?delivery-status/.test(type));
  if (part === undefined) return null;
  const blocks = readDeliveryStatus(part.text);
  const worst =
    blocks.find(({ action }) => action === "failed") ??
    blocks.find(({ action }) => action !== "delivered") ??
    blocks[0];
  if (worst === undefined) return null;
  if (worst.action === "delivered" || worst.action === "relayed" || worst.action === "expanded") {
    return {
      ...look.base,
      reason: `report: ${worst.action}`,
      status: worst.status,
      recipient: worst.recipient,
      rules: ["dsn-delivered"],
    };
  }
  return bounce(look, worst, "dsn");
}

const FROM_DAEMON =
  /mailer-?daemon|postmaster|mail delivery|mail system|mdaemon|mailadmin|mail-daemon|mmdf|exchange/i;
const BOUNCE_SUBJECT =
  /undeliver|deliver(y|able)( status)? (notification|failure|failed|report|error|status)|delivery .{0,20}fail|failure notice|fail(ed|ure) .{0,20}(mail|deliver|notice)|returned (mail|to sender|message)|mail (could not|delivery|system error|failure)|message (could not|not delivered|you sent blocked)|non.?delivery|non remis|not delivered|unzustellbar|nicht zugestellt|no se pudo entregar|non distribu|undelivered|error (sending|mail)|warning: (message|could not)|配信|送信でき|エラーメール|user unknown|mail error|bounce/i;

/** A bounce that brings no report: old and small servers write plain text (46 % of the collection, trust.md 0.11). */
function bareBounce(look: Look): ClassifiedMail | null {
  const { base, header } = look;
  const nullPath = header("return-path").trim() === "<>" || header("x-failed-recipients") !== "";
  const daemon = FROM_DAEMON.test(`${header("from")} ${base.from ?? ""}`);
  const subject = BOUNCE_SUBJECT.test(base.subject);
  // One sign may be chance; an automatic note about a bounce we made is no bounce of ours.
  if (Number(nullPath) + Number(daemon) + Number(subject) < 2) return null;
  const said = returnedText(look.body);
  const status = enhancedStatus(said);
  const smtp = /(?<![\d.])([45]\d\d)(?:[ -]|$)(?![\d.])/m.test(said);
  if (status === null && !smtp && findTextRule(said) === null) return null;
  if (/^auto-replied/i.test(header("auto-submitted")) && !subject) return null;
  const recipient =
    addressIn(header("x-failed-recipients")) ?? addressIn(said.replaceAll(base.from ?? "\0", ""));
  return bounce(look, { recipient, action: "failed", status, diagnostic: "" }, "bare");
}

/** Only what the server says: the returned mail below it has words of its own. */
function returnedText(body: string): string {
  const cut =
    /^(-{2,}.{0,60}(original|copy|below|header|returned|unsent|transcript follows|message follows).*|.*(copy of (the|your) message|original message (follows|headers)|message headers follow|headers? follow|unsent message below|(the )?text of the message).*|return-path: .*|received: from .*)$/im.exec(
      body,
    );
  return cut === null || cut.index < 40 ? body : body.slice(0, cut.index);
}

/** Codes of a dead address, whatever is said beside them (trust.md 5). */
const HARD_CODES = /^5\.(1\.[1236]|1\.10)$/;

function bounce(look: Look, block: RecipientStatus, source: string): ClassifiedMail {
  const { status } = block;
  const said = block.diagnostic === "" ? returnedText(look.body) : block.diagnostic;
  const rule = findTextRule(said) ?? (block.diagnostic === "" ? null : findTextRule(returnedText(look.body)));
  const later = block.action === "delayed" || status?.startsWith("4.") === true;
  const byCode = status !== null && HARD_CODES.test(status);
  // What the server says goes before its number: many say 5.1.1 for a full mailbox, and 5.0.0 for anything.
  const hard = !later && (rule === null ? byCode : rule.hard || (byCode && isVague(rule.id)));
  return {
    ...look.base,
    kind: hard ? "hard-bounce" : "soft-bounce",
    status: enhancedStatus(said) ?? status,
    recipient: block.recipient,
    reason: rule?.reason ?? (byCode ? "no such person" : "returned without a known reason"),
    rules: [source, ...(rule === null ? [] : [rule.id]), ...(byCode ? ["code"] : [])],
  };
}

/** Words that stand in nearly every bounce and decide nothing against a clear code. */
function isVague(ruleId: string): boolean {
  return ["text-policy", "text-system", "text-network", "text-expired", "text-filtered"].includes(ruleId);
}

function autoReply(look: Look): ClassifiedMail | null {
  const { base, header } = look;
  const submitted = header("auto-submitted").trim().toLowerCase();
  // Never on X-Auto-Response-Suppress alone: Outlook puts it on mail that people write (trust.md 5).
  const rules = [
    [submitted !== "" && !submitted.startsWith("no"), "auto-submitted"],
    [
      header("x-autoreply") !== "" || header("x-autorespond") !== "" || header("x-mail-autoreply") !== "",
      "x-autoreply",
    ],
    [/auto_?reply/i.test(header("precedence")), "precedence"],
    [header("x-auto-reply-from") !== "" || /auto-?repl|vacation/i.test(header("x-mailer")), "mailer"],
    [isAbsenceSubject(base.subject), "subject"],
  ].flatMap(([holds, id]) => (holds === true ? [String(id)] : []));
  if (rules.length === 0) return null;
  return {
    ...base,
    kind: "auto-reply",
    reason: "automatic answer",
    departed: saysDeparted(`${base.subject}\n${base.text}`),
    returnsOn: findReturnDate(`${base.subject}\n${base.text}`, look.receivedOn),
    standIn: findStandIn(base.text),
    rules,
  };
}

function reply(look: Look): ClassifiedMail | null {
  const { base } = look;
  const answers = look.header("in-reply-to") !== "" || look.header("references") !== "";
  const subject = /^\s*(re|aw|antw|sv|vs|rv|réf?|odp|res)\s*(\[\d+\])?\s*:/i.test(base.subject);
  if (!answers && !subject) return null;
  const rules = [...(answers ? ["in-reply-to"] : []), ...(subject ? ["re"] : [])];
  return { ...base, kind: "reply", reason: "a person's answer", departed: saysDeparted(base.text), rules };
}

function other(look: Look): ClassifiedMail {
  const kind: MailKind = "other";
  return { ...look.base, kind, reason: "says nothing about our mails" };
}

function stripTags(html: string): string {
  return html
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, " ")
    .replace(/<br\s*\/?>|<\/(p|div|tr|li)>/gi, "\n")
    .replace(/<[^>]*>/g, " ")
    .replace(/&nbsp;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
