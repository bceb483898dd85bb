import type { EventKind } from "../engagement/events.ts";
import { eventsOf, isAfter, type Look } from "./look.ts";
import type { Block, BlockOf, Condition, Step } from "./sequence.ts";

/*
 * Conditions of gates, skips and branches, decided from the events alone. Nothing a machine can
 * fake is asked here: every answer rests on a deliberate act, a date or a verdict.
 */

export function holds(condition: Condition, look: Look): boolean {
  if ("taskDone" in condition) return isTaskDone(condition.taskDone, look);
  if ("taskEvidence" in condition) return hasEvidence(condition.taskEvidence, look);
  if ("stepAnswered" in condition) return isStepAnswered(condition.stepAnswered, look);
  if ("areaKnown" in condition) {
    return eventsOf(look, "areas-known").some((event) => event.areas.includes(condition.areaKnown));
  }
  if ("intentIn" in condition) {
    const latest = eventsOf(look, "intent-stated").at(-1);
    return latest !== undefined && condition.intentIn.includes(latest.intent);
  }
  if ("verdictIn" in condition) {
    return look.facts.verdict !== null && condition.verdictIn.includes(look.facts.verdict);
  }
  if ("eventSeen" in condition) return look.events.some((event) => event.kind === condition.eventSeen);
  if ("eventNotSeen" in condition) return !look.events.some((event) => event.kind === condition.eventNotSeen);
  if ("activeDayAtLeast" in condition) return look.activeDay >= condition.activeDayAtLeast;
  if ("competitorKnown" in condition) return look.facts.competitorKnown === condition.competitorKnown;
  return condition satisfies never;
}

/** Changes with the calendar or the verdict, without an event of the contact's. */
export function changesByItself(condition: Condition): boolean {
  return "verdictIn" in condition || "activeDayAtLeast" in condition || "competitorKnown" in condition;
}

type TaskEvent = ReturnType<typeof taskEvents>[number];

function taskEvents(task: string, look: Look) {
  return look.events.filter(
    (event) =>
      (event.kind === "task-done" ||
        event.kind === "task-verified" ||
        event.kind === "task-waived" ||
        event.kind === "task-reopened") &&
      event.task === task,
  );
}

const stands = (event: TaskEvent | undefined): boolean =>
  event !== undefined && event.kind !== "task-reopened";

/** Done, verified or waived, and not reopened since. */
export function isTaskDone(task: string, look: Look): boolean {
  return stands(taskEvents(task, look).at(-1));
}

function hasEvidence(task: string, look: Look): boolean {
  const events = taskEvents(task, look);
  if (!stands(events.at(-1))) return false;
  const reopened = events.findLastIndex((event) => event.kind === "task-reopened");
  return events
    .slice(reopened + 1)
    .some(
      (event) =>
        event.kind === "task-verified" ||
        (event.kind === "task-done" && (event.evidenceText ?? "").trim() !== ""),
    );
}

export function tasksOf(blocks: readonly Block[]): BlockOf<"task">[] {
  return blocks.filter((block) => block.type === "task");
}

/** Any of the step's tasks, checks or objectives was answered, or a form of its kind was filled after its mail. */
function isStepAnswered(stepKey: string, look: Look): boolean {
  const step = look.sequence.steps.find(({ key }) => key === stepKey);
  if (step === undefined) return false;
  const sentAt = eventsOf(look, "mail-submitted").find((event) => event.stepKey === stepKey)?.at;
  return blocksOf(step).some((block) => isBlockAnswered(block, sentAt, look));
}

export function blocksOf(step: Step): readonly Block[] {
  return [...step.blocks, ...(step.variantB?.blocks ?? [])];
}

function isBlockAnswered(block: Block, sentAt: string | undefined, look: Look): boolean {
  const since = (...kinds: EventKind[]): boolean =>
    sentAt !== undefined && look.events.some((event) => kinds.includes(event.kind) && isAfter(event, sentAt));
  switch (block.type) {
    case "task":
      return isTaskDone(block.key, look);
    case "check":
      return eventsOf(look, "check-answered").some((event) =>
        block.items.some(({ key }) => key === event.item),
      );
    case "objective":
      return eventsOf(look, "objective-confirmed").some((event) => event.objective === block.key);
    case "question":
      return since("question-asked", "no-question");
    case "priorities":
      return since("priorities-set");
    case "value":
      return since("value-confirmed");
    case "endorse":
      return since("endorsed");
    case "intent":
      return since("intent-stated");
    case "goals":
      return since("goal-confirmed");
    case "agreement":
      return since("agreement-accepted");
    case "meeting":
      return since("slot-chosen", "meeting-requested");
    case "resource":
    case "competitor":
    case "text":
      return false;
    default:
      return block satisfies never;
  }
}
