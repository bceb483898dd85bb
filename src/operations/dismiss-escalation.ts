import { recordAudit } from "../drivers/store/audit.ts";
import type { Escalation } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/** The CSM decides against writing to the sponsor; the reason is kept, and the duty is done. */
export function dismissEscalation(
  parts: Parts,
  input: { workspaceId: string; escalationId: string; reason: string; actor: Actor },
): Promise<Result<{ escalation: Escalation }>> {
  const { workspaceId, escalationId, actor } = input;
  const reason = input.reason.trim();
  return transact(parts, async (tx) => {
    if (reason === "") {
      return refuse(
        "reason-needed",
        "reason",
        "Say why the sponsor is left out of it.",
        "A few words are enough.",
      );
    }
    const at = parts.clock.now();
    const { count } = await tx.escalation.updateMany({
      where: { workspaceId, id: escalationId, status: "draft" },
      data: { status: "dismissed", decidedAt: at, decidedBy: actor, reason },
    });
    const escalation = await tx.escalation.findFirst({ where: { workspaceId, id: escalationId } });
    if (escalation === null) {
      return refuse(
        "unknown-escalation",
        "escalation",
        "There is no such draft.",
        "Start again from the case.",
      );
    }
    if (escalation.status === "approved") {
      return refuse(
        "escalation-closed",
        "escalation",
        "This brief was sent already.",
        "Call the sponsor if it was a mistake.",
      );
    }
    if (count === 1) {
      await tx.csmTask.updateMany({
        where: { workspaceId, caseId: escalation.caseId, kind: "escalate", doneAt: null },
        data: { doneAt: at, outcome: `not written to the sponsor: ${reason}` },
      });
      await recordAudit(tx, {
        workspaceId,
        at,
        actor,
        action: "escalation-dismissed",
        subjectType: "escalation",
        subjectId: escalationId,
        before: { status: "draft" },
        after: { status: "dismissed" },
        reason,
      });
    }
    return { ok: true, escalation };
  });
}
