import { randomUUID } from "node:crypto";
import { resolveZone } from "../domain/calendar/zones.ts";
import { startProgress } from "../domain/sequences/progress.ts";
import { findContact } from "../drivers/store/contacts.ts";
import type { Contact, Enrollment } from "../drivers/store/generated/client.ts";
import { findCurrentVersion } from "../drivers/store/versions.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Plan } from "./enrollment-plan.ts";
import { openTheLog, setTasks } from "./enrollment-rows.ts";
import { programOf } from "./frozen-sequence.ts";
import { LIVE_STATUSES, unreachable } from "./may-enroll.ts";
import type { Db } from "./parts.ts";

/**
 * The sponsor's brief beside a contact's program (S0-14). Null when the sequence names none, or the account
 * has no sponsor who can be reached. A brief that runs already is kept and now stands beside the new program.
 */
export async function enrollSponsor(db: Db, plan: Plan, beside: Enrollment): Promise<Enrollment | null> {
  const { turnover, sequence, now } = plan;
  const { workspaceId, account } = turnover;
  if (sequence.sponsorSequence === undefined) return null;
  const running = await db.enrollment.findFirst({
    where: { workspaceId, caseId: turnover.id, audience: "sponsor", status: { in: [...LIVE_STATUSES] } },
  });
  if (running !== null) {
    return db.enrollment.update({ where: { id: running.id }, data: { besideId: beside.id } });
  }
  const sponsor = await findSponsor(db, plan);
  const version = await findCurrentVersion(db, workspaceId, sequence.sponsorSequence);
  if (sponsor === null || version === null) return null;
  const workspace = await getWorkspace(db, workspaceId);
  const zone = resolveZone({ contact: sponsor.zone, account: account.zone, workspace: workspace.reportZone });
  if (!zone.ok) return null;
  const last = await db.enrollment.findFirst({
    where: { workspaceId, caseId: turnover.id, contactId: sponsor.id, audience: "sponsor" },
    orderBy: { cycle: "desc" },
    select: { cycle: true },
  });
  const enrollment = await db.enrollment.create({
    data: {
      workspaceId,
      caseId: turnover.id,
      accountId: account.id,
      contactId: sponsor.id,
      versionId: version.id,
      competitorVersionId: beside.competitorVersionId,
      besideId: beside.id,
      audience: "sponsor",
      status: beside.status,
      blockedReason: beside.blockedReason,
      zone: zone.zone,
      startedAt: beside.startedAt,
      dueAt: beside.dueAt,
      progress: startProgress() as unknown as object,
      senderId: beside.senderId,
      pageKey: randomUUID(),
      cycle: (last?.cycle ?? 0) + 1,
      createdAt: now,
    },
  });
  await openTheLog(db, plan, enrollment);
  await setTasks(db, programOf(version, enrollment), enrollment, now);
  return enrollment;
}

/** Somebody else than the contact, reachable, and still at the company: a predecessor who was promoted may well be the sponsor. */
async function findSponsor(db: Db, { turnover, contact }: Plan): Promise<Contact | null> {
  const { sponsorContactId } = turnover.account;
  if (sponsorContactId === null || sponsorContactId === contact.id) return null;
  const sponsor = await findContact(db, turnover.workspaceId, sponsorContactId);
  if (sponsor === null) return null;
  const left = sponsor.id === turnover.departedContactId || sponsor.roles.includes("departed");
  if (left && turnover.destination !== "internal") return null;
  return (await unreachable(db, sponsor)) === null ? sponsor : null;
}
