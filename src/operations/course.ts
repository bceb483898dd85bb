import { readProgress } from "../domain/sequences/progress.ts";
import type { Sequence, Step } from "../domain/sequences/sequence.ts";
import type { EnrollmentFrame } from "../drivers/store/enrollment-frame.ts";
import type { Send } from "../drivers/store/generated/client.ts";
import { frozenCompetitor } from "./frozen-sequence.ts";
import { type BlockState, pageBlock } from "./page-blocks.ts";
import type { ContactPage, CourseStep } from "./page-parts.ts";
import type { Db } from "./parts.ts";
import { fillMarkdown, fillPlain, readerValues } from "./reader-values.ts";

const DONE = ["done_self", "done_evidence", "verified", "waived", "not_applicable"];

export async function loadBlockState(db: Db, frame: EnrollmentFrame): Promise<BlockState> {
  const where = { workspaceId: frame.workspace.id, enrollmentId: frame.enrollment.id };
  const [tasks, objectives, answers, confirmed] = await Promise.all([
    db.task.findMany({ where }),
    db.objective.findMany({ where }),
    db.knowledgeAnswer.findMany({ where, orderBy: [{ answeredAt: "asc" }, { id: "asc" }] }),
    db.engagementEvent.findMany({
      where: { ...where, kind: "resource-confirmed" },
      select: { payload: true },
    }),
  ]);
  return {
    values: readerValues(frame),
    competitor: frame.competitor === null ? null : frozenCompetitor(frame.competitor),
    tasks: new Map(tasks.map((task) => [task.key, task])),
    objectives: new Map(objectives.map((objective) => [objective.key, objective])),
    answers: new Map(answers.map((answer) => [answer.itemKey, answer])),
    confirmed: new Set(confirmed.map(({ payload }) => String((payload as { item?: unknown }).item))),
  };
}

/** The whole crash course, not only the mails that have gone out (S0-39). */
export function courseOf(
  sequence: Sequence,
  frame: EnrollmentFrame,
  state: BlockState,
  sends: readonly Send[],
): ContactPage["course"] {
  const progress = readProgress(frame.enrollment.progress);
  const steps = sequence.steps
    .filter((step) => (step.audience ?? sequence.audience) === "contact" && step.class !== "csm-task")
    .map((step) => courseStep(step, state, sends, progress.skipped));
  const counted = steps.filter((step) => step.state !== "skipped");
  const open = counted.filter((step) => step.state !== "done");
  return {
    name: fillPlain(sequence.name, state.values),
    steps,
    done: counted.length - open.length,
    total: counted.length,
    minutesLeft: open.reduce((sum, step) => sum + step.minutes, 0),
    next: nextThing(open),
  };
}

function courseStep(
  step: Step,
  state: BlockState,
  sends: readonly Send[],
  skipped: readonly string[],
): CourseStep {
  const send = sends.find(({ stepKey }) => stepKey === step.key);
  const useB = send?.variant === "b" && step.variantB !== undefined;
  const shown = useB && step.variantB !== undefined ? step.variantB : step;
  const blocks = shown.blocks.map((block) => pageBlock(block, state));
  const tasks = shown.blocks.filter((block) => block.type === "task");
  const needed = tasks.some((task) => task.must) ? tasks.filter((task) => task.must) : tasks;
  const done =
    needed.length > 0 && needed.every((task) => DONE.includes(state.tasks.get(task.key)?.state ?? ""));
  return {
    key: step.key,
    title: fillPlain(shown.subject, state.values),
    opening: fillMarkdown(shown.opening, state.values),
    state: done ? "done" : skipped.includes(step.key) ? "skipped" : send === undefined ? "later" : "open",
    arrivedAt: send?.submittedAt ?? null,
    minutes: blocks.reduce((sum, block) => sum + ("minutes" in block ? block.minutes : 0), 0),
    blocks,
  };
}

/** One next thing, never a list: the first open task of what has arrived, else of what comes. */
export function nextThing(open: readonly CourseStep[]): ContactPage["course"]["next"] {
  const step = open.find(({ state }) => state === "open") ?? open[0];
  if (step === undefined) return null;
  const task = step.blocks.find((block) => block.type === "task" && !DONE.includes(block.state));
  return task?.type === "task"
    ? { stepKey: step.key, taskKey: task.key, text: task.text, minutes: task.minutes }
    : { stepKey: step.key, taskKey: null, text: step.title, minutes: step.minutes };
}
