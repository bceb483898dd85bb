import { reporter } from "./lint-report.ts";
import type { Path, Positions, Problem } from "./problem.ts";
import type { Block, Sequence } from "./sequence.ts";

interface Named {
  readonly what: string;
  readonly key: string;
  readonly path: Path;
}

/**
 * Keys are how the log, the pages and a later version of the file speak about a thing, so each is unique in its
 * sequence. A variant B repeats its own step's keys: it is the same task made smaller.
 */
export function lintKeys(sequence: Sequence, positions: Positions): Problem[] {
  const { error } = reporter(positions);
  const seen = new Set<string>();
  const repeated = (named: Named): Problem[] => {
    const id = `${named.what} ${named.key}`;
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [
      error(
        "duplicate-name",
        named.path,
        `Two ${named.what}s have the key "${named.key}".`,
        `Give this ${named.what} a key of its own.`,
      ),
    ];
  };
  return sequence.steps.flatMap((step, index) => {
    const path = ["steps", index];
    const own = namesIn(step.blocks, [...path, "blocks"]);
    const inB = namesIn(step.variantB?.blocks ?? [], [...path, "variantB", "blocks"]);
    const isOwn = (named: Named): boolean =>
      own.some(({ what, key }) => what === named.what && key === named.key);
    return [
      ...repeated({ what: "step", key: step.key, path: [...path, "key"] }),
      ...own.flatMap(repeated),
      ...inB.filter((named) => !isOwn(named)).flatMap(repeated),
    ];
  });
}

/** Check questions and resources share one name space: both are knowledge items in the log. */
function namesIn(blocks: readonly Block[], path: Path): Named[] {
  return blocks.flatMap((block, index): Named[] => {
    const at = [...path, index];
    switch (block.type) {
      case "task": {
        const choices = (block.choices ?? []).map(({ key }, nth) => ({
          what: `choice of "${block.key}"`,
          key,
          path: [...at, "choices", nth, "key"],
        }));
        return [{ what: "task", key: block.key, path: [...at, "key"] }, ...choices];
      }
      case "objective":
        return [{ what: "objective", key: block.key, path: [...at, "key"] }];
      case "resource":
        // The same page of the account may be linked from several mails under one key.
        return block.knowledge ? [{ what: "knowledge item", key: block.key, path: [...at, "key"] }] : [];
      case "check":
        return [
          { what: "check", key: block.key, path: [...at, "key"] },
          ...block.items.flatMap((item, nth) => [
            { what: "knowledge item", key: item.key, path: [...at, "items", nth, "key"] },
            ...item.choices.map(({ key }, choice) => ({
              what: `choice of "${item.key}"`,
              key,
              path: [...at, "items", nth, "choices", choice, "key"],
            })),
          ]),
        ];
      default:
        return [];
    }
  });
}
