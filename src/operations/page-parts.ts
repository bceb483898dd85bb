import type { AgendaItem } from "../domain/readiness/readiness.ts";
import type { ACCOUNT_PAGES, EVIDENCE_KINDS, Intent, RESOURCE_KINDS } from "../domain/sequences/sequence.ts";

/** The shapes that the contact's and the sponsor's page share. Customer-visible content only (S0-23). */

export interface PagePerson {
  name: string;
  title: string | null;
  email: string;
  /** IANA. */
  zone: string;
  hasPhoto: boolean;
}
export interface PageEntry {
  /** YYYY-MM-DD. */
  date: string;
  kind: string;
  text: string;
  why: string | null;
}
export interface PageGoal {
  key: string;
  statement: string;
  metric: string | null;
  target: string | null;
  byDate: string | null;
  status: string;
}
export interface PagePlan {
  version: number;
  state: "draft" | "proposed" | "partly_accepted" | "agreed" | "superseded";
  direction: string;
  goals: PageGoal[];
  /** `name`: who that is, where it is known. */
  acceptances: { party: "contact" | "sponsor" | "csm"; at: Date | null; name: string | null }[];
}
export interface PageValue {
  id: string;
  metric: string;
  unit: string;
  baseline: string;
  current: string;
  period: string;
  confirmed: boolean;
}
export interface PageMeeting {
  id: string;
  state: "requested" | "booked" | "held" | "no_show" | "cancelled" | "suggested";
  slotAt: Date | null;
  note: string | null;
}
/** A time to offer: `at` is an instant and goes back in the form. */
export interface PageSlot {
  at: string;
}

type OneOf<T extends readonly string[]> = T[number];

/** A block of a step as the page shows it: merge fields filled, present state beside it. Text is Markdown. */
export type PageBlock =
  | {
      type: "resource";
      key: string;
      title: string;
      kind: OneOf<typeof RESOURCE_KINDS>;
      minutes: number;
      url: string | null;
      /** Which part of the page shows it (an account page). */
      page: OneOf<typeof ACCOUNT_PAGES> | null;
      body: string | null;
      knowledge: boolean;
      confirmed: boolean;
    }
  | {
      type: "task";
      key: string;
      text: string;
      why: string | null;
      minutes: number;
      must: boolean;
      evidence: OneOf<typeof EVIDENCE_KINDS>;
      choices: { key: string; text: string; chosen: boolean }[];
      multiple: boolean;
      hint: string | null;
      /** The other form that answers this task, if any. */
      form: string | null;
      state: string;
      given: string | null;
    }
  | { type: "objective"; key: string; text: string; state: string }
  | { type: "question"; prompt: string }
  | { type: "priorities"; prompt: string; options: string[] }
  | { type: "value"; prompt: string }
  | {
      type: "check";
      key: string;
      items: {
        key: string;
        question: string;
        /** Which choice is right is never on the page before an answer was given. */
        choices: { key: string; text: string }[];
        /** The last answer with its feedback; it can always be tried again. */
        last: {
          choice: string;
          right: boolean;
          feedback: string;
          /** After another answer: what fits best, and why. */
          answer: { text: string; why: string } | null;
        } | null;
      }[];
    }
  | { type: "endorse"; prompt: string }
  | { type: "intent"; prompt: string }
  | { type: "goals"; prompt: string }
  | { type: "agreement"; prompt: string }
  | { type: "meeting"; prompt: string }
  /** `place`: what a mail's link to it names, if one does. */
  | { type: "text"; place: string | null; text: string };

export interface CourseStep {
  key: string;
  title: string;
  opening: string;
  /** done: its must-tasks (or all tasks) are done; open: arrived; later: not yet sent; skipped: already known. */
  state: "done" | "open" | "later" | "skipped";
  arrivedAt: Date | null;
  minutes: number;
  blocks: PageBlock[];
}

export interface ContactPage {
  workspaceId: string;
  enrollmentId: string;
  pageKey: string;
  audience: "contact";
  /** A page of an ended enrollment is still readable, but takes no more acts. */
  live: boolean;
  status: string;
  language: string;
  zone: string;
  contact: { name: string; firstName: string };
  account: { name: string };
  product: string;
  csm: PagePerson | null;
  /** Why this person gets these mails. */
  why: string;
  pace: "slow" | "normal" | "fast";
  pausedUntil: Date | null;
  paused: boolean;
  course: {
    name: string;
    steps: CourseStep[];
    done: number;
    total: number;
    minutesLeft: number;
    /** The one next thing. */
    next: { stepKey: string; taskKey: string | null; text: string; minutes: number } | null;
  };
  story: PageEntry[];
  plan: PagePlan | null;
  /** What the reader last said about a goal, by its key. */
  decided: Readonly<Record<string, "keep" | "change" | "drop">>;
  values: PageValue[];
  openItems: PageEntry[];
  decisions: PageEntry[];
  setup: PageEntry[];
  people: PageEntry[];
  questions: {
    id: string;
    text: string;
    askedAt: Date;
    state: string;
    answer: string | null;
    answeredAt: Date | null;
    /** Answered since the reader was here last. */
    isNew: boolean;
  }[];
  noQuestionBecause: string | null;
  priorities: { rank: number; text: string; why: string | null }[];
  intent: { value: Intent; why: string | null; statedAt: Date } | null;
  meeting: PageMeeting | null;
  /** A time was fixed since the reader was here last. */
  meetingIsNew: boolean;
  slots: PageSlot[];
  agenda: {
    items: readonly AgendaItem[];
    byMail: readonly AgendaItem[];
    /** What the reader left out of it. */
    leftOut?: readonly AgendaItem[];
    emptyReason: string | null;
    note: string | null;
    /** The person's own points, in their order. */
    own: string[];
  };
  /** Set while a request to be forgotten is open. */
  deletion: { askedAt: Date; dueAt: Date } | null;
  /** "What we record and who sees it": the person's own log in words, newest first. */
  record: { at: Date; text: string; seenBy: string }[];
}
