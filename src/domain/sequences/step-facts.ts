import { conditionInWords, gateInWords } from "./gates.ts";
import { isOnLine, recipientOf } from "./look.ts";
import type { Policy } from "./policy.ts";
import { authoredDays } from "./schedule.ts";
import type { Block, Sequence, Step } from "./sequence.ts";

/** One step of a program as a person who reads the program wants it told. */
export interface StepFacts {
  readonly key: string;
  /** Counted from 1. */
  readonly position: number;
  readonly subject: string;
  readonly day: number;
  /** Its day is the cadence's, not the author's. */
  readonly byCadence: boolean;
  readonly recipient: "contact" | "sponsor" | "csm";
  readonly kind: "mail" | "service notice" | "task for the CSM";
  /** What it waits for, in words; null when for nothing but its day. */
  readonly gate: string | null;
  readonly leftOutWhen: readonly string[];
  readonly branches: readonly { readonly when: string; readonly goTo: string }[];
  readonly hasVariantB: boolean;
  /** Goes even when a meeting is booked. */
  readonly must: boolean;
  /** The least policy under which it comes. */
  readonly policy: Policy;
  /** Minutes of reading and doing that its blocks name. */
  readonly minutes: number;
  /** "1 resource, 2 tasks". */
  readonly holds: string;
}

export function stepFacts(sequence: Sequence): StepFacts[] {
  const days = authoredDays(sequence);
  return sequence.steps.map((step, index) => ({
    key: step.key,
    position: index + 1,
    subject: step.subject,
    day: days[index] ?? 0,
    byCadence: step.day === undefined,
    recipient: recipientOf(step, sequence),
    kind: kindOf(step, sequence),
    gate: gateOf(step, index, sequence),
    leftOutWhen: step.skipWhen.map(conditionInWords),
    branches: step.branch.map(({ when, goTo }) => ({ when: conditionInWords(when), goTo })),
    hasVariantB: step.variantB !== undefined,
    must: step.must,
    policy: step.policy ?? "standard",
    minutes: step.blocks.reduce((sum, block) => sum + ("minutes" in block ? block.minutes : 0), 0),
    holds: held(step.blocks),
  }));
}

function kindOf(step: Step, sequence: Sequence): StepFacts["kind"] {
  if (recipientOf(step, sequence) === "csm") return "task for the CSM";
  return step.class === "service-notice" ? "service notice" : "mail";
}

function gateOf(step: Step, index: number, sequence: Sequence): string | null {
  const before = sequence.steps.slice(0, index).findLast((one) => isOnLine(one, sequence)) ?? null;
  const words = gateInWords(step, before, sequence);
  return words === "none" ? null : words;
}

function held(blocks: readonly Block[]): string {
  const counted = new Map<string, number>();
  for (const { type } of blocks) if (type !== "text") counted.set(type, (counted.get(type) ?? 0) + 1);
  return [...counted].map(([type, count]) => `${count} ${count === 1 ? type : plural(type)}`).join(", ");
}

function plural(type: string): string {
  return type === "priorities" || type === "goals" ? type : `${type}s`;
}
