import type { ActInput } from "../../domain/engagement/acts.ts";
import type { TrackName } from "../../domain/readiness/track.ts";
import type { Block, Intent } from "../../domain/sequences/sequence.ts";
import type { Random } from "../random.ts";

/** A mail as its reader gets it: what the step asks, and where in the program it stands. */
export interface MailSeen {
  readonly stepKey: string;
  readonly variant: "a" | "b";
  /** Active day of the send. */
  readonly day: number;
  /** How many program mails this person got before this one. */
  readonly before: number;
  readonly blocks: readonly Block[];
  /** Written by the CSM after the program asked them to: nobody overlooks that so easily. */
  readonly personal?: boolean;
  /** Tasks, checks and questions of earlier mails that they have not answered: their page still shows them. */
  readonly stillOpen: readonly Block[];
  /** Forms that stand on their page unanswered although no mail has asked for them. */
  readonly standing?: readonly Block[];
  /** Keys of the goals and the value statements their page shows. */
  readonly goals: readonly string[];
  readonly values: readonly string[];
}

/**
 * What a person does with a mail. The forms of the contact's page are the product's own acts; the
 * rest happens in their mail program. The simulation turns these into events, the demo into
 * requests and mails.
 */
export type PersonaAct =
  | ActInput
  /** Follows a link of the mail and stays on the page, with script. */
  | { readonly kind: "open-page"; readonly item: string | null; readonly seconds: number }
  | { readonly kind: "reply"; readonly text: string }
  | { readonly kind: "auto-reply"; readonly awayDays: number; readonly standIn: string | null }
  | { readonly kind: "unsubscribe" };

export interface IntendedAct {
  /** After the mail arrived. */
  readonly afterMinutes: number;
  readonly act: PersonaAct;
}

/**
 * What is in a person's head and no program can see. Whether a meeting with them would be a demo is
 * decided from this alone (labels.ts), never from what they clicked.
 */
export interface Mind {
  /** 0: never saw the product; 1: could teach it. */
  readonly knowledge: number;
  readonly priorities: readonly string[];
  readonly questions: readonly string[];
  readonly intent: Intent;
  /** Questions and priorities they already told us. */
  readonly toldQuestions: number;
  readonly toldPriorities: number;
  readonly toldIntent: Intent | null;
  readonly gone: boolean;
}

export interface Reaction {
  readonly mind: Mind;
  readonly acts: readonly IntendedAct[];
}

/** Faults of the wire between a person and the log; the person does not notice. */
export type Wire = "clean" | "duplicates" | "late";

/** One kind of reader. Decides from the mail, their mind and chance alone: reads no clock and no score. */
export interface Persona {
  readonly name: string;
  readonly description: string;
  /** Counted in the recall that the bars speak of (domain.md D10). */
  readonly ordinary: boolean;
  /** Nothing a person did: only software, or eyes that leave no act. Must never become ready. */
  readonly machineOnly: boolean;
  readonly wire: Wire;
  /** Every mail of theirs is opened and its links fetched by software, whatever chance says. */
  readonly mailSoftware: "by-chance" | "prefetch" | "gateway";
  start(track: TrackName, random: Random): Mind;
  react(mail: MailSeen, mind: Mind, random: Random): Reaction;
}

/** What a person is like, in numbers. All are chances per mail or per occasion unless they say otherwise. */
export interface Traits {
  readonly reads: number;
  /** Median hours from arrival to reading. */
  readonly delayHours: number;
  /** Share of what is still unknown that one read mail with a resource takes away. */
  readonly learns: number;
  readonly formsPriority: number;
  readonly formsQuestion: number;
  readonly confirmsReading: number;
  readonly answersChecks: number;
  readonly doesTask: number;
  readonly givesEvidence: number;
  readonly tells: number;
  readonly reviewsGoals: number;
  readonly statesIntent: number;
  readonly replies: number;
  readonly introduces: number;
  readonly choosesTime: number;
  /** Does something that an earlier mail asked and they left. */
  readonly catchesUp: number;
  /** Fills a form of their page that no mail asked for. */
  readonly looksAround: number;
  /** Writes something where nothing is behind it. */
  readonly bluffs: number;
}

/**
 * The same person, `factor` times as much (0.7 and 1.3 are the shifts of domain.md D10). A chance is
 * what an inclination comes to on one occasion: `1 - exp(-inclination)`. The inclination is shifted,
 * so that small chances change by the whole factor and somebody who reads nearly every mail still
 * reads most of them; shifting the chances themselves would compound over the ten acts that a
 * program asks for. The pace is shifted as it is.
 */
export function shifted(traits: Traits, factor: number): Traits {
  const entries = Object.entries(traits).map(([name, value]) => [
    name,
    name === "delayHours" ? value / factor : 1 - (1 - value) ** factor,
  ]);
  return Object.fromEntries(entries);
}
