import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { changeEnrollment } from "./change-enrollment.ts";
import { endEnrollment } from "./end-enrollment.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface WithdrawInput {
  workspaceId: string;
  enrollmentId: string;
  /** In words, for the record. */
  reason: string;
  actor: Actor;
}

/** Stops for good, with exit reason `manual`; the sponsor enrollment beside it stops too. */
export function withdrawEnrollment(
  parts: Parts,
  input: WithdrawInput,
): Promise<Result<{ enrollment: Enrollment }>> {
  const { workspaceId, enrollmentId } = input;
  return changeEnrollment(parts, { ...input, action: "enrollment-withdrawn" }, async (tx, _before, at) => {
    await endEnrollment(tx, { workspaceId, enrollmentId, reason: "manual", at });
    const beside = await tx.enrollment.findMany({
      where: { workspaceId, besideId: enrollmentId },
      select: { id: true },
    });
    for (const { id } of beside) {
      await endEnrollment(tx, { workspaceId, enrollmentId: id, reason: "manual", at });
    }
    return null;
  });
}
