import { TEXT_RULES, type TextRule } from "./bounce-text.ts";
import type { SmtpStage } from "./server-notice.ts";
import { type BounceReason, reasonOfStatus } from "./status-codes.ts";

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

export interface JudgedReason {
  readonly reason: BounceReason;
  readonly rule: string;
}

/**
 * The server's words go before its number where the words are plain (many answer 5.1.1 for a full mailbox and
 * 5.0.0 for anything); a telling number goes before vague words.
 */
export function judgeReason(facts: ReasonFacts): JudgedReason {
  const byCode = reasonOfStatus(facts.status);
  const clear = firstRule(facts, "clear");
  const rule = clear ?? (byCode === null ? firstRule(facts, "vague") : null);
  const reason = rule?.reason ?? byCode;
  if (reason === "userunknown") return unknownUser(facts, rule, byCode);
  if (rule !== null) return { reason: rule.reason, rule: rule.id };
  if (byCode !== null) return { reason: byCode, rule: `status-${facts.status}` };
  return byReply(facts);
}

/**
 * Who says "no such user" only after the whole message was sent filters by content or sender, and x.2.x says
 * that the mailbox is there (RFC 3463): such an address may be alive, so it is no hard bounce.
 */
function unknownUser(facts: ReasonFacts, rule: TextRule | null, byCode: BounceReason | null): JudgedReason {
  const id = rule?.id ?? `status-${facts.status}`;
  if (byCode === "userunknown") {
    return facts.kind === "x-unix"
      ? { reason: "mailererror", rule: "program-failed" }
      : { reason: "userunknown", rule: id };
  }
  if (facts.stage === "data") return { reason: "filtered", rule: `${id}-after-data` };
  if (byCode === "filtered" && facts.stage !== "rcpt")
    return { reason: "filtered", rule: `${id}-but-mailbox` };
  if (facts.status?.startsWith("4.") === true) return { reason: "filtered", rule: `${id}-for-now` };
  return { reason: "userunknown", rule: id };
}

function firstRule(facts: ReasonFacts, weight: TextRule["weight"]): TextRule | null {
  for (const text of [facts.said, facts.words]) {
    const plain = text.replace(/\s+/g, " ");
    const found = TEXT_RULES.find((rule) => rule.weight === weight && rule.pattern.test(plain));
    if (found !== undefined) return found;
  }
  return null;
}

function byReply({ reply, action, status, stage, kind, said }: ReasonFacts): JudgedReason {
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
      return { reason: said === "" && reply === null ? "undefined" : "onhold", rule: "unknown" };
  }
}
