import { TEXT_RULES, type TextRule } from "./bounce-text.ts";
import type { SmtpStage } from "./server-notice.ts";
import { type BounceReason, reasonOfStatus, saysAddressDead } from "./status-codes.ts";

/** What is known about one refusal. */
export interface ReasonFacts {
  readonly status: string | null;
  readonly reply: string | null;
  /** What the receiving server said; "" when the report quotes nothing. */
  readonly said: string;
  /** What the notice says around it. */
  readonly words: string;
  readonly stage: SmtpStage | null;
  readonly action: string | null;
  /** "x-unix" when a program on the other side failed. */
  readonly kind: string;
}

interface JudgedReason {
  readonly reason: BounceReason;
  readonly rule: string;
}

/** A server says why in its first sentences. */
const RULES_READ = 6000;

/** Codes that servers hand out for anything of their class: words say more. */
const LOOSE: ReadonlySet<BounceReason> = new Set([
  "securityerror",
  "networkerror",
  "systemerror",
  "filtered",
  "expired",
  "contenterror",
]);

/**
 * The server's words go before its number where the words are plain (many answer 5.1.1 for a full mailbox and
 * 5.0.0 for anything); a telling number goes before vague words.
 */
export function judgeReason(facts: ReasonFacts): JudgedReason {
  const byCode = reasonOfStatus(facts.status);
  const loose = byCode === null || LOOSE.has(byCode);
  const rule =
    fullMailbox(facts) ??
    firstRule(facts, "clear") ??
    (loose ? firstRule(facts, "vague") : null) ??
    (byCode === null ? firstRule(facts, "last") : null);
  const reason = rule?.reason ?? byCode;
  // 5.7.x is about us, whatever is said beside it (trust.md 5): it never ends an address.
  if (rule !== null && saysAddressDead(rule.reason) && /^[45]\.7\./.test(facts.status ?? "")) {
    return { reason: byCode ?? "policyviolation", rule: `status-${facts.status}-about-us` };
  }
  if (reason === "userunknown") return unknownUser(facts, rule, byCode);
  // A name that cannot be looked up today is not a domain that is gone.
  if (reason === "hostunknown" && isTemporary(facts)) return { reason: "networkerror", rule: "name-for-now" };
  if (reason === "notaccept" && isTemporary(facts))
    return { reason: "expired", rule: "not-accepted-for-now" };
  if (rule !== null) return { reason: rule.reason, rule: rule.id };
  if (byCode !== null && !(byCode === "networkerror" && facts.action === "delayed")) {
    return { reason: byCode, rule: `status-${facts.status}` };
  }
  return byReply(facts);
}

const isTemporary = ({ action, status }: ReasonFacts): boolean =>
  action === "delayed" || status?.startsWith("4.") === true;

/** A full mailbox named anywhere goes before all: it is the mildest ending, and nobody is lost by it. */
function fullMailbox({ said, words }: ReasonFacts): TextRule | null {
  const full = TEXT_RULES.find(({ reason }) => reason === "mailboxfull");
  return full?.pattern.test(`${said} ${words}`.slice(0, RULES_READ).replace(/\s+/g, " ")) === true
    ? full
    : null;
}

/**
 * Only a code of the address, a refusal at RCPT or the mail system's own statement says that nobody is there.
 * Who says "no such user" after the whole message was sent filters by content or sender, x.2.x says that the
 * mailbox exists (RFC 3463), and at MAIL FROM it is we who are unknown: such an address may be alive.
 */
function unknownUser(facts: ReasonFacts, rule: TextRule | null, byCode: BounceReason | null): JudgedReason {
  const id = rule?.id ?? `status-${facts.status}`;
  if (isTemporary(facts)) return { reason: "filtered", rule: `${id}-for-now` };
  if (byCode === "userunknown") {
    return facts.kind === "x-unix"
      ? { reason: "mailererror", rule: "program-failed" }
      : { reason: "userunknown", rule: id };
  }
  if (byCode === "hasmoved" || byCode === "hostunknown")
    return { reason: byCode, rule: `status-${facts.status}` };
  switch (facts.stage) {
    case "rcpt":
      return { reason: "userunknown", rule: id };
    case "data":
      return { reason: "filtered", rule: `${id}-after-data` };
    case "mail":
    case "connect":
      return { reason: "rejected", rule: `${id}-at-${facts.stage}` };
    case null:
      return facts.reply === null && byCode === null
        ? { reason: "userunknown", rule: `${id}-own-statement` }
        : { reason: "filtered", rule: `${id}-stage-unknown` };
    default:
      return facts.stage satisfies never;
  }
}

function firstRule(facts: ReasonFacts, weight: TextRule["weight"]): TextRule | null {
  for (const text of [facts.said, facts.words]) {
    const plain = text.slice(0, RULES_READ).replace(/\s+/g, " ");
    const found = TEXT_RULES.find((rule) => rule.weight === weight && rule.pattern.test(plain));
    if (found !== undefined) return found;
  }
  return null;
}

function byReply({ reply, action, status, stage, kind }: ReasonFacts): JudgedReason {
  if (kind === "x-unix" || kind === "x-postfix") return { reason: "mailererror", rule: "program-failed" };
  if (action === "delayed" || status?.startsWith("4.") === true)
    return { reason: "expired", rule: "delayed" };
  if (stage === "connect") return { reason: "blocked", rule: "at-connect" };
  if (stage === "mail") return { reason: "rejected", rule: "at-mail-from" };
  switch (reply) {
    case "552":
      return { reason: "mailboxfull", rule: "reply-552" };
    case "521":
    case "556":
      return { reason: "notaccept", rule: `reply-${reply}` };
    case "500":
    case "501":
    case "502":
    case "503":
    case "504":
      return { reason: "syntaxerror", rule: `reply-${reply}` };
    default:
      return { reason: reply === null ? "undefined" : "onhold", rule: "unknown" };
  }
}
