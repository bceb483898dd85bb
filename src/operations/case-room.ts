import type { Agenda, Readiness } from "../domain/readiness/readiness.ts";
import type {
  Account,
  Case,
  Contact,
  CsmTask,
  Meeting,
  Objective,
  Priority,
  Question,
  Send,
  Task,
  TimelineEntry,
  User,
} from "../drivers/store/generated/client.ts";
import type { PagePlan } from "./page-parts.ts";
import type { Parts } from "./parts.ts";

export interface RoomStep {
  key: string;
  subject: string;
  audience: "contact" | "sponsor" | "csm";
  state: "sent" | "planned" | "next" | "later" | "skipped";
  /** Sent or due, when known. */
  at: Date | null;
  variant: "a" | "b" | null;
  send: Send | null;
  /** What the step waits for, in words. */
  gate: string | null;
}
export interface RoomEvent {
  id: string;
  at: Date;
  kind: string;
  evidence: string;
  text: string;
}
export interface RoomEnrollment {
  id: string;
  contact: Contact;
  audience: "contact" | "sponsor" | "csm";
  sequenceKey: string;
  sequenceName: string;
  version: number;
  status: string;
  blockedReason: string | null;
  exitReason: string | null;
  pace: string;
  zone: string;
  startedAt: Date;
  dueAt: Date | null;
  pausedUntil: Date | null;
  paused: boolean;
  pauseReason: string | null;
  waitingForPerson: boolean;
  readiness: Readiness | null;
  agenda: Agenda | null;
  steps: RoomStep[];
  sends: Send[];
  /** Deliberate acts and system facts, newest first. */
  events: RoomEvent[];
  /** Opens, clicks of scanners …: shown folded, counted nowhere. */
  machineEvents: RoomEvent[];
  tasks: Task[];
  objectives: Objective[];
  questions: Question[];
  priorities: Priority[];
  meetings: Meeting[];
  intent: { value: string; why: string | null; statedAt: Date } | null;
  pageKey: string;
}
export interface CaseRoom {
  case: Case;
  account: Account;
  csm: User | null;
  departed: Contact | null;
  replacement: Contact | null;
  sponsor: Contact | null;
  contacts: Contact[];
  daysAtRisk: number;
  /** What is not captured yet, in words. */
  missing: { field: string; text: string }[];
  enrollments: RoomEnrollment[];
  /** Contact's first against sponsor's first, when they differ (S0-17). */
  mismatch: { contact: string; sponsor: string } | null;
  csmTasks: CsmTask[];
  timeline: TimelineEntry[];
  plan: PagePlan | null;
  /** Before enrolling: which sequence the case asks for, and why (S0-45). Null when nothing can be proposed. */
  proposal: { sequenceKey: string; name: string; reason: string; versionId: string } | null;
}
export declare function caseRoom(
  parts: Parts,
  input: { workspaceId: string; caseId: string },
): Promise<CaseRoom | null>;
