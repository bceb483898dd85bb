import { recordAudit } from "../drivers/store/audit.ts";
import { liftSuppression as liftRow } from "../drivers/store/suppressions.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface LiftSuppressionInput {
  workspaceId: string;
  email: string;
  /** What the person said or what was repaired: it stands in the audit. */
  reason: string;
  actor: Actor;
}

/** An address may be mailed again, because its owner said so. Nothing is resumed by it. */
export function liftSuppression(
  parts: Parts,
  input: LiftSuppressionInput,
): Promise<Result<{ lifted: true }>> {
  const { workspaceId, email, reason, actor } = input;
  return transact(parts, async (tx) => {
    const row = await liftRow(tx, workspaceId, email);
    if (row === null)
      return refuse(
        "not-suppressed",
        "email",
        "This address is not on the list of those that are never mailed.",
        "Check its spelling.",
      );
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor,
      action: "suppression-lifted",
      subjectType: "suppression",
      subjectId: row.id,
      before: { reason: row.reason, detail: row.detail },
      after: {},
      reason,
    });
    return { ok: true, lifted: true };
  });
}
