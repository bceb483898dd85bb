import { isAbsenceSubject } from "./absence.ts";
import {
  addressIn,
  findDeliveryStatus,
  type RecipientStatus,
  readDeliveryStatus,
} from "./delivery-status.ts";
import type { OpenedMail } from "./opened-mail.ts";
import { isAnswerSubject } from "./own-words.ts";
import { judgeReason, type ReasonFacts } from "./reason-rules.ts";
import { findStage, noticeSigns, serverWords } from "./server-notice.ts";
import { type BounceReason, enhancedStatus, replyCode, saysAddressDead } from "./status-codes.ts";

/** What a returned mail says about one recipient. */
export interface Bounce {
  readonly ending: "bounced" | "delivered";
  readonly hard: boolean;
  readonly reason: BounceReason | "delivered";
  readonly status: string | null;
  readonly recipient: string | null;
  readonly rules: readonly string[];
}

/**
 * Reads a bounce in the order of trust.md 5: the report's blocks (Action, Status, Diagnostic-Code), then the
 * enhanced code, the reply code and the words of the server. Null when the mail is no bounce.
 */
export function readBounce(mail: OpenedMail): Bounce | null {
  const words = serverWords(mail.body);
  const fromPart = mail.parts.filter(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type));
  const blocks = fromPart.flatMap(({ text }) => readDeliveryStatus(text));
  if (blocks.length > 0) return worst(judgeBlocks(blocks, words, "dsn"));
  const found = findDeliveryStatus(mail.body);
  if (found !== null) return worst(judgeBlocks(found, words, "dsn-in-text"));
  return bareBounce(mail, words, fromPart.length > 0);
}

/** A bounce that brings no report: nearly half of a real collection (trust.md 0.11). */
function bareBounce(mail: OpenedMail, words: string, emptyReport: boolean): Bounce | null {
  const signs = noticeSigns(mail);
  if (emptyReport) signs.push("empty-report");
  if (signs.length < 2) return null;
  if (saidByPerson(mail, signs)) return null;
  // RFC 3834: what calls itself an automatic answer is one, unless a failed address or an error stands in it.
  const answersItself = /^auto-replied/i.test(mail.header("auto-submitted").trim());
  const named = addressIn(mail.header("x-failed-recipients"));
  const forwarded = forwardedReport(mail);
  if (forwarded !== null) return worst(judgeBlocks(forwarded, words, "dsn-forwarded"));
  const status = enhancedStatus(words);
  const reply = replyCode(words);
  if (answersItself && named === null && status === null && reply === null && !emptyReport) return null;
  const recipient = named ?? addressIn(withoutAddress(words, mail.from));
  return judge(
    { status, reply, words, said: words, stage: findStage(words), action: null, kind: "" },
    recipient,
    "bare",
  );
}

/** "Re: delivery status" is a person's sentence, and an absence note may speak of delivery with a null path. */
function saidByPerson(mail: OpenedMail, signs: readonly string[]): boolean {
  const weak = isAbsenceSubject(mail.subject)
    ? ["subject", "words", "null-path"]
    : isAnswerSubject(mail.subject)
      ? ["subject", "words"]
      : [];
  return weak.length > 0 && signs.every((sign) => weak.includes(sign));
}

/** A gateway that puts the next server's report into a bounce of its own. */
function forwardedReport(mail: OpenedMail): RecipientStatus[] | null {
  const inner = mail.parts.find(
    ({ type, text }) => type === "message/rfc822" && /report-type=["']?delivery-status/i.test(text),
  );
  return inner === undefined ? null : findDeliveryStatus(inner.text.replace(/\r\n?/g, "\n"));
}

/** With one recipient the whole notice is about them; with several, the lines after each address. */
function judgeBlocks(blocks: readonly RecipientStatus[], words: string, source: string): Bounce[] {
  return blocks.map((block) =>
    judgeBlock(block, blocks.length === 1 ? words : aboutRecipient(words, block.recipient), source),
  );
}

function judgeBlock(block: RecipientStatus, about: string, source: string): Bounce {
  const status = enhancedStatus(block.diagnostic) ?? block.status;
  if (
    /^(?:delivered|relayed|expanded|deliverable)/.test(block.action ?? "") ||
    status?.startsWith("2.") === true
  ) {
    return {
      ending: "delivered",
      hard: false,
      reason: "delivered",
      status,
      recipient: block.recipient,
      rules: [source],
    };
  }
  const said = block.diagnostic;
  const facts: ReasonFacts = {
    status: specific(status) ?? specific(block.status) ?? enhancedStatus(about) ?? status,
    reply: replyCode(said) ?? replyCode(about),
    said,
    words: about,
    stage: block.category === "bad-mailbox" ? "rcpt" : (findStage(said) ?? findStage(about)),
    action: block.action,
    kind: block.diagnosticKind,
  };
  return judge(facts, block.recipient, source);
}

/** 5.0.0 and 4.0.0 say no more than the class. */
const specific = (status: string | null): string | null =>
  status?.endsWith(".0.0") === true ? null : status;

function judge(facts: ReasonFacts, recipient: string | null, source: string): Bounce {
  const { reason, rule } = judgeReason(facts);
  return {
    ending: "bounced",
    hard: saysAddressDead(reason),
    reason,
    status: facts.status,
    recipient,
    rules: [source, rule],
  };
}

/** One mail may speak of several recipients (a list was expanded): a dead address goes before a full one. */
function worst(all: readonly Bounce[]): Bounce | null {
  const bounced = all.filter(({ ending }) => ending === "bounced");
  return bounced.find(({ hard }) => hard) ?? bounced[0] ?? all[0] ?? null;
}

/** The lines that speak of this recipient, when several are spoken of. */
function aboutRecipient(words: string, recipient: string | null): string {
  if (recipient === null) return words;
  const at = words.toLowerCase().indexOf(recipient);
  return at < 0 ? words : words.slice(at, at + 1000);
}

const withoutAddress = (text: string, address: string | null): string =>
  address === null ? text : text.replaceAll(address, "");
