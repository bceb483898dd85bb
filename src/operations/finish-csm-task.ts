import { recordAudit } from "../drivers/store/audit.ts";
import { lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import type { CsmTask } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Db, Parts } from "./parts.ts";
import { pauseNow, REPLY_PAUSE, resumeIt } from "./pauses.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/** Ticks a duty of the CSM off, with what came of it. */
export function finishCsmTask(
  parts: Parts,
  input: { workspaceId: string; taskId: string; outcome: string; actor: Actor },
): Promise<Result<{ task: CsmTask }>> {
  const { workspaceId, taskId, outcome, actor } = input;
  return transact(parts, async (tx) => {
    const at = parts.clock.now();
    const { count } = await tx.csmTask.updateMany({
      where: { workspaceId, id: taskId, doneAt: null },
      data: { doneAt: at, outcome },
    });
    const task = await tx.csmTask.findFirst({ where: { workspaceId, id: taskId } });
    if (task === null) return refuse("unknown-task", "taskId", "There is no such task.", "Reload the page.");
    if (count === 1) {
      await afterFinish(tx, task, at);
      await recordAudit(tx, {
        workspaceId,
        at,
        actor,
        action: "csm-task-done",
        subjectType: "csm-task",
        subjectId: taskId,
        after: { key: task.key, outcome },
      });
    }
    return { ok: true, task };
  });
}

/** What follows when a task of ours is done, wherever it was ticked off. */
export async function afterFinish(tx: Db, task: CsmTask, at: Date): Promise<void> {
  if (task.kind === "reply" && task.enrollmentId !== null)
    await goOn(tx, task.enrollmentId, task.workspaceId, at);
}

/** Our answer was what the program waited for (product.md 7). Any other pause stays. */
async function goOn(tx: Db, enrollmentId: string, workspaceId: string, at: Date): Promise<void> {
  const enrollment = await lockEnrollment(tx, workspaceId, enrollmentId);
  if (enrollment?.status !== "active" || pauseNow(enrollment, at)?.reason !== REPLY_PAUSE) return;
  await resumeIt(tx, enrollment, {
    at,
    reason: "answered",
    source: "csm",
    dedupeKey: `answered.${at.toISOString()}`,
  });
}
