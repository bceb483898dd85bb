import { blocksOf, changesByItself, holds, isTaskDone, tasksOf } from "./conditions.ts";
import { isOnLine, type Look } from "./look.ts";
import type { Block, Condition, Sequence, Step } from "./sequence.ts";

export type OnFail = "variant-b" | "skip" | "escalate";

/** What a step waits for. Null where it waits for nothing but its day. */
export interface Gate {
  readonly passes: boolean;
  /** As in the file: "3 business days". */
  readonly hold: string;
  readonly onFail: OnFail;
  /** Must be looked at every day, since no event of the contact's may announce the change. */
  readonly lookDaily: boolean;
}

/**
 * A step's own gate; else the common rule (domain.md C): the mail before must have had its
 * must-task done. Steps beside the line have no gate but one of their own.
 */
export function gateOf(step: Step, look: Look): Gate | null {
  const hold = step.gate?.hold ?? look.sequence.hold;
  if (step.gate !== undefined) {
    const { all = [], any = [], onFail } = step.gate;
    return {
      passes:
        all.every((one) => holds(one, look)) && (any.length === 0 || any.some((one) => holds(one, look))),
      hold,
      onFail,
      lookDaily: [...all, ...any].some(changesByItself),
    };
  }
  if (step.ungated || !isOnLine(step, look.sequence)) return null;
  const before = lastMail(look);
  if (before === null || !hasMustTask(before)) return null;
  return { passes: mustTasksDone(before, look), hold, onFail: "variant-b", lookDaily: false };
}

/** The mail of the line that went out last, if this version of the sequence still has it. */
function lastMail(look: Look): Step | null {
  const { done, skipped } = look.progress;
  for (const key of done.toReversed()) {
    const step = look.sequence.steps.find((candidate) => candidate.key === key);
    if (step !== undefined && !skipped.includes(key) && isOnLine(step, look.sequence)) return step;
  }
  return null;
}

function hasMustTask(step: Step): boolean {
  return tasksOf(blocksOf(step)).some((task) => task.must);
}

/** All must-tasks of the mail as first written, or the smaller task of its variant B. */
export function mustTasksDone(step: Step, look: Look): boolean {
  const done = (blocks: readonly Block[]): boolean => {
    const tasks = tasksOf(blocks);
    const asked = tasks.some((task) => task.must) ? tasks.filter((task) => task.must) : tasks;
    return asked.length > 0 && asked.every((task) => isTaskDone(task.key, look));
  };
  return done(step.blocks) || (step.variantB !== undefined && done(step.variantB.blocks));
}

/** Every must-task of the mails that went out is done. */
export function programTasksDone(look: Look): boolean {
  const { done, skipped } = look.progress;
  return look.sequence.steps
    .filter((step) => done.includes(step.key) && !skipped.includes(step.key) && hasMustTask(step))
    .every((step) => mustTasksDone(step, look));
}

/** A gate in words, for the preview. `before` is the mail before it on the line. */
export function gateInWords(step: Step, before: Step | null, sequence: Sequence): string {
  const hold = step.gate?.hold ?? sequence.hold;
  if (step.gate !== undefined) {
    const { all = [], any = [] } = step.gate;
    const every = all.map(conditionInWords).join(" and ");
    const some = any.map(conditionInWords).join(" or ");
    const asks = every !== "" && some !== "" ? `${every} and (${some})` : `${every}${some}`;
    return asks === "" ? "none" : `${asks}; waits ${hold}, then ${afterHold(step, step.gate.onFail)}`;
  }
  if (step.ungated || before === null || !isOnLine(step, sequence) || !hasMustTask(before)) return "none";
  const tasks = tasksOf(before.blocks).filter((task) => task.must);
  const names = tasks.map((task) => `"${task.key}"`).join(" and ");
  return `${names === "" ? `the task of "${before.key}"` : `task ${names}`} done; waits ${hold}, then ${afterHold(step, "variant-b")}`;
}

function afterHold(step: Step, onFail: OnFail): string {
  switch (onFail) {
    case "variant-b":
      return step.variantB === undefined ? "goes as a reminder" : "goes as variant B";
    case "skip":
      return "is left out";
    case "escalate":
      return "a task for the CSM instead";
    default:
      return onFail satisfies never;
  }
}

export function conditionInWords(condition: Condition): string {
  if ("taskDone" in condition) return `task "${condition.taskDone}" done`;
  if ("taskEvidence" in condition) return `task "${condition.taskEvidence}" done with evidence`;
  if ("stepAnswered" in condition) return `"${condition.stepAnswered}" answered`;
  if ("areaKnown" in condition) return `"${condition.areaKnown}" already known`;
  if ("intentIn" in condition) return `intent ${condition.intentIn.join(" or ").replaceAll("_", " ")}`;
  if ("verdictIn" in condition) return `readiness ${condition.verdictIn.join(" or ").replaceAll("_", " ")}`;
  if ("eventSeen" in condition) return `${condition.eventSeen} seen`;
  if ("eventNotSeen" in condition) return `no ${condition.eventNotSeen} yet`;
  if ("activeDayAtLeast" in condition) return `day ${condition.activeDayAtLeast} reached`;
  if ("competitorKnown" in condition)
    return condition.competitorKnown ? "competitor known" : "competitor not known";
  return condition satisfies never;
}
