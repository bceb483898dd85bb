import { policyOf, underPolicy } from "../domain/sequences/policy.ts";
import type { Competitor, Sequence } from "../domain/sequences/sequence.ts";
import type { CompetitorVersion, SequenceVersion } from "../drivers/store/generated/client.ts";

/**
 * The sequence of a version as it was checked when it was published. Not parsed again: a later schema may
 * ask for more than an old version has, and a version that runs must go on meaning what it meant.
 */
export function frozenSequence(version: Pick<SequenceVersion, "definition">): Sequence {
  return version.definition as unknown as Sequence;
}

/** The part of it that this enrollment gets: frozen with the enrollment, like the version itself (S0-44). */
export function programOf(
  version: Pick<SequenceVersion, "definition">,
  enrollment: { readonly policy: string },
): Sequence {
  return underPolicy(frozenSequence(version), policyOf(enrollment.policy));
}

export function frozenCompetitor(version: Pick<CompetitorVersion, "definition">): Competitor {
  return version.definition as unknown as Competitor;
}
