import { daysBetween } from "../domain/calendar/dates.ts";
import { addBusinessDays, businessDaysBetween } from "../domain/calendar/working-days.ts";
import { localDateOf } from "../domain/calendar/zones.ts";
import { normalQuestion } from "../domain/engagement/normal-question.ts";
import type { Readiness } from "../domain/readiness/readiness.ts";
import {
  type BriefFacts,
  ESCALATION_COOLDOWN_DAYS,
  type EscalationFacts,
} from "../domain/turnover/escalation.ts";
import type { CaseWithAccount } from "../drivers/store/cases.ts";
import type { Contact, Enrollment, Escalation, Workspace } from "../drivers/store/generated/client.ts";
import { findSuppression } from "../drivers/store/suppressions.ts";
import type { Db } from "./parts.ts";
import { dayOf, personCalendar } from "./person-calendar.ts";

const DONE_TASKS = ["done_self", "done_evidence", "verified"];
const OFF_TASKS = ["waived", "not_applicable"];
const MS_PER_DAY = 86_400_000;
/** Finds nothing: a case without a program has no rows of one. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** What the conditions of domain.md D9 are judged from, for one case at one instant. Reads only. */
export async function escalationFacts(
  db: Db,
  frame: {
    turnover: CaseWithAccount;
    workspace: Workspace;
    enrollment: Pick<Enrollment, "id" | "audience"> | null;
    readiness: Readiness | null;
  },
  at: Date,
): Promise<EscalationFacts> {
  const { turnover, workspace, enrollment, readiness } = frame;
  const { account, workspaceId } = turnover;
  const calendar = personCalendar(workspace, account, account.zone, at);
  const today = localDateOf(at, account.zone);
  // One after the other: inside a transaction they share one connection.
  const priorities = await db.priority.findMany({
    where: { workspaceId, accountId: account.id, validTo: null },
    orderBy: [{ rank: "asc" }, { validFrom: "desc" }],
    select: { author: true, text: true, validFrom: true },
  });
  const plan = await db.successPlan.findFirst({
    where: { workspaceId, accountId: account.id, state: { in: ["proposed", "partly_accepted"] } },
    orderBy: { version: "desc" },
    select: { createdAt: true },
  });
  const ofProgram = { workspaceId, enrollmentId: enrollment?.id ?? NOBODY };
  const moved =
    readiness?.verdict === "stalled"
      ? await db.readinessAssessment.findFirst({
          where: { ...ofProgram, verdict: { not: "stalled" } },
          orderBy: { at: "desc" },
          select: { localDate: true },
        })
      : null;
  const intent = await db.intent.findFirst({
    where: ofProgram,
    orderBy: { statedAt: "desc" },
    select: { value: true },
  });
  const theirs = priorities.find(({ author }) => author === "contact");
  const sponsors = priorities.find(({ author }) => author === "sponsor");
  const differ =
    theirs !== undefined &&
    sponsors !== undefined &&
    normalQuestion(theirs.text) !== normalQuestion(sponsors.text);
  const businessDays = (since: Date) =>
    businessDaysBetween(localDateOf(since, account.zone), today, calendar);
  return {
    verdict: readiness?.verdict ?? null,
    stalledDays: moved === null ? 0 : businessDaysBetween(dayOf(moved.localDate), today, calendar),
    activeDay: readiness?.activeDay ?? 0,
    tier: account.tier,
    mismatchDays: differ
      ? businessDays(new Date(Math.max(theirs.validFrom.getTime(), sponsors.validFrom.getTime())))
      : null,
    intent: intent?.value ?? null,
    replacementKnown: turnover.replacementContactId !== null,
    daysOpen: Math.floor((at.getTime() - turnover.detectedAt.getTime()) / MS_PER_DAY),
    daysToRenewal: account.renewalOn === null ? null : daysBetween(today, dayOf(account.renewalOn)),
    agreementDays: plan === null ? null : Math.floor((at.getTime() - plan.createdAt.getTime()) / MS_PER_DAY),
  };
}

/** Counts and names for the draft: nothing that is the contact's own (domain.md D9). */
export async function briefFacts(
  db: Db,
  frame: {
    turnover: CaseWithAccount;
    sponsor: Contact;
    contact: Contact | null;
    leaver: Contact | null;
    productName: string;
    csmName: string;
    enrollment: Pick<Enrollment, "id"> | null;
    agreementDays: number | null;
  },
): Promise<BriefFacts> {
  const { turnover, sponsor, contact, enrollment } = frame;
  const { workspaceId, account } = turnover;
  const where = { workspaceId, enrollmentId: enrollment?.id ?? NOBODY };
  const tasks = await db.task.findMany({ where: { ...where, must: true }, select: { state: true } });
  const mailsSent = await db.send.count({ where: { ...where, kind: "step", status: "submitted" } });
  const priorities = await db.priority.count({ where: { ...where, validTo: null } });
  const held = await db.meeting.count({ where: { ...where, state: "held" } });
  const sponsors = await db.priority.findFirst({
    where: { workspaceId, accountId: account.id, author: "sponsor", validTo: null },
    orderBy: { rank: "asc" },
    select: { text: true },
  });
  const counted = tasks.filter(({ state }) => !OFF_TASKS.includes(state));
  return {
    sponsorFirstName: sponsor.firstName,
    accountName: account.name,
    productName: frame.productName,
    leaverName: frame.leaver?.name ?? null,
    contactName: contact?.name ?? null,
    csmName: frame.csmName,
    renewalOn: account.renewalOn === null ? null : IN_WORDS.format(account.renewalOn),
    mailsSent,
    tasksDone: counted.filter(({ state }) => DONE_TASKS.includes(state)).length,
    tasksTotal: counted.length,
    prioritiesGiven: priorities > 0,
    meetingHeld: held > 0,
    sponsorPriority: sponsors?.text ?? null,
    agreementDays: frame.agreementDays,
  };
}

const IN_WORDS = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** Why this sponsor may not be written to, in words; null when they may. */
export async function whySilent(db: Db, sponsor: Contact): Promise<string | null> {
  if (sponsor.roles.includes("departed")) return `${sponsor.name} has left the account.`;
  if (sponsor.email === null) return `No mail address is kept for ${sponsor.name}.`;
  const row = await findSuppression(db, sponsor.workspaceId, sponsor.email);
  const reason =
    row?.reason ?? (["ok", "soft_bouncing"].includes(sponsor.mailStatus) ? null : sponsor.mailStatus);
  return reason === null ? null : (SILENT[reason] ?? `The address of ${sponsor.name} must not be mailed.`);
}

const SILENT: Readonly<Record<string, string>> = {
  unsubscribed: "They asked us not to write: their address is unsubscribed.",
  hard_bounce: "Mail to their address came back for good.",
  hard_bounced: "Mail to their address came back for good.",
  complaint: "They reported a mail of ours as unwanted.",
  complained: "They reported a mail of ours as unwanted.",
  manual: "Their address was blocked by hand.",
  suppressed: "Their address was blocked by hand.",
};

/** The local date from which another brief may go; null when one may go today. */
export function cooldownUntil(
  escalations: readonly Pick<Escalation, "status" | "decidedAt">[],
  frame: { workspace: Workspace; turnover: CaseWithAccount },
  at: Date,
): string | null {
  const { account } = frame.turnover;
  const last = escalations
    .filter(({ status, decidedAt }) => status === "approved" && decidedAt !== null)
    .reduce<Date | null>(
      (latest, { decidedAt }) => (latest === null || (decidedAt ?? latest) > latest ? decidedAt : latest),
      null,
    );
  if (last === null) return null;
  const calendar = personCalendar(frame.workspace, account, account.zone, at);
  const until = addBusinessDays(localDateOf(last, account.zone), ESCALATION_COOLDOWN_DAYS, calendar);
  return localDateOf(at, account.zone) < until ? until : null;
}
