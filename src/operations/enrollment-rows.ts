import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import { serviceLevels } from "../domain/turnover/service-levels.ts";
import { askCsm } from "../drivers/store/csm-tasks.ts";
import { recordEvent } from "../drivers/store/events.ts";
import type { Enrollment } from "../drivers/store/generated/client.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Plan } from "./enrollment-plan.ts";
import { enrolledKey } from "./may-enroll.ts";
import type { Db } from "./parts.ts";
import { dayOf, dueInBusinessDays, personCalendar } from "./person-calendar.ts";

/** The log's first line: the frame that readiness reads. */
export async function openTheLog(db: Db, plan: Plan, enrollment: Enrollment): Promise<void> {
  const { turnover, contact, now } = plan;
  const { account } = turnover;
  const others = await db.contact.count({
    where: {
      workspaceId: account.workspaceId,
      accountId: account.id,
      id: {
        notIn: [contact.id, ...(turnover.departedContactId === null ? [] : [turnover.departedContactId])],
      },
      NOT: { roles: { has: "departed" } },
    },
  });
  const event: LogEvent = {
    kind: "enrolled",
    at: enrollment.startedAt.toISOString(),
    zone: enrollment.zone,
    ...(account.renewalOn === null ? {} : { renewalOn: dayOf(account.renewalOn) }),
    tier: account.tier === "high" || account.tier === "low" ? account.tier : "mid",
    roleOutcome: turnover.roleOutcome,
    hasOtherRelationship: others > 0,
  };
  await recordEvent(db, {
    workspaceId: account.workspaceId,
    enrollmentId: enrollment.id,
    contactId: enrollment.contactId,
    event,
    evidence: classifyEvidence(event),
    receivedAt: now,
    source: "system",
    dedupeKey: enrolledKey(plan.input.idempotencyKey),
  });
}

/** Tasks and objectives as the frozen version has them. Variant B repeats a key: one row stands for both. */
export async function setTasks(db: Db, sequence: Sequence, enrollment: Enrollment, now: Date): Promise<void> {
  const row = { workspaceId: enrollment.workspaceId, enrollmentId: enrollment.id, changedAt: now };
  const steps = sequence.steps.filter((step) => (step.audience ?? sequence.audience) === sequence.audience);
  const blocks = steps.flatMap((step) =>
    [...step.blocks, ...(step.variantB?.blocks ?? [])].map((block) => ({ stepKey: step.key, block })),
  );
  await db.task.createMany({
    data: blocks.flatMap(({ stepKey, block }) =>
      block.type === "task"
        ? [{ ...row, stepKey, key: block.key, text: block.text, must: block.must, weight: block.weight }]
        : [],
    ),
    skipDuplicates: true,
  });
  await db.objective.createMany({
    data: blocks.flatMap(({ stepKey, block }) =>
      block.type === "objective" ? [{ ...row, stepKey, key: block.key, text: block.text }] : [],
    ),
    skipDuplicates: true,
  });
}

/** What a person of the vendor must settle beside the mails. Each is asked once per case. */
export async function askAboutEnrollment(
  db: Db,
  plan: Plan,
  enrollment: Enrollment,
  sponsorEnrollment: Enrollment | null,
): Promise<void> {
  const { turnover, contact, sequence, now } = plan;
  const { account } = turnover;
  const levels = serviceLevels(account.tier, account.segment);
  const workspace = await getWorkspace(db, turnover.workspaceId);
  const calendar = personCalendar(workspace, account, account.zone, now);
  const ask = (key: string, text: string, detail: string, days: number) =>
    askCsm(db, {
      workspaceId: turnover.workspaceId,
      caseId: turnover.id,
      enrollmentId: enrollment.id,
      userId: account.csmId,
      key,
      kind: key,
      text,
      detail,
      dueAt: dueInBusinessDays(now, days, calendar),
      createdAt: now,
    });
  const sponsorDays = levels.sponsorContactDays ?? 5;
  if (levels.sponsorContactDays !== null) {
    await ask(
      "sponsor-outreach",
      `Bring the decision maker at ${account.name} back in`,
      `${contact.name} takes over. Ask for two lines that say the goals still stand.`,
      sponsorDays,
    );
  }
  if (enrollment.status === "blocked") {
    await ask(
      "assign-sender",
      `Give ${account.name} a customer success manager`,
      enrollment.blockedReason ?? "",
      1,
    );
  }
  if (sponsorEnrollment === null && sequence.sponsorSequence !== undefined) {
    await ask(
      "no-sponsor",
      `Find the sponsor of ${account.name}`,
      "Nobody with a working address is named as decision maker, so the sponsor's brief was not started. Add the person, then enroll them.",
      sponsorDays,
    );
  }
  if (plan.csmTask !== null) {
    await ask("unknown-competitor", `Find out what ${contact.name} used before`, plan.csmTask, 2);
  }
}
