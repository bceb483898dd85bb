import { policyOf } from "../domain/sequences/policy.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { endEnrollment } from "./end-enrollment.ts";
import { enroll } from "./enroll-contact.ts";
import type { Parts } from "./parts.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface SwitchTrackInput {
  workspaceId: string;
  enrollmentId: string;
  sequenceKey: string;
  reason: string;
  actor: Actor;
}

/** Ends this enrollment (`superseded_by_track`) and enrolls the contact in the other sequence, next cycle. */
export async function switchTrack(
  parts: Parts,
  input: SwitchTrackInput,
): Promise<Result<{ enrollment: Enrollment; ended: Enrollment }>> {
  const result = await transact(parts, (tx) => switchIt(tx, parts, input)).catch((thrown: unknown) => {
    if (thrown instanceof Refused) return { ok: false as const, problem: thrown.problem };
    throw thrown;
  });
  if (result.ok) await parts.waker.enrollmentsDue();
  return result;
}

/** Thrown so that the old enrollment goes on when the new one is refused. */
class Refused extends Error {
  readonly problem: Refusal;
  constructor(problem: Refusal) {
    super(problem.message);
    this.problem = problem;
  }
}

async function switchIt(
  tx: Parameters<typeof enroll>[0],
  parts: Parts,
  input: SwitchTrackInput,
): Promise<Result<{ enrollment: Enrollment; ended: Enrollment }>> {
  const { workspaceId, enrollmentId, sequenceKey, reason, actor } = input;
  const before = await lockEnrollment(tx, workspaceId, enrollmentId);
  if (before === null || before.audience !== "contact") {
    return refuse(
      "unknown-enrollment",
      "enrollmentId",
      "There is no such program of a contact.",
      "Check its number.",
    );
  }
  const at = parts.clock.now();
  if (!(await endEnrollment(tx, { workspaceId, enrollmentId, reason: "superseded_by_track", at }))) {
    return refuse(
      "enrollment-ended",
      "enrollmentId",
      "This enrollment has ended.",
      "Enroll the contact again instead.",
    );
  }
  const { caseId, contactId } = before;
  // How much of a program they get was settled when they were enrolled; another track does not change it.
  const policy = policyOf(before.policy);
  const made = await enroll(tx, parts, { workspaceId, caseId, contactId, sequenceKey, policy, actor });
  if (!made.ok) throw new Refused(made.problem);
  const ended = await tx.enrollment.findFirstOrThrow({ where: { workspaceId, id: enrollmentId } });
  await recordAudit(tx, {
    workspaceId,
    at,
    actor,
    action: "track-switched",
    subjectType: "enrollment",
    subjectId: enrollmentId,
    after: { enrollmentId: made.enrollment.id, sequenceKey },
    reason,
  });
  return { ok: true, enrollment: made.enrollment, ended };
}
