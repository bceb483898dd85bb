import type { Agenda, Readiness } from "../domain/readiness/readiness.ts";
import type { Policy } from "../domain/sequences/policy.ts";
import type {
  Contact,
  Meeting,
  Objective,
  Priority,
  Question,
  Send,
  Task,
} from "../drivers/store/generated/client.ts";

/** The shapes of the case room that more than one reader of it shares. */

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
  /** Its gate is not met and the program holds for it. */
  held: boolean;
  /** The day is worked out, not planned: it holds if every task is done on time. */
  expected: boolean;
  /** Why the calendar moved it, when it did. */
  moved: string | null;
  /** A clock change since the step before it. */
  clockChange: string | null;
  /** When somebody first came to the page from this mail, machines not counted. */
  reachedAt: Date | null;
}

/** One day of the drawn program, in the reader's zone. */
export interface ProgramDay {
  date: string;
  works: boolean;
  holiday: string | null;
  /** Minutes by which the clocks were set; 0 on an ordinary day. */
  clockMinutes: number;
  paused: boolean;
}

export interface ProgramLine {
  zone: string;
  start: string;
  today: string;
  days: ProgramDay[];
  pauses: { from: string; until: string | null; reason: string }[];
}

/** The last assessment of one local date. */
export interface ScoreDay {
  date: string;
  score: number;
  verdict: string;
  paused: boolean;
}

export interface RoomEvent {
  id: string;
  at: Date;
  kind: string;
  evidence: string;
  text: string;
}

/** A mail of the bank to one person: when it goes or went, or why it did not. */
export interface RoomOneOff {
  id: string;
  subject: string;
  at: Date;
  status: string;
  reason: string | null;
  /** Nothing of it has begun to leave. */
  waits: boolean;
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
  /** How much of the program they get (S0-44). */
  policy: Policy;
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
  /** Mails of the bank beside the program, by their time. */
  oneOffs: RoomOneOff[];
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
  /** Resources that may answer an open question, by its id (S0-28). */
  suggested: Record<string, { key: string; title: string; url: string | null }[]>;
  line: ProgramLine;
  /** Oldest first; empty for a sponsor. */
  history: ScoreDay[];
}
