import { recordAudit } from "../drivers/store/audit.ts";
import { loadFrame, lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import { askInTime } from "./ask-in-time.ts";
import type { Db, Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/** Working days in which somebody decides and erases: well within the month that the GDPR allows (Art. 12.3). */
export const DELETION_DAYS = 5;

export interface DeletionAsked {
  askedAt: Date;
  dueAt: Date;
  /** True when it had been asked for before: nothing was written. */
  repeated: boolean;
}

/** A person asks to be forgotten: a duty with a date for the CSM, and an entry in the audit. Nothing is erased yet. */
export async function askDeletion(
  parts: Parts,
  input: { workspaceId: string; enrollmentId: string },
): Promise<Result<DeletionAsked>> {
  const { workspaceId, enrollmentId } = input;
  return transact(parts, async (tx): Promise<Result<DeletionAsked>> => {
    await lockEnrollment(tx, workspaceId, enrollmentId);
    const frame = await loadFrame(tx, workspaceId, enrollmentId);
    if (frame === null)
      return refuse("unknown-enrollment", "enrollmentId", "There is no such enrollment.", "Reload the page.");
    const { contact } = frame;
    const known = await deletionAsked(tx, workspaceId, contact.id);
    if (known !== null) return { ok: true, ...known, repeated: true };
    const at = parts.clock.now();
    await askInTime(
      tx,
      { frame, at },
      {
        key: keyOf(contact.id),
        kind: "delete-request",
        text: `Erase what we hold about ${contact.name}: they asked for it`,
        detail: "Asked on their page. Erase them from their contact page, or tell them why not yet.",
        days: DELETION_DAYS,
      },
    );
    await recordAudit(tx, {
      workspaceId,
      at,
      actor: `contact:${contact.id}`,
      action: "deletion-asked",
      subjectType: "contact",
      subjectId: contact.id,
    });
    const asked = await deletionAsked(tx, workspaceId, contact.id);
    if (asked === null) throw new Error("The duty to erase was not kept.");
    return { ok: true, ...asked, repeated: false };
  });
}

/** When this person asked to be forgotten, while that is still to be done; null when they did not. */
export async function deletionAsked(
  db: Db,
  workspaceId: string,
  contactId: string,
): Promise<{ askedAt: Date; dueAt: Date } | null> {
  const task = await db.csmTask.findFirst({
    where: { workspaceId, key: keyOf(contactId), doneAt: null },
    orderBy: { createdAt: "asc" },
  });
  return task === null ? null : { askedAt: task.createdAt, dueAt: task.dueAt };
}

const keyOf = (contactId: string) => `delete-request.${contactId}`;
