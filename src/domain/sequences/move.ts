import type { Calendar, LocalDate, Pause } from "../calendar/calendar.ts";
import type { EngagementEvent } from "../engagement/events.ts";
import type { Verdict } from "../readiness/readiness.ts";

export type Pace = "slow" | "normal" | "fast";

/** What nextMove remembers between two looks. Kept as JSON on the enrollment row. */
export interface Progress {
  /** Index of the step that comes next. */
  position: number;
  /** Step keys that went out or were passed, so an edited version never repeats one. */
  done: string[];
  skipped: string[];
  /** Instant (ISO) at which the gate of the current step began to hold; null while not holding. */
  holdingSince: string | null;
  /** Variant-B sends in a row without an act between them. */
  nudges: number;
  /** Set after two nudges: a person has been asked; nothing is sent until the contact acts or the CSM resumes. */
  waitingForPerson: boolean;
  /** Instant (ISO) of the last planned send, for cadence. */
  lastSentAt: string | null;
}

/** What is true about one enrollment when the planner looks. */
export interface EnrollmentFacts {
  startedAt: string;
  pace: Pace;
  /** The product's cadence, if it overrides the track's. */
  cadence: string | null;
  calendar: Calendar;
  pauses: readonly Pause[];
  progress: Progress;
  events: readonly EngagementEvent[];
  verdict: Verdict | null;
  competitorKnown: boolean;
  /** Local dates on which this person already has a program mail (other enrollments included). */
  takenDates: ReadonlySet<LocalDate>;
  /** Local dates on which the account's cap of three program mails is already reached. */
  fullDates: ReadonlySet<LocalDate>;
  hasSponsor: boolean;
}

/** The planner's decision. `next` is the progress and due time to store with it; null due: nothing scheduled. */
export type Move =
  | { kind: "wait"; until: Date; why: string; progress: Progress }
  | {
      kind: "send";
      stepKey: string;
      variant: "a" | "b";
      occurrence: number;
      /** Business instant at which the mail is due: inside the window, on a working day. */
      at: Date;
      localDate: LocalDate;
      progress: Progress;
      nextDueAt: Date | null;
    }
  | {
      kind: "csm-task";
      taskKey: string;
      text: string;
      detail: string;
      progress: Progress;
      nextDueAt: Date | null;
    }
  | { kind: "skip"; stepKey: string; why: string; progress: Progress; nextDueAt: Date | null }
  | { kind: "complete"; progress: Progress }
  | { kind: "exit"; reason: string; progress: Progress };
