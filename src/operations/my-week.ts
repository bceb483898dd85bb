import type { Parts } from "./parts.ts";

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
export interface CaseStrip {
  caseId: string;
  accountId: string;
  accountName: string;
  contactName: string | null;
  status: string;
  severity: number;
  daysAtRisk: number;
  verdict: string | null;
  score: number | null;
  enrollmentId: string | null;
  nextSendAt: Date | null;
  arrMinor: bigint;
  currency: string;
  renewalOn: Date | null;
}
export interface MyWeek {
  /** Ranked by ARR × urgency. */
  needsYou: NeedsYou[];
  cases: CaseStrip[];
  nextSends: {
    sendId: string | null;
    enrollmentId: string;
    accountName: string;
    contactName: string;
    stepKey: string;
    subject: string;
    dueAt: Date;
    zone: string;
    paused: boolean;
  }[];
  unowned: CaseStrip[];
}
/** `userId` absent: everybody's. */
export declare function myWeek(
  parts: Parts,
  input: { workspaceId: string; userId?: string; limit?: number },
): Promise<MyWeek>;
