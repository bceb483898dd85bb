import type { Verdict } from "../domain/readiness/readiness.ts";
import type { BoardCase } from "../drivers/store/board-rows.ts";
import type { BoardOverride } from "./case-overrides.ts";
import type { NeedsYou } from "./needs.ts";

/** The shapes of the manager's board. */

export const BOARD_SORTS = [
  "attention",
  "days",
  "account",
  "score",
  "percent",
  "renewal",
  "arr",
  "next_send",
] as const;
export type BoardSort = (typeof BOARD_SORTS)[number];

/** "no_program": nobody is enrolled, or nothing was assessed yet. */
export type BoardVerdict = Verdict | "no_program";

export interface BoardFilter {
  verdict?: BoardVerdict;
  /** A person's id, or "nobody" for accounts without a CSM. */
  csmId?: string;
  /** Part of the account's or the contact's name, whatever its case. */
  search?: string;
  /** The case's status, such as covering. */
  status?: string;
  /** overdue: a duty is past its time. limbo: nobody owns the account, or nobody is known to take over. */
  only?: "overdue" | "limbo";
}

export interface BoardInput {
  workspaceId: string;
  filter?: BoardFilter;
  sort?: BoardSort;
  /** Rows of one page; 50 unless told otherwise. */
  limit?: number;
  /** The first page is 1. */
  page?: number;
}

export interface BoardNeed {
  kind: NeedsYou["kind"];
  text: string;
  dueAt: Date | null;
  overdue: boolean;
}

export interface BoardRow {
  caseId: string;
  status: string;
  severity: number;
  accountId: string;
  accountName: string;
  /** Who takes over: the enrolled contact, else the one the case names. */
  contactId: string | null;
  contactName: string | null;
  csmId: string | null;
  csmName: string | null;
  enrollmentId: string | null;
  enrollmentStatus: string | null;
  paused: boolean;
  verdict: BoardVerdict;
  score: number | null;
  confidence: string | null;
  daysAtRisk: number;
  /** Steps of the program that went out or were passed, of those not skipped (percent-complete.ts); 0 without one. */
  percent: number;
  stepsDone: number;
  stepsTotal: number;
  arrMinor: bigint;
  currency: string;
  renewalOn: Date | null;
  nextSendAt: Date | null;
  /** The newest meeting that was asked for, booked, held or missed; null: none. */
  meetingState: string | null;
  meetingAt: Date | null;
  /** The last thing the contact did on purpose: opens, clicks and page loads are none. */
  lastOwnActAt: Date | null;
  openDuties: number;
  overdueDuties: number;
  /** What waits for a person, most urgent first; at most three. */
  needs: BoardNeed[];
}

export interface PersonOfVendor {
  id: string;
  name: string;
  status: string;
  roles: string[];
  caseCapacity: number | null;
  minuteCapacity: number | null;
}

/** One CSM's open cases in figures. Amounts stand by currency: different currencies are never added. */
export interface CsmFigures {
  /** Null: accounts that nobody owns. */
  csmId: string | null;
  name: string;
  /** active | leaving | left; null beside a null id. */
  status: string | null;
  openCases: number;
  /** How many open cases this person can carry; null: nobody said. */
  caseCapacity: number | null;
  /** What the open cases may take by the effort budget of their tiers, and what this person has for them. */
  minutes: number;
  minuteCapacity: number | null;
  arr: { currency: string; minor: bigint }[];
  /** Of the steps of each case's program; cases without a program count as 0. Null without a case. */
  meanPercent: number | null;
  meanDaysAtRisk: number | null;
  /** Cases whose account nobody owns, or for which nobody is known to take over. */
  inLimbo: number;
  /** Open duties past their due time. */
  overdue: number;
  ready: number;
  stalled: number;
  atRisk: number;
}

/** An account with an open case that hangs on too few people. */
export interface ThinRow {
  accountId: string;
  accountName: string;
  csmName: string | null;
  arrMinor: bigint;
  currency: string;
  renewalOn: Date | null;
  /** People of the account who have not left. */
  living: number;
}

export interface ManagerBoard {
  rows: BoardRow[];
  /** Rows that the filter lets through, over all pages. */
  total: number;
  /** Open cases in the workspace, whatever the filter. */
  openCases: number;
  page: number;
  pages: number;
  /** What each filter button would show: over the other filters, so that choosing one does not empty the rest. */
  verdictCounts: { verdict: BoardVerdict; count: number }[];
  statusCounts: { status: string; count: number }[];
  /** Over all open cases, whatever the filter; a row without an id stands for accounts that nobody owns. */
  byCsm: CsmFigures[];
  /** What a person says against the rules' outlook: waiting for a manager, and counting now. */
  overrides: { waiting: BoardOverride[]; active: BoardOverride[] };
  /** At most one person of the account is left. */
  singleThreaded: ThinRow[];
  /** Nobody decides at the account, or who did has left. */
  noBackup: ThinRow[];
}

/** What the list and the roll-up know of every open case. */
export interface BoardEntry extends BoardCase {
  boardVerdict: BoardVerdict;
  days: number;
  percent: number;
  done: number;
  steps: number;
  open: number;
  overdue: number;
}
