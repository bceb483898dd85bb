/** What waits for a person of the vendor, and how it is ranked: the week and the board say it alike. */

export interface NeedsYou {
  kind:
    | "meeting_requested"
    | "objection"
    | "ready"
    | "question"
    | "stalled"
    | "at_risk"
    | "csm_task"
    | "uncertain"
    | "unreachable";
  caseId: string;
  enrollmentId: string | null;
  accountId: string;
  accountName: string;
  contactName: string | null;
  arrMinor: bigint;
  currency: string;
  text: string;
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
};
export const DUTY_LABELS: Readonly<Partial<Record<NeedsYou["kind"], string>>> = {
  meeting_requested: "Book the meeting",
  objection: "Answer",
  question: "Answer",
  at_risk: "See the case",
};

export const VERDICT_TEXT: Readonly<Record<string, { kind: NeedsYou["kind"]; text: string; label: string }>> =
  {
    ready: { kind: "ready", text: "is ready for a meeting that is not a demo", label: "Book the meeting" },
    stalled: { kind: "stalled", text: "has been silent longer than usual", label: "See what is open" },
    at_risk: { kind: "at_risk", text: "needs a conversation", label: "See why" },
    unreachable: { kind: "unreachable", text: "cannot be reached by mail", label: "Find another way" },
  };

/** How soon each kind wants a person; the money at stake decides between equals and beyond. */
export const URGENCY: Readonly<Record<NeedsYou["kind"], number>> = {
  meeting_requested: 10,
  objection: 8,
  at_risk: 8,
  ready: 6,
  unreachable: 5,
  question: 5,
  uncertain: 4,
  stalled: 3,
  csm_task: 2,
};

/** ARR × urgency, where overdue counts double. Stable: equal rows keep the order they came in. */
export function rank(rows: NeedsYou[], now: Date): NeedsYou[] {
  const weight = (row: NeedsYou) => {
    const overdue = row.dueAt !== null && row.dueAt <= now ? 2 : 1;
    return Math.max(1, Number(row.arrMinor)) * URGENCY[row.kind] * overdue;
  };
  return rows.sort((a, b) => weight(b) - weight(a));
}
