import { type Rates, weightOf } from "../domain/accounts/money.ts";

/** What waits for a person of the vendor, and how it is ranked: the week and the board say it alike. */

export interface NeedsYou {
  kind:
    | "meeting_requested"
    | "meeting_past"
    | "objection"
    | "ready"
    | "question"
    | "reply"
    | "stalled"
    | "at_risk"
    | "csm_task"
    | "uncertain"
    | "unreachable"
    | "enroll"
    | "capture";
  caseId: string;
  enrollmentId: string | null;
  accountId: string;
  accountName: string;
  contactName: string | null;
  arrMinor: bigint;
  currency: string;
  text: string;
  /** What they wrote, or what to know before acting; empty when the sentence says it all. */
  detail: string;
  /** Since when it waits; null: nobody can say. */
  sinceAt: Date | null;
  dueAt: Date | null;
  /** The one button: where it leads and what it says. */
  button: { label: string; href: string };
  /** The row behind it, for the button's own form. */
  subjectId: string;
}
export const DUTY_KINDS: Readonly<Record<string, NeedsYou["kind"]>> = {
  "meeting-request": "meeting_requested",
  objection: "objection",
  question: "question",
  "sales-request": "question",
  "intent-call": "at_risk",
  reply: "reply",
  "failed-send": "unreachable",
};

/** What the button of a duty says: the act, in as few words as it takes. */
const DUTY_ACTS: Readonly<Record<string, string>> = {
  "meeting-request": "Book the meeting",
  objection: "Answer",
  question: "Answer",
  reply: "Answer",
  "sales-request": "Hand to sales",
  "intent-call": "Call",
  complaint: "Call",
  "call-main-line": "Call",
  "call-known-person": "Call",
  "sponsor-outreach": "Reach out",
  "departure-signal": "Find out",
  "wrong-person": "Find the person",
  delegate: "Enroll",
  colleague: "Say hello",
  "blocked-send": "Repair",
  "unverified-answer": "Read",
  "failed-send": "Repair",
};

/** A duty's button: what it says, and the place of the case's room where it is done. */
export function dutyButton(task: { id: string; caseId: string; kind: string; key: string }): {
  label: string;
  href: string;
} {
  const label = DUTY_ACTS[task.kind] ?? "Do it";
  // The query opens the fold that may hold the duty: no script is needed for it.
  const room = `/cases/${task.caseId}?duty=${task.id}`;
  const question = /^question\.(.+)$/.exec(task.key)?.[1];
  if (question !== undefined) return { label, href: `${room}#question-${question}` };
  if (task.kind === "meeting-request") return { label, href: `${room}#meeting` };
  return { label, href: `${room}#duty-${task.id}` };
}

/** What a verdict asks of the CSM; `place` is where in the case's room it is done. */
export const VERDICT_TEXT: Readonly<
  Record<string, { kind: NeedsYou["kind"]; text: string; label: string; place: string }>
> = {
  ready: {
    kind: "ready",
    text: "is ready for a meeting that is not a demo",
    label: "Book the meeting",
    place: "meeting",
  },
  stalled: {
    kind: "stalled",
    text: "has been silent longer than usual",
    label: "See what is open",
    place: "readiness",
  },
  at_risk: { kind: "at_risk", text: "needs a conversation", label: "See why", place: "readiness" },
  unreachable: {
    kind: "unreachable",
    text: "cannot be reached by mail",
    label: "Find another way",
    place: "sponsor",
  },
};

/** How soon each kind wants a person; the money at stake decides between equals and beyond. */
export const URGENCY: Readonly<Record<NeedsYou["kind"], number>> = {
  meeting_requested: 10,
  meeting_past: 4,
  objection: 8,
  at_risk: 8,
  ready: 6,
  unreachable: 5,
  question: 5,
  reply: 5,
  uncertain: 4,
  enroll: 4,
  stalled: 3,
  capture: 3,
  csm_task: 2,
};

/** What decides how far up something stands that waits. */
export interface Staked {
  readonly kind: NeedsYou["kind"];
  /** A number where it is read for comparing alone. */
  readonly arrMinor: bigint | number;
  readonly currency: string;
  readonly dueAt: Date | null;
}

/**
 * ARR × urgency, where overdue counts double. Amounts of different currencies are made comparable first
 * (money.ts). Stable: equal rows keep the order they came in.
 */
export function rank<Row extends Staked>(rows: readonly Row[], now: Date, rates: Rates): Row[] {
  // Everybody's week ranks thousands: each row is weighed once, not at every comparison.
  return rows
    .map((row) => {
      const overdue = row.dueAt !== null && row.dueAt <= now ? 2 : 1;
      const stake = Math.max(1, weightOf(row.arrMinor, row.currency, rates));
      return { row, weight: stake * URGENCY[row.kind] * overdue };
    })
    .sort((a, b) => b.weight - a.weight)
    .map(({ row }) => row);
}
