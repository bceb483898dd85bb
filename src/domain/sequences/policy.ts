import { recipientOf } from "./look.ts";
import type { Condition, POLICIES, Sequence, Step } from "./sequence.ts";

/** How much of a program one person gets (S0-44): the essential steps, what most get, or all there is. */
export type Policy = (typeof POLICIES)[number];

const kept = new WeakMap<Sequence, Map<Policy, Sequence>>();

/**
 * The program as it is under a policy: what it has no step for is nowhere, neither mailed nor shown nor asked
 * for, so that every sum is over what this person gets. Days stay where the author put them.
 *
 * - light: the steps that are marked so. A sequence that marks none has no light form and stays whole.
 * - standard: every step but those marked full.
 * - full: every step, and what standard sends only to those who ask for it or hesitate goes to everybody.
 *
 * The same value for the same version: pages and planner ask often.
 */
export function underPolicy(sequence: Sequence, policy: Policy): Sequence {
  const known = kept.get(sequence)?.get(policy);
  if (known !== undefined) return known;
  const made = make(sequence, policy);
  kept.set(sequence, (kept.get(sequence) ?? new Map()).set(policy, made));
  return made;
}

function make(sequence: Sequence, policy: Policy): Sequence {
  const { steps } = sequence;
  switch (policy) {
    case "light":
      return hasLightForm(sequence)
        ? { ...sequence, steps: steps.filter((step) => step.policy === "light") }
        : make(sequence, "standard");
    case "standard":
      return steps.some((step) => step.policy === "full")
        ? { ...sequence, steps: steps.filter((step) => step.policy !== "full") }
        : sequence;
    case "full":
      return steps.some(isOptional) ? { ...sequence, steps: steps.map(unasked) } : sequence;
    default:
      return policy satisfies never;
  }
}

/** A task for the CSM alone makes no program: somebody must get a mail. */
export function hasLightForm(sequence: Sequence): boolean {
  return sequence.steps.some(
    (step) => step.policy === "light" && recipientOf(step, sequence) === sequence.audience,
  );
}

/** Goes, under standard, only to who asked for something or has not made up their mind. */
const isWish = (condition: Condition): boolean => "eventNotSeen" in condition || "intentIn" in condition;
const isOptional = (step: Step): boolean => step.skipWhen.some(isWish);

function unasked(step: Step): Step {
  return isOptional(step)
    ? { ...step, skipWhen: step.skipWhen.filter((condition) => !isWish(condition)) }
    : step;
}

/** What a row says, where an older or a foreign one may say anything. */
export function policyOf(stored: string | null | undefined): Policy {
  return stored === "light" || stored === "full" ? stored : "standard";
}
