import { tasksOf } from "./conditions.ts";
import type { Look } from "./look.ts";
import type { Move, Progress } from "./move.ts";
import type { Step } from "./sequence.ts";

type Undated<M> = M extends unknown ? Omit<M, "nextDueAt"> : never;

/** A move before it is known when to look again. */
export type Decision = Undated<Move>;

export function wait(look: Look, until: Date, why: string): Decision {
  return { kind: "wait", until, why, progress: look.progress };
}

/** A duty for the CSM, in words. */
export interface Request {
  readonly key: string;
  readonly text: string;
  readonly detail: string;
}

/** Leaves a step out for good. */
export function leaveOut(step: Step, look: Look, why: string): Decision {
  return { kind: "skip", stepKey: step.key, why, progress: passed(step, look, { skipped: true }) };
}

/** Makes a task for the CSM; its key is kept, so that the same one is never made twice. */
export function ask(progress: Progress, request: Request): Decision {
  const { key, text, detail } = request;
  return {
    kind: "csm-task",
    taskKey: key,
    text,
    detail,
    progress: { ...progress, raised: [...progress.raised, key] },
  };
}

/** Progress once a step is behind: sent, made into a task, or left out. */
export function passed(step: Step, look: Look, { skipped }: { skipped: boolean }): Progress {
  const { progress } = look;
  return {
    ...progress,
    position: progress.position + 1,
    done: [...progress.done, step.key],
    skipped: skipped ? [...progress.skipped, step.key] : progress.skipped,
    holdingSince: null,
    replannedTo: null,
    waitingSince: null,
  };
}

/** Progress while a person is asked and nothing is sent. */
export function waitingForPerson(look: Look): Progress {
  return { ...look.progress, waitingForPerson: true, waitingSince: look.now.toISOString() };
}

/** The CSM's task that a step of the sequence stands for. Merge fields are still open. */
export function taskOf(step: Step): Request {
  const asks = tasksOf(step.blocks).map((task) => `- ${task.text}`);
  return { key: `step.${step.key}`, text: step.subject, detail: [step.opening, ...asks].join("\n") };
}
