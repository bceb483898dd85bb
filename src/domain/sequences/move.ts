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
  /** Instant (ISO) of the last mail to the sponsor from a contact's sequence. */
  lastSponsorAt: string | null;
  /**
   * Active day that the last mail stood for: its own day, plus what a hold or a late worker cost.
   * The steps after it are counted from here, so a delay moves the program and never bunches it.
   */
  anchorDay: number;
  /** Day number that the author gave to that mail. */
  anchorAuthored: number;
  /** Slot (ISO) that a step overdue by more than three business days was given instead. */
  replannedTo: string | null;
  /** Instant (ISO) at which a person was asked; kept until the step is passed. */
  waitingSince: string | null;
  /** Keys of CSM tasks made so far, so that none is made twice. */
  raised: string[];
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
  /**
   * Local dates on which this person already has a program mail, planned or sent, other enrollments
   * included. From 14 days before `now` on: the weekly cap and lateness are judged from it.
   */
  takenDates: ReadonlySet<LocalDate>;
  /** Local dates on which the account's cap of three program mails is already reached, over the same span. */
  fullDates: ReadonlySet<LocalDate>;
  /** Local dates on which the workspace has all the program mails that it lets go in one day. */
  crowdedDates?: ReadonlySet<LocalDate>;
  hasSponsor: boolean;
  /** As takenDates, for the sponsor: only when a contact's sequence also writes to the sponsor. */
  sponsorTakenDates?: ReadonlySet<LocalDate>;
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
  /** The goal reached early calls back what still waits to leave; a program that ran to its end has nothing to call back. */
  | { kind: "complete"; because: "goal-reached" | "every-step-done"; progress: Progress }
  | { kind: "exit"; reason: string; progress: Progress };
