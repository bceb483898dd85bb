import type { BlockOf, Sequence } from "./sequence.ts";

export interface KnowledgeItem {
  /** The item named in `check-answered`, `resource-confirmed` and `page-visit` events. */
  readonly key: string;
  readonly kind: "check" | "resource";
  readonly stepKey: string;
}

/** What readiness counts as knowledge (domain.md D3 K): check items, and resources marked `knowledge: true`. */
export function knowledgeItems(sequence: Sequence): KnowledgeItem[] {
  return sequence.steps.flatMap((step) =>
    step.blocks.flatMap((block): KnowledgeItem[] => {
      if (block.type === "check") {
        return block.items.map(({ key }) => ({ key, kind: "check", stepKey: step.key }));
      }
      const counts = block.type === "resource" && block.knowledge;
      return counts ? [{ key: block.key, kind: "resource", stepKey: step.key }] : [];
    }),
  );
}

export interface StepTask {
  readonly task: BlockOf<"task">;
  readonly stepKey: string;
}

/** All tasks in order. A variant's task of the same key is the same task made smaller. */
export function tasksOf(sequence: Sequence): StepTask[] {
  return sequence.steps.flatMap((step) =>
    step.blocks.flatMap((block) => (block.type === "task" ? [{ task: block, stepKey: step.key }] : [])),
  );
}

/** The tasks of readiness component T: those with a weight. */
export const countedTasks = (sequence: Sequence): StepTask[] =>
  tasksOf(sequence).filter(({ task }) => task.weight > 0);
