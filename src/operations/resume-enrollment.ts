import { readProgress } from "../domain/sequences/progress.ts";
import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { changeEnrollment } from "./change-enrollment.ts";
import type { Parts } from "./parts.ts";
import { resumeIt } from "./pauses.ts";
import type { Result } from "./refusal.ts";

export interface ResumeInput {
  workspaceId: string;
  enrollmentId: string;
  reason?: string;
  actor: Actor;
}

/** Ends a pause, or the wait for a person after two unanswered nudges. A blocked one goes on once it has a sender. */
export async function resumeEnrollment(
  parts: Parts,
  input: ResumeInput,
): Promise<Result<{ enrollment: Enrollment }>> {
  const result = await changeEnrollment(
    parts,
    { ...input, reason: input.reason, action: "enrollment-resumed" },
    async (tx, enrollment, now) => {
      const { workspaceId } = input;
      if (enrollment.status === "blocked") {
        const account = await tx.account.findFirst({ where: { workspaceId, id: enrollment.accountId } });
        if (account?.csmId == null) {
          return {
            code: "no-sender",
            place: "account.csmId",
            message: enrollment.blockedReason ?? "Nobody signs these mails.",
            remedy: "Give the account a customer success manager first.",
          };
        }
        await tx.enrollment.update({
          where: { id: enrollment.id },
          data: { status: "active", blockedReason: null, senderId: account.csmId, dueAt: now },
        });
      }
      const progress = readProgress(enrollment.progress);
      await tx.enrollment.update({
        where: { id: enrollment.id },
        data: {
          progress: {
            ...progress,
            waitingForPerson: false,
            waitingSince: null,
            nudges: 0,
          } as unknown as object,
        },
      });
      await resumeIt(tx, enrollment, {
        at: now,
        reason: input.reason ?? "resumed",
        source: "csm",
        dedupeKey: `resume.${now.toISOString()}`,
      });
      return null;
    },
  );
  if (result.ok) await parts.waker.enrollmentsDue();
  return result;
}
