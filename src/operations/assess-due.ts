import { setImmediate } from "node:timers/promises";
import { claimAssessments } from "../drivers/store/assessments.ts";
import type { Parts } from "./parts.ts";
import { refreshReadiness } from "./refresh-readiness.ts";

export interface AssessOptions {
  /** Enrollments at most; default: all that are due. */
  readonly limit?: number;
  /** Machine time after which no more are taken: the next look goes on where this one stopped. */
  readonly budgetMs?: number;
}

/** Claimed at once: a worker that is killed leaves no more than these for a later look. */
const BATCH = 50;
/** Less than the minute between two looks, so that one of them is over before the next begins. */
const BUDGET_MS = 45_000;
/** A claimed one is due again after this, in case its worker did not come to it. */
const CLAIMED_MS = 10 * 60_000;

/**
 * The daily pass: every enrollment whose assessment is due, until none is left or the time is up. Any number
 * of workers may do it at once; each takes others. Called by the worker.
 */
export async function assessDue(
  parts: Parts,
  { limit = Number.POSITIVE_INFINITY, budgetMs = BUDGET_MS }: AssessOptions = {},
): Promise<{ looked: number; signalled: number }> {
  const now = parts.clock.now();
  const began = performance.now();
  const total = { looked: 0, signalled: 0 };
  while (total.looked < limit && performance.now() - began < budgetMs) {
    const due = await claimAssessments(parts.db, {
      now,
      claimedUntil: new Date(now.getTime() + CLAIMED_MS),
      limit: Math.min(BATCH, limit - total.looked),
    });
    if (due.length === 0) break;
    for (const { id, workspaceId } of due) {
      total.looked += 1;
      if (await assessOne(parts, { workspaceId, enrollmentId: id, at: now })) total.signalled += 1;
    }
    // Mails and plans of the same process are not to wait for hundreds of assessments.
    await setImmediate();
  }
  return total;
}

/** One that cannot be assessed must not keep the others from their day; it is tried again when its claim runs out. */
async function assessOne(
  parts: Parts,
  one: { workspaceId: string; enrollmentId: string; at: Date },
): Promise<boolean> {
  try {
    return (await refreshReadiness(parts, { ...one, cause: "daily" })).signalled;
  } catch (cause) {
    parts.log.error(
      { err: cause, enrollmentId: one.enrollmentId },
      "an assessment failed; it is tried again",
    );
    return false;
  }
}
