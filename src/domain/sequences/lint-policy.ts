import { TRACK_DEFAULTS } from "../readiness/track.ts";
import { reporter, when } from "./lint-report.ts";
import { isOnLine } from "./look.ts";
import { hasLightForm, underPolicy } from "./policy.ts";
import type { Positions, Problem } from "./problem.ts";
import { authoredDays } from "./schedule.ts";
import type { Condition, Sequence, Step } from "./sequence.ts";

/** A program under fewer steps must still hang together: nothing waits for what never comes (S0-44). */
export function lintPolicy(sequence: Sequence, positions: Positions): Problem[] {
  return [
    ...(["light", "standard"] as const).flatMap((policy) =>
      policy === "light" && !hasLightForm(sequence) ? [] : unmet(sequence, policy, positions),
    ),
    ...(hasLightForm(sequence) ? longSilences(sequence, positions) : []),
    ...lonelyMarks(sequence, positions),
  ];
}

/** A gate or a branch that names a task or a step which this policy leaves out. */
function unmet(sequence: Sequence, policy: "light" | "standard", positions: Positions): Problem[] {
  const { error } = reporter(positions);
  const steps = new Set(underPolicy(sequence, policy).steps.map(({ key }) => key));
  const tasks = new Set(sequence.steps.filter(({ key }) => steps.has(key)).flatMap(taskKeys));
  const everyTask = new Set(sequence.steps.flatMap(taskKeys));
  const everyStep = new Set(sequence.steps.map(({ key }) => key));
  const isLeftOut = (named: string) =>
    (everyTask.has(named) && !tasks.has(named)) || (everyStep.has(named) && !steps.has(named));
  return sequence.steps.flatMap((step, index) => {
    if (!steps.has(step.key)) return [];
    const awaited = [...(step.gate?.all ?? []), ...(step.gate?.any ?? [])].flatMap(namedBy);
    const leading = step.branch.map(({ goTo }) => goTo);
    return [
      ...awaited
        .filter(isLeftOut)
        .map((name) =>
          error(
            "policy-gate",
            ["steps", index, "gate"],
            `Under "${policy}" the step "${step.key}" waits for "${name}", which that policy leaves out.`,
            `Mark the step of "${name}" with the same "policy:", or let this one wait for something else.`,
          ),
        ),
      ...leading
        .filter(isLeftOut)
        .map((name) =>
          error(
            "policy-gate",
            ["steps", index, "branch"],
            `Under "${policy}" the step "${step.key}" leads to "${name}", which that policy leaves out.`,
            `Mark "${name}" with the same "policy:".`,
          ),
        ),
    ];
  });
}

/** Fewer mails must not look like a stalled reader: between two of them less than "stall-after-days" pass. */
function longSilences(sequence: Sequence, positions: Positions): Problem[] {
  const { readiness } = sequence;
  if (readiness === undefined) return [];
  const most = sequence.stallAfterDays ?? TRACK_DEFAULTS[readiness.track].stallAfterDays;
  const light = underPolicy(sequence, "light");
  const days = authoredDays(light);
  const line = light.steps
    .map((step, index) => ({ step, day: days[index] ?? 0 }))
    .filter(({ step }) => isOnLine(step, light));
  return line.flatMap(({ step, day }, index) => {
    const before = line[index - 1];
    const gap = before === undefined ? 0 : day - before.day;
    return when(gap > most, () =>
      reporter(positions).error(
        "policy-gap",
        ["steps", sequence.steps.findIndex(({ key }) => key === step.key), "policy"],
        `Under "light" ${gap} days pass without a mail before "${step.key}"; after ${most} a reader counts as stalled.`,
        'Mark a step in between with "policy: light".',
      ),
    );
  });
}

/** Marks for the CSM's tasks alone are a light form that nobody would get. */
function lonelyMarks(sequence: Sequence, positions: Positions): Problem[] {
  const at = sequence.steps.findIndex(({ policy }) => policy === "light");
  return when(at !== -1 && !hasLightForm(sequence), () =>
    reporter(positions).error(
      "policy-empty",
      ["steps", at, "policy"],
      "No mail to the reader is marked light, so nobody would get a light form.",
      'Mark the essential mails with "policy: light" too.',
    ),
  );
}

function taskKeys({ blocks, variantB }: Step): string[] {
  return [...blocks, ...(variantB?.blocks ?? [])].flatMap((block) =>
    block.type === "task" ? [block.key] : [],
  );
}

function namedBy(condition: Condition): string[] {
  if ("taskDone" in condition) return [condition.taskDone];
  if ("taskEvidence" in condition) return [condition.taskEvidence];
  if ("stepAnswered" in condition) return [condition.stepAnswered];
  return [];
}
