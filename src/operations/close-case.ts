import { recordAudit } from "../drivers/store/audit.ts";
import { lockCase } from "../drivers/store/cases.ts";
import type { Case } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { endEnrollment } from "./end-enrollment.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export const CASE_OUTCOMES = ["saved", "extended", "downsold", "offboarded", "lost", "dismissed"] as const;

export interface CloseCaseInput {
  workspaceId: string;
  caseId: string;
  outcome: (typeof CASE_OUTCOMES)[number];
  reason?: string;
  actor: Actor;
}

/** Closes the case; its running enrollments exit with `case_closed`, planned sends are skipped. */
export function closeCase(
  parts: Parts,
  input: CloseCaseInput,
): Promise<Result<{ case: Case; exited: string[] }>> {
  const { workspaceId, caseId, outcome, actor, reason } = input;
  return transact(parts, async (tx) => {
    const before = await lockCase(tx, workspaceId, caseId);
    if (before === null)
      return refuse("unknown-case", "caseId", "There is no such case.", "Check its number.");
    if (before.status === "closed") {
      return refuse("case-closed", "caseId", "This case is closed already.", "Nothing is left to do.");
    }
    const now = parts.clock.now();
    const live = await tx.enrollment.findMany({
      where: { workspaceId, caseId, status: { in: ["pending", "active", "paused", "blocked"] } },
      orderBy: { id: "asc" },
    });
    const exited: string[] = [];
    for (const enrollment of live) {
      if (
        await endEnrollment(tx, { workspaceId, enrollmentId: enrollment.id, reason: "case_closed", at: now })
      ) {
        exited.push(enrollment.id);
      }
    }
    const after = await tx.case.update({
      where: { id: caseId },
      data: { status: "closed", outcome, closedAt: now },
    });
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor,
      action: "case-closed",
      subjectType: "case",
      subjectId: caseId,
      before: { status: before.status },
      after: { outcome, exited: exited.length },
      ...(reason === undefined ? {} : { reason }),
    });
    return { ok: true, case: after, exited };
  });
}
