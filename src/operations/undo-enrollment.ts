import { recordAudit } from "../drivers/store/audit.ts";
import { lockCase } from "../drivers/store/cases.ts";
import { lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import type { Actor } from "./actor.ts";
import { endEnrollment } from "./end-enrollment.ts";
import { LIVE_STATUSES } from "./may-enroll.ts";
import type { Db, Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/** From here on a mail is out of our hands, or may be. */
const BEGUN = ["transmitting", "submitted", "uncertain"] as const;

export interface Undoable {
  enrollmentId: string;
  contactName: string;
  /** When the first mail goes, as far as it is known: until then all can be undone. */
  until: Date;
  /** IANA: the contact's. */
  zone: string;
}

/** What can still be undone in this case: its live program, as long as no mail of it has begun to leave. Reads only. */
export async function undoable(
  parts: Parts,
  input: { workspaceId: string; caseId: string },
): Promise<Undoable | null> {
  const { workspaceId, caseId } = input;
  const enrollment = await parts.db.enrollment.findFirst({
    where: { workspaceId, caseId, audience: "contact", status: { in: [...LIVE_STATUSES] } },
    include: { contact: { select: { name: true } } },
    orderBy: { createdAt: "desc" },
  });
  if (enrollment === null) return null;
  const ids = await withBeside(parts.db, workspaceId, enrollment.id);
  if ((await firstBegun(parts.db, workspaceId, ids)) !== null) return null;
  const planned = await parts.db.send.findFirst({
    where: { workspaceId, enrollmentId: { in: ids }, status: { in: ["planned", "deferred", "claimed"] } },
    orderBy: { dueAt: "asc" },
    select: { dueAt: true },
  });
  return {
    enrollmentId: enrollment.id,
    contactName: enrollment.contact.name,
    until: planned?.dueAt ?? enrollment.dueAt ?? enrollment.startedAt,
    zone: enrollment.zone,
  };
}

/**
 * Takes an enrollment back as if it had not been made: the program ends, what was asked of the CSM because of
 * it is withdrawn, and the case stands where it stood. Refused once a mail has begun to leave.
 */
export async function undoEnrollment(
  parts: Parts,
  input: { workspaceId: string; enrollmentId: string; actor: Actor },
): Promise<Result<{ caseId: string; repeated: boolean }>> {
  const { workspaceId, enrollmentId, actor } = input;
  return transact(parts, async (tx) => {
    const enrollment = await lockEnrollment(tx, workspaceId, enrollmentId);
    if (enrollment === null || enrollment.audience !== "contact")
      return refuse("unknown-enrollment", "enrollmentId", "There is no such enrollment.", "Open the case.");
    const { caseId } = enrollment;
    if (!LIVE_STATUSES.some((status) => status === enrollment.status))
      return { ok: true, caseId, repeated: true };
    const ids = await withBeside(tx, workspaceId, enrollmentId);
    // Rows of sends are taken first: a worker that has not begun yet finds them moved, one that has is seen.
    await tx.$queryRaw`SELECT id FROM send WHERE "enrollmentId" = ANY(${ids}::uuid[]) AND "workspaceId" = ${workspaceId}::uuid FOR UPDATE`;
    const begun = await firstBegun(tx, workspaceId, ids);
    if (begun !== null)
      return refuse(
        "already-sent",
        "enrollmentId",
        `“${begun.subject ?? "The first mail"}” has left already, so this cannot be undone.`,
        "Pause or withdraw the program in the case room; what was sent stays sent.",
      );
    const at = parts.clock.now();
    for (const id of ids) await endEnrollment(tx, { workspaceId, enrollmentId: id, reason: "manual", at });
    await tx.csmTask.deleteMany({ where: { workspaceId, enrollmentId: { in: ids }, doneAt: null } });
    await lockCase(tx, workspaceId, caseId);
    await tx.case.updateMany({
      where: { workspaceId, id: caseId, status: "re_onboarding" },
      data: { status: "replacement_identified" },
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "enrollment-undone",
      subjectType: "enrollment",
      subjectId: enrollmentId,
      before: { status: enrollment.status },
      after: { status: "exited" },
      reason: "Undone before the first mail left.",
    });
    return { ok: true, caseId, repeated: false };
  });
}

async function withBeside(db: Db, workspaceId: string, enrollmentId: string): Promise<string[]> {
  const beside = await db.enrollment.findMany({
    where: { workspaceId, besideId: enrollmentId },
    select: { id: true },
  });
  return [enrollmentId, ...beside.map(({ id }) => id)];
}

function firstBegun(db: Db, workspaceId: string, ids: readonly string[]) {
  return db.send.findFirst({
    where: { workspaceId, enrollmentId: { in: [...ids] }, status: { in: [...BEGUN] } },
    orderBy: { plannedAt: "asc" },
    select: { subject: true },
  });
}
