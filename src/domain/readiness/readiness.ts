import type { Intent } from "../sequences/sequence.ts";

/** Changes whenever the same log could give another answer. Stored with every assessment. */
export const READINESS_MODEL_VERSION = "readiness-1";

export const VERDICTS = [
  "unreachable",
  "at_risk",
  "ready",
  "not_started",
  "stalled",
  "on_track",
  "warming",
] as const;
export type Verdict = (typeof VERDICTS)[number];

export type GateId = "G1" | "G2" | "G3" | "G4" | "G5" | "G6" | "G7" | "G8";

/** One component: raw 0–100, its weight, the points it gives, and the events they come from. */
export interface Component {
  readonly id: "knowledge" | "tasks" | "priorities" | "questions" | "reciprocity" | "visits";
  readonly raw: number;
  readonly weight: number;
  readonly points: number;
  readonly eventIds: readonly string[];
}

export interface GateResult {
  readonly id: GateId;
  readonly passed: boolean;
  /** What the gate asks and what was found, in words: "at least 1 ranked priority: 2 given". */
  readonly text: string;
  readonly eventIds: readonly string[];
}

/** One phrase of the explanation, linked to the events behind it (domain.md D7). */
export interface Phrase {
  readonly text: string;
  readonly eventIds: readonly string[];
}

export interface Explanation {
  readonly headline: string;
  readonly done: readonly Phrase[];
  readonly missing: readonly Phrase[];
  readonly notCounted: Phrase | null;
  readonly lastAct: Phrase | null;
  readonly expected: string | null;
  /** Always exactly one. */
  readonly nextAction: string;
  /** All of the above as one paragraph. */
  readonly text: string;
}

/** The whole answer for one enrollment at one instant. Pure: (log, sequence version, instant, model version). */
export interface Readiness {
  readonly modelVersion: string;
  readonly at: string;
  readonly activeDay: number;
  readonly score: number;
  readonly expected: number;
  readonly components: readonly Component[];
  readonly gates: readonly GateResult[];
  readonly meetingReady: boolean;
  readonly verdict: Verdict;
  /** The rule of domain.md D5 that decided, in words. */
  readonly verdictReason: string;
  readonly paused: boolean;
  readonly confidence: "high" | "medium" | "low";
  readonly strongActs: number;
  readonly weakActs: number;
  readonly machineSignals: {
    readonly opens: number;
    readonly clicks: number;
    readonly other: number;
    readonly eventIds: readonly string[];
  };
  readonly intent: Intent | null;
  readonly explanation: Explanation;
}

/** One line of the suggested agenda; never a demo, never a tour (domain.md D8, S0-32). */
export interface AgendaItem {
  readonly kind: "goals" | "mismatch" | "objection" | "question" | "task" | "value" | "next" | "own";
  readonly text: string;
  readonly why: string;
  readonly minutes: number;
  readonly lead: "csm" | "contact" | "sponsor";
  readonly eventIds: readonly string[];
}

export interface Agenda {
  readonly items: readonly AgendaItem[];
  /** What did not fit in 30 minutes. */
  readonly byMail: readonly AgendaItem[];
  /** What the person would rather not talk about; absent where nobody has arranged it. */
  readonly leftOut?: readonly AgendaItem[];
  /** Said instead of padding when nothing of the contact's own is known. */
  readonly emptyReason: string | null;
}
