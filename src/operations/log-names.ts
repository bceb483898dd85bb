import type { LogNames } from "../domain/engagement/event-words.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import type { EnrollmentFrame } from "../drivers/store/enrollment-frame.ts";
import { fillPlain, readerValues } from "./reader-values.ts";

/** What the keys in an enrollment's log are called, with the merge fields of its own people. */
export function logNames(
  sequence: Sequence,
  frame: EnrollmentFrame,
  goals: readonly { key: string; statement: string }[],
): LogNames {
  const values = readerValues(frame);
  const titles = new Map<string, string>();
  // The first title of a key stands: variant B says the same thing more shortly.
  const name = (key: string, text: string) => {
    if (!titles.has(key)) titles.set(key, fillPlain(text, values));
  };
  for (const step of sequence.steps) {
    name(step.key, step.subject);
    for (const block of step.blocks) {
      if (block.type === "resource") name(block.key, block.title);
      if (block.type === "task" || block.type === "objective") name(block.key, block.text);
      if (block.type === "check") for (const item of block.items) name(item.key, item.question);
    }
  }
  for (const goal of goals) titles.set(goal.key, goal.statement);
  return { titles, zone: frame.enrollment.zone };
}
