import type { Act } from "../../domain/engagement/acts.ts";
import type { BlockOf } from "../../domain/sequences/sequence.ts";
import { type ActContext, type ActOutcome, blocksOfType, refusal } from "./act-context.ts";

type ActOf<K extends Act["kind"]> = Extract<Act, { kind: K }>;
type Form = NonNullable<BlockOf<"task">["form"]>;

/** Done with what shows it, or by button alone. What was verified or waived stays so. */
export async function doTask(context: ActContext, act: ActOf<"task-done">): Promise<ActOutcome> {
  const found = blocksOfType(context.sequence, "task").find(({ block }) => block.key === act.task);
  if (found === undefined) {
    return refusal("unknown-task", "task", "This task is not part of the course.", "Open your page again.");
  }
  const choices = act.choices ?? [];
  const bad = badChoice(found.block, choices);
  if (bad !== null) return bad;
  const chosen = (found.block.choices ?? []).filter((choice) => choices.includes(choice.key));
  const evidenceText = [...chosen.map((choice) => choice.text), act.text, act.link]
    .filter((part) => part !== undefined)
    .join("\n");
  await context.note({ kind: "task-done", task: act.task, ...(evidenceText === "" ? {} : { evidenceText }) });
  await moveTask(context, act.task, evidenceText);
  const areas = chosen.flatMap((choice) => (choice.area === undefined ? [] : [choice.area]));
  // Also when none of them was ticked: who said "none of these yet" is the one to get the basics.
  const asksAreas = found.block.choices?.some((choice) => choice.area !== undefined) === true;
  if (asksAreas && chosen.length > 0) await context.note({ kind: "areas-known", areas });
  return { message: evidenceText === "" ? "Noted as done." : "Thank you, that is kept." };
}

function badChoice(task: BlockOf<"task">, keys: readonly string[]): ActOutcome | null {
  const unknown = keys.find((key) => !task.choices?.some((choice) => choice.key === key));
  if (unknown !== undefined) {
    return refusal(
      "unknown-choice",
      "choices",
      `There is no choice "${unknown}".`,
      "Choose one of those shown.",
    );
  }
  if (!task.multiple && keys.length > 1) {
    return refusal("one-choice", "choices", "Only one of these can be chosen.", "Choose one.");
  }
  return null;
}

const BELOW_EVIDENCE = ["locked", "open", "in_progress", "done_self", "done_evidence"];

async function moveTask(context: ActContext, task: string, evidence: string): Promise<void> {
  const { enrollment } = context.frame;
  await context.tx.task.updateMany({
    where: {
      workspaceId: enrollment.workspaceId,
      enrollmentId: enrollment.id,
      key: task,
      // A button pressed after evidence was given takes nothing away.
      state: { in: evidence === "" ? BELOW_EVIDENCE.slice(0, 4) : BELOW_EVIDENCE },
    },
    data: {
      state: evidence === "" ? "done_self" : "done_evidence",
      changedAt: context.at,
      ...(evidence === "" ? {} : { evidence }),
    },
  });
}

/**
 * A form that was filled is also the answer to the tasks that ask for it: nobody writes their priorities
 * and then presses "done" as well. Also in steps whose mail has not come yet: the page holds the whole
 * course (S0-39), and who is ahead of the mails is not asked twice.
 */
export async function fillForms(context: ActContext, form: Form, evidence: string): Promise<void> {
  const { enrollment } = context.frame;
  const tasks = blocksOfType(context.sequence, "task").filter(({ block }) => block.form === form);
  if (tasks.length === 0) return;
  const open = await context.tx.task.findMany({
    where: {
      workspaceId: enrollment.workspaceId,
      enrollmentId: enrollment.id,
      key: { in: tasks.map(({ block }) => block.key) },
      state: { in: ["locked", "open", "in_progress", "done_self"] },
    },
    orderBy: { id: "asc" },
  });
  for (const task of open) {
    await context.note({ kind: "task-done", task: task.key, evidenceText: evidence });
    await moveTask(context, task.key, evidence);
  }
}

/** Feedback at once and kindly; a wrong answer can be tried again and never locks anything. */
export async function answerCheck(context: ActContext, act: ActOf<"check-answered">): Promise<ActOutcome> {
  const found = blocksOfType(context.sequence, "check").find(({ block }) => block.key === act.check);
  if (found === undefined) {
    return refusal(
      "unknown-check",
      "check",
      "These questions are not part of the course.",
      "Open your page again.",
    );
  }
  const answers = act.answers.map((answer) => {
    const item = found.block.items.find(({ key }) => key === answer.item);
    return { item, choice: item?.choices.find(({ key }) => key === answer.choice) };
  });
  const { enrollment } = context.frame;
  const feedback: NonNullable<ActOutcome["feedback"]> = [];
  for (const { item, choice } of answers) {
    if (item === undefined || choice === undefined) {
      return refusal(
        "unknown-choice",
        "answers",
        "One of the answers is not among those shown.",
        "Choose one of those shown.",
      );
    }
  }
  for (const { item, choice } of answers) {
    if (item === undefined || choice === undefined) continue;
    await context.note({ kind: "check-answered", item: item.key, right: choice.right });
    await context.tx.knowledgeAnswer.create({
      data: {
        workspaceId: enrollment.workspaceId,
        enrollmentId: enrollment.id,
        checkKey: act.check,
        itemKey: item.key,
        answer: choice.key,
        right: choice.right,
        answeredAt: context.at,
      },
    });
    feedback.push({ item: item.key, question: item.question, right: choice.right, text: choice.feedback });
  }
  return { message: "Here is what we would add.", feedback };
}

export async function confirmResource(
  context: ActContext,
  act: ActOf<"resource-confirmed">,
): Promise<ActOutcome> {
  const known = blocksOfType(context.sequence, "resource").some(({ block }) => block.key === act.resource);
  if (!known) {
    return refusal(
      "unknown-resource",
      "resource",
      "This is not part of the course.",
      "Open your page again.",
    );
  }
  await context.note({ kind: "resource-confirmed", item: act.resource });
  return { message: "Noted as read." };
}

/** Met needs the must-tasks of its step done and the person's own word (domain.md B3, Objective). */
export async function confirmObjective(
  context: ActContext,
  act: ActOf<"objective-confirmed">,
): Promise<ActOutcome> {
  const { enrollment } = context.frame;
  const where = { workspaceId: enrollment.workspaceId, enrollmentId: enrollment.id };
  const objective = await context.tx.objective.findFirst({ where: { ...where, key: act.objective } });
  if (objective === null) {
    return refusal(
      "unknown-objective",
      "objective",
      "This is not part of the course.",
      "Open your page again.",
    );
  }
  const openMust = await context.tx.task.count({
    where: {
      ...where,
      stepKey: objective.stepKey,
      must: true,
      state: { in: ["locked", "open", "in_progress"] },
    },
  });
  await context.note({ kind: "objective-confirmed", objective: act.objective, met: act.met });
  await context.tx.objective.update({
    where: { id: objective.id },
    data: { state: act.met ? (openMust === 0 ? "met" : "in_progress") : "not_met", changedAt: context.at },
  });
  return { message: "Thank you, that is kept." };
}
