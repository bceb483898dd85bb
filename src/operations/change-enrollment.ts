import { recordAudit } from "../drivers/store/audit.ts";
import { lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Db, Parts } from "./parts.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

interface Change {
  workspaceId: string;
  enrollmentId: string;
  actor: Actor;
  /** Past tense, for the audit. */
  action: string;
  reason?: string | undefined;
}

/** One audited change of a live enrollment, alone on its row. The change may refuse instead. */
export function changeEnrollment(
  parts: Parts,
  change: Change,
  apply: (tx: Db, enrollment: Enrollment, now: Date) => Promise<Refusal | null>,
): Promise<Result<{ enrollment: Enrollment }>> {
  const { workspaceId, enrollmentId, actor, action } = change;
  return transact(parts, async (tx) => {
    const before = await lockEnrollment(tx, workspaceId, enrollmentId);
    if (before === null) {
      return refuse(
        "unknown-enrollment",
        "enrollmentId",
        "There is no such enrollment.",
        "Check its number.",
      );
    }
    if (!["pending", "active", "paused", "blocked"].includes(before.status)) {
      return refuse(
        "enrollment-ended",
        "enrollmentId",
        `This enrollment has ended (${before.exitReason ?? before.status}).`,
        "Enroll the contact again if the program should go on.",
      );
    }
    const now = parts.clock.now();
    const problem = await apply(tx, before, now);
    if (problem !== null) return { ok: false, problem };
    const enrollment = await tx.enrollment.findFirstOrThrow({ where: { workspaceId, id: enrollmentId } });
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor,
      action,
      subjectType: "enrollment",
      subjectId: enrollmentId,
      before: { status: before.status, pace: before.pace },
      after: { status: enrollment.status, pace: enrollment.pace },
      reason: change.reason ?? null,
    });
    return { ok: true, enrollment };
  });
}
