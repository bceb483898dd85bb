import type { ActInput } from "../../domain/engagement/acts.ts";

/** What a person of the story does, as themselves: on their page, in their mail program, at their desk. */
export type Deed =
  | { kind: "act"; act: ActInput }
  /** Confirms or corrects the first number on the page. */
  | { kind: "value"; decision: "confirm" | "correct"; correction?: string }
  /** Keeps every goal, and changes the one named, in their own words. */
  | { kind: "goals"; change?: { goal: string; statement: string; why?: string } }
  /** Has the page open for a while, with script, on one resource. */
  | { kind: "visit"; item: string | null; seconds: number }
  | { kind: "reply"; text: string };

/** What somebody of the vendor does. */
export type Duty =
  | { kind: "answer"; about: string; text: string }
  /** Has answered a reply by hand and lets the program go on. */
  | { kind: "resume" }
  | { kind: "book"; at: string }
  | { kind: "held"; demo: "no" | "partly" | "yes"; note?: string };

export interface Beat {
  /** Wall time in the person's zone. */
  at: string;
  deed: Deed;
}

export interface DutyBeat {
  /** Wall time in the account's zone. */
  at: string;
  duty: Duty;
}

/** How one account's weeks went. `reader` is the contact's ref; without beats a persona reads for them. */
export interface Story {
  account: string;
  reader: string;
  /** A persona of src/lab/personas by name; it reacts to each mail as it comes. */
  persona?: string;
  beats?: readonly Beat[];
  sponsorBeats?: readonly Beat[];
  duties?: readonly DutyBeat[];
  /** Software that touches this person's mail before they do. */
  software?: { kind: "prefetch-and-scan"; mails: number } | { kind: "gateway" };
  /** Answers every mail between two dates by itself. */
  away?: { from: string; until: string; text: string };
}
