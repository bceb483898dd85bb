import { recordAudit } from "../drivers/store/audit.ts";
import type { CsmTask } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
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
