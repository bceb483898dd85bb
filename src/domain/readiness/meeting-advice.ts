import { READY_SCORE } from "./gates.ts";
import type { Agenda, Readiness } from "./readiness.ts";

/** meet: book it. call: a person should talk to them, about what is wrong. booked: there is a date. wait: not yet. */
export type MeetingAdvice = {
  readonly kind: "meet" | "call" | "booked" | "wait";
  readonly reason: string;
};

/**
 * Whether to meet now (domain.md D1, D5, S0-32). Who asked to meet is met, whatever the score; who is at
 * risk is called, not invited to an alignment; everybody else is met when ready, because a meeting without
 * a topic of theirs turns into a demo.
 */
export function meetingAdvice(
  readiness: Readiness | null,
  agenda: Agenda | null,
  meeting: { readonly state: string; readonly when: string | null } | null,
): MeetingAdvice {
  if (meeting?.state === "booked") {
    return {
      kind: "booked",
      reason: meeting.when === null ? "a meeting is booked" : `a meeting is booked for ${meeting.when}`,
    };
  }
  if (meeting?.state === "requested") {
    return { kind: "meet", reason: "they asked to meet; confirm a time within 1 business day" };
  }
  if (readiness === null) return { kind: "wait", reason: "their program has not begun" };
  if (readiness.verdict === "unreachable") {
    return {
      kind: "wait",
      reason: "no mail reaches them; find another way in through the sponsor or a colleague",
    };
  }
  if (readiness.verdict === "at_risk") return { kind: "call", reason: readiness.verdictReason };
  // Who compares or wants to leave is spoken with first, however ready they are (D9).
  const { intent } = readiness;
  if (intent === "replace" || intent === "review_alternatives") {
    return {
      kind: "call",
      reason:
        intent === "replace"
          ? "they intend to replace the product; speak with them before anybody prepares an agenda"
          : "they are looking at alternatives; speak with them before anybody prepares an agenda",
    };
  }
  if (readiness.paused) return { kind: "wait", reason: "they are away; ask when they are back" };
  if (readiness.verdict === "ready") {
    return agenda !== null && agenda.items.length === 0
      ? { kind: "wait", reason: agenda.emptyReason ?? "there is no agenda yet" }
      : { kind: "meet", reason: "what they did makes a meeting without a demo possible" };
  }
  const [missing] = readiness.explanation.missing;
  return {
    kind: "wait",
    reason:
      missing === undefined
        ? `${Math.round(readiness.score)} of ${READY_SCORE} points so far`
        : `missing for ready: ${missing.text}`,
  };
}
