import type { Sequence } from "./sequence.ts";

/** What is known about a case when somebody is to be enrolled. */
export interface Situation {
  readonly roleOutcome: "replacing" | "merging" | "leaving_space" | "unknown";
  /** Who takes over; null while nobody has said. */
  readonly replacementType: "internal" | "external_new_function" | "ex_competitor" | null;
  /** The account's: enterprise, mid_market, smb, long_tail. */
  readonly segment: string;
  readonly productKey: string;
  /** Key of the competitor the new contact comes from, if somebody wrote it down. */
  readonly competitorKey: string | null;
}

/** What may be chosen from: the published sequences and the keys of the competitor files. */
export interface Available {
  readonly sequences: readonly Sequence[];
  readonly competitorKeys: readonly string[];
}

export type SequenceChoice =
  | {
      readonly kind: "sequence";
      readonly key: string;
      /** The sponsor's sequence beside it; null if the author gave a reason for none. */
      readonly sponsorKey: string | null;
      /** In words, for the CSM. */
      readonly reason: string;
      /** What the CSM has to find out or prepare for this choice to work at its best. */
      readonly csmTask: string | null;
    }
  | { readonly kind: "none"; readonly reason: string };

const WHO: Readonly<Record<NonNullable<Situation["replacementType"]>, string>> = {
  internal: "somebody from inside the account takes over",
  external_new_function: "somebody from outside takes over who has not done this job before",
  ex_competitor: "somebody from outside takes over who did this job with another product",
};

/**
 * Chooses the program for a case: role outcome × replacement type × segment × product (domain.md S1-26, S1-28).
 * The same situation and the same files always give the same answer, whatever order the files come in.
 */
export function chooseSequence(situation: Situation, available: Available): SequenceChoice {
  if (situation.roleOutcome === "leaving_space") {
    return {
      kind: "none",
      reason:
        "No education mail at all: the account is leaving this space. Speak with the sponsor about extending or leaving well.",
    };
  }
  const { replacementType } = situation;
  if (replacementType === null) return { kind: "none", reason: missingReplacement(situation) };

  const fitting = available.sequences
    .filter((sequence) => sequence.audience === "contact" && fits(sequence, situation))
    .sort((a, b) => closeness(b) - closeness(a) || (a.key < b.key ? -1 : 1));
  const sequence = fitting[0];
  if (!sequence) {
    return {
      kind: "none",
      reason:
        `No published sequence is for this: ${WHO[replacementType]}, role outcome "${situation.roleOutcome}", ` +
        `segment "${situation.segment}", product "${situation.productKey}". Publish one whose applies-to names them.`,
    };
  }
  const task = replacementType === "ex_competitor" ? competitorTask(situation, available) : null;
  return {
    kind: "sequence",
    key: sequence.key,
    sponsorKey: sequence.sponsorSequence ?? null,
    reason: reasonFor(sequence, situation, replacementType),
    csmTask: task,
  };
}

function missingReplacement({ roleOutcome }: Situation): string {
  switch (roleOutcome) {
    case "merging":
      return "The role is merged into another, and the case does not say who takes it on. Enter the replacement type: internal if it is a colleague.";
    case "replacing":
    case "unknown":
    case "leaving_space":
      return "The case does not say who takes over. Enter the replacement type: internal, external and new to this job, or from a competitor.";
    default:
      return roleOutcome satisfies never;
  }
}

/** An empty list in applies-to means any. A sequence that applies to nothing in particular is never chosen by itself. */
function fits({ appliesTo }: Sequence, situation: Situation): boolean {
  if (!appliesTo) return false;
  const allows = (list: readonly string[], value: string): boolean =>
    list.length === 0 || list.includes(value);
  return (
    situation.replacementType !== null &&
    appliesTo.replacement.includes(situation.replacementType) &&
    allows(appliesTo.roleOutcome, situation.roleOutcome) &&
    allows(appliesTo.segments, situation.segment) &&
    allows(appliesTo.products, situation.productKey)
  );
}

/** A sequence written for this product goes before one for this segment, and that before a general one. */
const closeness = ({ appliesTo }: Sequence): number =>
  ((appliesTo?.products.length ?? 0) > 0 ? 4 : 0) +
  ((appliesTo?.segments.length ?? 0) > 0 ? 2 : 0) +
  ((appliesTo?.roleOutcome.length ?? 0) === 1 ? 1 : 0);

function reasonFor(
  { name, appliesTo }: Sequence,
  situation: Situation,
  replacement: NonNullable<Situation["replacementType"]>,
): string {
  const parts = [WHO[replacement]];
  if (situation.roleOutcome === "merging") parts.push("the role is merged into theirs");
  if ((appliesTo?.products.length ?? 0) > 0)
    parts.push(`it is written for the product "${situation.productKey}"`);
  if ((appliesTo?.segments.length ?? 0) > 0)
    parts.push(`it is written for the segment "${situation.segment}"`);
  return `"${name}", because ${parts.join(", and ")}.`;
}

/** S1-23: without the competitor's card the mails carry their general text, and a person has to ask. */
function competitorTask({ competitorKey }: Situation, { competitorKeys }: Available): string | null {
  if (competitorKey === null) {
    return "Ask which product they come from and enter it in the case. Until then their mails carry the general text.";
  }
  if (competitorKeys.includes(competitorKey)) return null;
  return `Write a card for "${competitorKey}": there is none yet, so their mails carry the general text.`;
}
