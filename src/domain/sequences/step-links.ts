import type { Block, Sequence, Step } from "./sequence.ts";

export interface StepLink {
  readonly stepKey: string;
  readonly variant: "a" | "b";
  /** Counts the resources with an address of their own, in the order of the blocks. */
  readonly position: number;
  readonly url: string;
}

/** What a step shows in one of its variants. */
export function variantBlocks(step: Step, variant: "a" | "b"): readonly Block[] {
  return variant === "b" && step.variantB !== undefined ? step.variantB.blocks : step.blocks;
}

/** The addresses that a step's links lead to. Position 0 is the first resource with an address. */
export function stepLinks(step: Step, variant: "a" | "b"): StepLink[] {
  return variantBlocks(step, variant)
    .flatMap((block) => (block.type === "resource" && block.url !== undefined ? [block.url] : []))
    .map((url, position) => ({ stepKey: step.key, variant, position, url }));
}

/** Every link of a sequence: frozen with the version, so that a request can name a position and never an address. */
export function sequenceLinks(sequence: Sequence): StepLink[] {
  return sequence.steps.flatMap((step) => [
    ...stepLinks(step, "a"),
    ...(step.variantB === undefined ? [] : stepLinks(step, "b")),
  ]);
}
