import type { Sequence } from "./sequence.ts";

/** Somebody who is about to meet us has ten minutes for it, not an evening (domain.md C). */
export const PRE_READ_MINUTES = 10;

export interface PreRead {
  readonly text: string;
  readonly minutes: number;
}

/**
 * What must still be done before a meeting, in the order of the course and as far as ten minutes reach; of a
 * task that has a shorter form, that one. What does not fit is left for the meeting itself.
 *
 * @param open keys of the must-tasks that are not done
 */
export function preReadOf(sequence: Sequence, open: ReadonlySet<string>): PreRead[] {
  const shortest = new Map<string, PreRead>();
  const blocks = sequence.steps.flatMap((step) => [...step.blocks, ...(step.variantB?.blocks ?? [])]);
  for (const block of blocks) {
    // Choosing a time is what has just been done.
    if (block.type !== "task" || !open.has(block.key) || block.form === "meeting") continue;
    const known = shortest.get(block.key);
    if (known === undefined || block.minutes < known.minutes)
      shortest.set(block.key, { text: block.text, minutes: block.minutes });
  }
  const chosen: PreRead[] = [];
  let left = PRE_READ_MINUTES;
  for (const item of shortest.values()) {
    if (item.minutes > left) continue;
    chosen.push(item);
    left -= item.minutes;
  }
  return chosen;
}
