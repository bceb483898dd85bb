import { randomUUID } from "node:crypto";
import { resolveZone } from "../domain/calendar/zones.ts";
import { underPolicy } from "../domain/sequences/policy.ts";
import { startProgress } from "../domain/sequences/progress.ts";
import { findProduct } from "../drivers/store/accounts.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { type CaseWithAccount, lockCase } from "../drivers/store/cases.ts";
import { lockContact } from "../drivers/store/contacts.ts";
import type { Contact, Enrollment } from "../drivers/store/generated/client.ts";
import { findCurrentCompetitor } from "../drivers/store/versions.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import { chooseTrack } from "./choose-track.ts";
import { enrollSponsor } from "./enroll-sponsor.ts";
import type { EnrollContactInput, Plan } from "./enrollment-plan.ts";
import { askAboutEnrollment, openTheLog, setTasks } from "./enrollment-rows.ts";
import { findEnrollmentByKey, findLiveEnrollment, mayReceive } from "./may-enroll.ts";
import { nextAssessmentAt } from "./next-assessment.ts";
import type { Db, Parts } from "./parts.ts";
import { proposePolicy } from "./propose-policy.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface Enrolled {
  enrollment: Enrollment;
  sponsorEnrollment: Enrollment | null;
  /** Why this sequence, in words. */
  reason: string;
  /** True when this enrollment already existed for the same idempotency key. */
  repeated: boolean;
}

/** Starts one contact's program: one live program per contact, whoever asks and however often. */
export async function enrollContact(parts: Parts, input: EnrollContactInput): Promise<Result<Enrolled>> {
  const result = await transact(parts, (tx) => enroll(tx, parts, input));
  if (result.ok && !result.repeated) await parts.waker.enrollmentsDue();
  return result;
}

/** The same inside a transaction that others have begun (switching tracks). */
export async function enroll(tx: Db, parts: Parts, input: EnrollContactInput): Promise<Result<Enrolled>> {
  const { workspaceId, caseId, contactId } = input;
  // From here on, parallel enrollments of this person wait for this one.
  const contact = await lockContact(tx, workspaceId, contactId);
  const turnover = await lockCase(tx, workspaceId, caseId);
  if (turnover === null)
    return refuse("unknown-case", "caseId", "There is no such case.", "Open a case first.");
  if (contact === null || contact.accountId !== turnover.accountId) {
    return refuse(
      "unknown-contact",
      "contactId",
      "This person is not a contact of the case's account.",
      "Add them to the account first.",
    );
  }
  const earlier = await findEnrollmentByKey(tx, workspaceId, contactId, input.idempotencyKey);
  if (earlier !== null) return { ok: true, ...earlier, reason: "Enrolled before.", repeated: true };

  const problem =
    (await mayReceive(tx, turnover, contact)) ?? (await findLiveEnrollment(tx, workspaceId, contact));
  if (problem !== null) return { ok: false, problem };
  const choice = await chooseTrack(tx, turnover, input.sequenceKey);
  if (!choice.ok) return choice;
  const zone = await zoneOf(tx, turnover, contact);
  if (!zone.ok) return zone;

  const now = parts.clock.now();
  const competitor =
    turnover.competitorKey === null
      ? null
      : await findCurrentCompetitor(tx, workspaceId, turnover.competitorKey);
  const { version, csmTask } = choice;
  const workspace = await getWorkspace(tx, workspaceId);
  const proposed = proposePolicy(workspace, turnover.account, contact);
  const policy = input.policy ?? proposed.policy;
  const sequence = underPolicy(choice.sequence, policy);
  const plan: Plan = {
    turnover,
    contact,
    version,
    policy,
    sequence,
    competitor,
    csmTask,
    zone: zone.zone,
    now,
    input,
  };
  const enrollment = await insertEnrollment(tx, plan);
  await openTheLog(tx, plan, enrollment);
  await setTasks(tx, sequence, enrollment, now);
  const sponsorEnrollment = await enrollSponsor(tx, plan, enrollment);
  await askAboutEnrollment(tx, plan, enrollment, sponsorEnrollment);
  await moveCaseOn(tx, turnover, contact, now);
  await recordAudit(tx, {
    workspaceId,
    at: now,
    actor: input.actor,
    action: "contact-enrolled",
    subjectType: "enrollment",
    subjectId: enrollment.id,
    after: {
      caseId,
      contactId,
      sequence: version.key,
      version: version.version,
      policy,
      proposedPolicy: proposed.policy,
      policyReason: proposed.reason,
      status: enrollment.status,
      sponsorEnrollmentId: sponsorEnrollment?.id ?? null,
    },
    reason: choice.reason,
  });
  return { ok: true, enrollment, sponsorEnrollment, reason: choice.reason, repeated: false };
}

async function zoneOf(
  tx: Db,
  turnover: CaseWithAccount,
  contact: Contact,
): Promise<Result<{ zone: string }>> {
  const workspace = await getWorkspace(tx, turnover.workspaceId);
  const zone = resolveZone({
    contact: contact.zone,
    account: turnover.account.zone,
    workspace: workspace.reportZone,
  });
  if (zone.ok) return { ok: true, zone: zone.zone };
  return refuse("unknown-zone", `${zone.from}.zone`, zone.message, "Correct the time zone and enroll again.");
}

async function insertEnrollment(tx: Db, plan: Plan): Promise<Enrollment> {
  const { turnover, contact, version, now, input } = plan;
  const { workspaceId, account } = turnover;
  const sender = await findSender(tx, workspaceId, account.csmId);
  const last = await tx.enrollment.findFirst({
    where: { workspaceId, caseId: turnover.id, contactId: contact.id, audience: "contact" },
    orderBy: { cycle: "desc" },
    select: { cycle: true },
  });
  const product = await findProduct(tx, workspaceId, account.productKey);
  const startedAt = input.startAt ?? now;
  return tx.enrollment.create({
    data: {
      workspaceId,
      caseId: turnover.id,
      accountId: account.id,
      contactId: contact.id,
      versionId: version.id,
      competitorVersionId: plan.competitor?.id ?? null,
      audience: "contact",
      status: sender === null ? "blocked" : "active",
      blockedReason:
        sender === null ? "Nobody signs these mails: the account has no customer success manager." : null,
      pace: input.pace ?? "normal",
      policy: plan.policy,
      cadence: product?.cadence ?? null,
      zone: plan.zone,
      startedAt,
      dueAt: sender === null ? null : startedAt,
      progress: startProgress() as unknown as object,
      senderId: sender,
      pageKey: randomUUID(),
      assessDueAt: nextAssessmentAt(startedAt, plan.zone),
      cycle: (last?.cycle ?? 0) + 1,
      createdAt: now,
    },
  });
}

/** The CSM who signs. Somebody who left signs nothing any more. */
async function findSender(tx: Db, workspaceId: string, csmId: string | null): Promise<string | null> {
  if (csmId === null) return null;
  const user = await tx.user.findFirst({ where: { workspaceId, id: csmId, status: { not: "left" } } });
  return user?.id ?? null;
}

async function moveCaseOn(tx: Db, turnover: CaseWithAccount, contact: Contact, now: Date): Promise<void> {
  await tx.case.update({
    where: { id: turnover.id },
    data: {
      status: "re_onboarding",
      replacementContactId: contact.id,
      replacementSeenAt: turnover.replacementSeenAt ?? now,
    },
  });
}
