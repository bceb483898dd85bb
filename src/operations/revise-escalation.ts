import type { Escalation } from "../drivers/store/generated/client.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";

/** Keeps the CSM's words in the draft, so that they can be seen as a mail. Sends nothing. */
export async function reviseEscalation(
  parts: Parts,
  input: { workspaceId: string; escalationId: string; subject: string; body: string },
): Promise<Result<{ escalation: Escalation }>> {
  const { workspaceId, escalationId: id, subject, body } = input;
  // Compare and set: what was approved in another tab is not rewritten behind its back.
  await parts.db.escalation.updateMany({
    where: { workspaceId, id, status: "draft" },
    data: { subject: subject.trim(), body: body.trim() },
  });
  const escalation = await parts.db.escalation.findFirst({ where: { workspaceId, id } });
  if (escalation === null) {
    return refuse(
      "unknown-escalation",
      "escalation",
      "There is no such draft.",
      "Start again from the case.",
    );
  }
  if (escalation.status !== "draft") {
    return refuse("escalation-closed", "escalation", "This draft was decided already.", "Look at the case.");
  }
  return { ok: true, escalation };
}
