import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import { recordEvent } from "../drivers/store/events.ts";
import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { changeEnrollment } from "./change-enrollment.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface ChangePaceInput {
  workspaceId: string;
  enrollmentId: string;
  pace: "slow" | "normal" | "fast";
  actor: Actor;
}

/** Changes the pace from now on. Noted as the system's act: the contact did not do it, so it is no evidence. */
export async function changePace(
  parts: Parts,
  input: ChangePaceInput,
): Promise<Result<{ enrollment: Enrollment }>> {
  const result = await changeEnrollment(
    parts,
    { ...input, action: "pace-changed" },
    async (tx, enrollment, now) => {
      const event: LogEvent = { kind: "pace-changed", at: now.toISOString(), pace: input.pace };
      await recordEvent(tx, {
        workspaceId: input.workspaceId,
        enrollmentId: enrollment.id,
        contactId: enrollment.contactId,
        event,
        evidence: input.actor.startsWith("contact:") ? classifyEvidence(event) : "system",
        receivedAt: now,
        source: "csm",
        dedupeKey: `pace.${now.toISOString()}`,
      });
      await tx.enrollment.update({
        where: { id: enrollment.id },
        data: { pace: input.pace, ...(enrollment.dueAt === null ? {} : { dueAt: now }) },
      });
      return null;
    },
  );
  if (result.ok) await parts.waker.enrollmentsDue();
  return result;
}
