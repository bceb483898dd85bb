import { recordAudit } from "../drivers/store/audit.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/**
 * A person has looked: what was held goes on. Nothing bursts, since every mail is judged anew: what is too late
 * gets a new day, and no person gets two on one.
 */
export async function releaseHold(
  parts: Parts,
  input: { workspaceId: string; holdId: string; actor: Actor },
): Promise<Result<{ scope: string }>> {
  const { workspaceId, holdId, actor } = input;
  const result = await transact(parts, async (tx): Promise<Result<{ scope: string }>> => {
    const now = parts.clock.now();
    const hold = await tx.mailHold.findFirst({ where: { workspaceId, id: holdId } });
    const { count } = await tx.mailHold.updateMany({
      where: { workspaceId, id: holdId, endedAt: null },
      data: { endedAt: now, endedBy: actor },
    });
    if (hold === null || count === 0) {
      return refuse(
        "hold-ended",
        "holdId",
        "Nothing is held by this any more.",
        "Look at what still waits under Sender and mail.",
      );
    }
    // Mails that were put off day by day meanwhile are judged at once; their other reasons still hold.
    if (hold.scope !== "late") {
      await tx.send.updateMany({
        where: {
          workspaceId,
          status: "deferred",
          dueAt: { gt: now },
          mailClass: { not: "internal" },
          ...(hold.sequenceKey === null ? {} : { enrollment: { version: { key: hold.sequenceKey } } }),
        },
        data: { dueAt: now },
      });
    }
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor,
      action: "mail-hold-released",
      subjectType: "mail-hold",
      subjectId: holdId,
      before: { scope: hold.scope, sequenceKey: hold.sequenceKey, cause: hold.cause, reason: hold.reason },
    });
    return { ok: true, scope: hold.scope };
  });
  if (result.ok) await parts.waker.enrollmentsDue();
  return result;
}
