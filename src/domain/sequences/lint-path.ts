import { LogEvent } from "../engagement/events.ts";
import { VERDICTS } from "../readiness/readiness.ts";
import { closestWord } from "./closest-word.ts";
import { reporter, when } from "./lint-report.ts";
import { isOnLine } from "./look.ts";
import type { Path, Positions, Problem } from "./problem.ts";
import type { Block, Condition, Sequence, Step } from "./sequence.ts";

/** The way through the steps: days, gates, branches, and what nobody would ever get. */
export function lintPath(sequence: Sequence, positions: Positions): Problem[] {
  return [
    ...dayOrder(sequence, positions),
    ...sequence.steps.flatMap((step, index) => [
      ...conditionsOf(step, index).flatMap((placed) => conditionFaults(sequence, index, placed, positions)),
      ...variantBehindGate(sequence, index, positions),
      ...emptyGate(step, index, positions),
    ]),
    ...unreachable(sequence, positions),
  ];
}

function dayOrder(sequence: Sequence, positions: Positions): Problem[] {
  const { error } = reporter(positions);
  let latest = 0;
  return sequence.steps.flatMap((step, index) => {
    const { day } = step;
    if (day === undefined) return [];
    const before = latest;
    latest = Math.max(latest, day);
    return [
      ...when(day < before, () =>
        error(
          "day-order",
          ["steps", index, "day"],
          `The step "${step.key}" is on day ${day}, after a step on day ${before}.`,
          "Put the steps in the order of their days.",
        ),
      ),
      ...when(day > sequence.lengthDays, () =>
        error(
          "day-order",
          ["steps", index, "day"],
          `The step "${step.key}" is on day ${day}; the sequence is ${sequence.lengthDays} days long.`,
          'Move the step forward, or raise "length-days".',
        ),
      ),
    ];
  });
}

interface Placed {
  readonly condition: Condition;
  readonly path: Path;
  /** A gate looks back at earlier steps; a branch may also ask about its own. */
  readonly ownStepCounts: boolean;
}

function conditionsOf(step: Step, index: number): Placed[] {
  const path = ["steps", index];
  const gates = (["all", "any"] as const).flatMap((side) =>
    (step.gate?.[side] ?? []).map((condition, at) => ({
      condition,
      path: [...path, "gate", side, at],
      ownStepCounts: false,
    })),
  );
  const skips = step.skipWhen.map((condition, at) => ({
    condition,
    path: [...path, "skipWhen", at],
    ownStepCounts: false,
  }));
  const branches = step.branch.map(({ when: condition }, at) => ({
    condition,
    path: [...path, "branch", at, "when"],
    ownStepCounts: true,
  }));
  return [...gates, ...skips, ...branches];
}

const allBlocks = (step: Step): Block[] => [...step.blocks, ...(step.variantB?.blocks ?? [])];
const taskKeys = (step: Step): string[] =>
  allBlocks(step).flatMap((block) => (block.type === "task" ? [block.key] : []));
const areas = (step: Step): string[] =>
  allBlocks(step).flatMap((block) =>
    block.type === "task"
      ? (block.choices ?? []).flatMap(({ area }) => (area === undefined ? [] : [area]))
      : [],
  );
const EVENT_KINDS: readonly string[] = LogEvent.options.map((option) => option.shape.kind.value);

function conditionFaults(sequence: Sequence, index: number, placed: Placed, positions: Positions): Problem[] {
  const { condition, path, ownStepCounts } = placed;
  const { error } = reporter(positions);
  const reach = sequence.steps.slice(0, ownStepCounts ? index + 1 : index);

  const inReach = (what: string, key: string, namesIn: (step: Step) => string[]): Problem[] => {
    if (reach.flatMap(namesIn).includes(key)) return [];
    const comesLater = sequence.steps.flatMap(namesIn).includes(key);
    const near = closestWord(key, reach.flatMap(namesIn));
    return [
      error(
        comesLater ? "looks-ahead" : "unknown-reference",
        path,
        comesLater ? `The ${what} "${key}" does not come before this step.` : `There is no ${what} "${key}".`,
        comesLater
          ? `Wait for a ${what} of an earlier step.`
          : `${near ? `Did you mean "${near}"? ` : ""}Name a ${what} of an earlier step.`,
      ),
    ];
  };
  const known = (what: string, word: string, words: readonly string[]): Problem[] =>
    when(!words.includes(word), () => {
      const near = closestWord(word, words);
      const hint = near ? `Did you mean "${near}"? ` : "";
      return error(
        "unknown-reference",
        path,
        `There is no ${what} "${word}".`,
        `${hint}Known: ${words.join(", ")}.`,
      );
    });

  if ("taskDone" in condition) return inReach("task", condition.taskDone, taskKeys);
  if ("taskEvidence" in condition) return inReach("task", condition.taskEvidence, taskKeys);
  if ("stepAnswered" in condition) return inReach("step", condition.stepAnswered, ({ key }) => [key]);
  if ("areaKnown" in condition) return inReach("area", condition.areaKnown, areas);
  if ("verdictIn" in condition)
    return condition.verdictIn.flatMap((verdict) => known("verdict", verdict, VERDICTS));
  if ("eventSeen" in condition) return known("event", condition.eventSeen, EVENT_KINDS);
  if ("eventNotSeen" in condition) return known("event", condition.eventNotSeen, EVENT_KINDS);
  return [];
}

/** C, common rules: after the hold, variant B goes. Without one the long mail would go to somebody short of time. */
function variantBehindGate(sequence: Sequence, index: number, positions: Positions): Problem[] {
  const step = sequence.steps[index];
  if (!step || step.variantB || step.ungated || !isOnLine(step, sequence)) return [];
  const before = sequence.steps.slice(0, index).findLast((other) => isOnLine(other, sequence));
  const waitsByDefault =
    step.gate === undefined &&
    before !== undefined &&
    allBlocks(before).some((block) => block.type === "task" && block.must);
  const waitsByOwnGate = step.gate !== undefined && step.gate.onFail === "variant-b";
  return when(waitsByDefault || waitsByOwnGate, () =>
    reporter(positions).error(
      "no-variant-b",
      ["steps", index, "key"],
      waitsByDefault
        ? `The step "${step.key}" waits for a must-task of "${before?.key}" and has no variant B.`
        : `The step "${step.key}" has a gate and no variant B.`,
      'Add "variant-b:", or "ungated: true", or a gate with "on-fail: skip" or "on-fail: escalate".',
    ),
  );
}

function emptyGate(step: Step, index: number, positions: Positions): Problem[] {
  const conditions = [...(step.gate?.all ?? []), ...(step.gate?.any ?? [])];
  return when(step.gate !== undefined && conditions.length === 0, () =>
    reporter(positions).error(
      "empty-gate",
      ["steps", index, "gate"],
      `The gate of "${step.key}" waits for nothing.`,
      'Add "all:" or "any:" with a condition, or remove the gate.',
    ),
  );
}

/** Two conditions of which one always holds. */
function isEither(a: Condition, b: Condition): boolean {
  if ("competitorKnown" in a && "competitorKnown" in b) return a.competitorKnown !== b.competitorKnown;
  if ("eventSeen" in a && "eventNotSeen" in b) return a.eventSeen === b.eventNotSeen;
  if ("eventNotSeen" in a && "eventSeen" in b) return a.eventNotSeen === b.eventSeen;
  return false;
}

const alwaysHolds = (condition: Condition): boolean =>
  "activeDayAtLeast" in condition && condition.activeDayAtLeast === 0;
const someHolds = (conditions: readonly Condition[]): boolean =>
  conditions.some((one) => alwaysHolds(one) || conditions.some((other) => isEither(one, other)));

/** Branches lead forward only, and every step can be reached by somebody. */
function unreachable(sequence: Sequence, positions: Positions): Problem[] {
  const { error } = reporter(positions);
  const { steps } = sequence;
  const keys = steps.map(({ key }) => key);
  const problems: Problem[] = [];
  const reached = new Set<number>([0]);
  // Branches lead forward, so one pass in file order visits every step that can be reached.
  steps.forEach((step, index) => {
    step.branch.forEach(({ goTo }, at) => {
      const target = keys.indexOf(goTo);
      const path = ["steps", index, "branch", at, "goTo"];
      if (target === -1) {
        const near = closestWord(goTo, keys);
        const hint = near ? `Did you mean "${near}"?` : `Steps: ${keys.join(", ")}.`;
        problems.push(error("unknown-go-to", path, `There is no step "${goTo}".`, hint));
      } else if (target <= index) {
        problems.push(
          error(
            "goes-back",
            path,
            `The branch leads back to "${goTo}".`,
            "Branch to a later step; nothing is sent twice.",
          ),
        );
      } else if (reached.has(index)) reached.add(target);
    });
    const alwaysLeaves = someHolds(step.branch.map(({ when: condition }) => condition));
    if (reached.has(index) && !alwaysLeaves) reached.add(index + 1);
    const problem = (message: string, remedy: string): Problem =>
      error("unreachable", ["steps", index, "key"], message, remedy);
    if (!reached.has(index)) {
      problems.push(
        problem(
          `Nobody ever gets to "${step.key}".`,
          "Branch to it, or let a step before it go on without a branch.",
        ),
      );
    } else if (someHolds(step.skipWhen)) {
      problems.push(
        problem(
          `"${step.key}" is always skipped.`,
          'Remove one of its "skip-when" conditions: one of them always holds.',
        ),
      );
    }
  });
  return problems;
}
