import type { Progress } from "./move.ts";

export interface ProgramSteps {
  /** Steps that went out or were passed. */
  readonly done: number;
  /** Steps of the program that are not skipped. */
  readonly total: number;
}

/**
 * How far a program has come: the steps that went out or were passed, of all that were not skipped. It
 * says what we have sent, never what the reader has learned (that is readiness). An ended program counts
 * the rest of its steps as passed over, so a completed one is at its end.
 */
export function stepsDone(
  stepKeys: readonly string[],
  progress: Pick<Progress, "done" | "skipped">,
  completed: boolean,
): ProgramSteps {
  const skipped = new Set(progress.skipped);
  const counted = stepKeys.filter((key) => !skipped.has(key));
  if (completed) return { done: counted.length, total: counted.length };
  const done = new Set(progress.done);
  return { done: counted.filter((key) => done.has(key)).length, total: counted.length };
}

/** 0 to 100, rounded; no program is 0: nothing of it has happened. */
export function percentComplete(steps: ProgramSteps | null): number {
  return steps === null || steps.total === 0 ? 0 : Math.round((100 * steps.done) / steps.total);
}
