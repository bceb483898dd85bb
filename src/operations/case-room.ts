import { normalQuestion } from "../domain/engagement/normal-question.ts";
import { type EscalationFacts, escalationCauses } from "../domain/turnover/escalation.ts";
import { daysAtRisk, detectionLagDays } from "../domain/turnover/learned-when.ts";
import { outlookOf } from "../domain/turnover/outlook.ts";
import { overridden } from "../domain/turnover/override.ts";
import { recoveryPlan } from "../domain/turnover/recovery-plan.ts";
import { coveragePercent } from "../domain/turnover/severity.ts";
import { findCase } from "../drivers/store/cases.ts";
import { listContacts } from "../drivers/store/contacts.ts";
import { listCsmTasks } from "../drivers/store/csm-tasks.ts";
import type { Account, Case, Contact } from "../drivers/store/generated/client.ts";
import { listCurrentCompetitors } from "../drivers/store/versions.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import { currentPlan } from "./account-story.ts";
import { caseEffort } from "./case-effort.ts";
import { caseOverrides } from "./case-overrides.ts";
import type { CaseRoom } from "./case-room-parts.ts";
import { chooseTrack } from "./choose-track.ts";
import { cooldownUntil, escalationFacts, whySilent } from "./escalation-facts.ts";
import { nextAct } from "./next-act.ts";
import type { Parts } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";
import { roomEnrollments } from "./room-enrollment.ts";
import type { RoomEnrollment } from "./room-parts.ts";

/** Everything a CSM sees of one case; reads only. Null: no such case. */
export async function caseRoom(
  parts: Parts,
  input: { workspaceId: string; caseId: string },
): Promise<CaseRoom | null> {
  const { db } = parts;
  const { workspaceId, caseId } = input;
  const found = await findCase(db, workspaceId, caseId);
  if (found === null) return null;
  const { account, ...turnover } = found;
  const now = parts.clock.now();
  const where = { workspaceId, accountId: account.id };
  const [contacts, csm, enrollments, csmTasks, timeline, plan, escalations, competitors, workspace] =
    await Promise.all([
      listContacts(db, workspaceId, account.id),
      account.csmId === null ? null : db.user.findFirst({ where: { workspaceId, id: account.csmId } }),
      db.enrollment.findMany({
        where: { workspaceId, caseId },
        orderBy: { createdAt: "desc" },
        select: { id: true },
      }),
      listCsmTasks(db, workspaceId, caseId),
      db.timelineEntry.findMany({ where, orderBy: [{ date: "desc" }, { id: "desc" }] }),
      currentPlan(db, workspaceId, account.id),
      db.escalation.findMany({ where: { workspaceId, caseId }, orderBy: { createdAt: "desc" } }),
      listCurrentCompetitors(db, workspaceId),
      getWorkspace(db, workspaceId),
    ]);
  const enrollmentIds = enrollments.map(({ id }) => id);
  const rooms = await roomEnrollments(db, { workspaceId, enrollmentIds, plan }, now);
  const main = rooms.find(({ audience }) => audience === "contact") ?? null;
  // Only who is not enrolled yet is proposed a track: it reads every published version.
  const choice = main === null ? await chooseTrack(db, found) : null;
  const person = (id: string | null) => contacts.find((contact) => contact.id === id) ?? null;
  const sponsor = person(account.sponsorContactId);
  const [facts, silent, effort, overrides] = await Promise.all([
    escalationFacts(
      db,
      { turnover: found, workspace, enrollment: main, readiness: main?.readiness ?? null },
      now,
    ),
    sponsor === null ? null : whySilent(db, sponsor),
    caseEffort(db, found),
    caseOverrides(db, { workspaceId, caseId, zone: workspace.reportZone, now }),
  ]);
  const cooldown = cooldownUntil(escalations, { workspace, turnover: found }, now);
  const room: Unjudged = {
    overrides,
    effort,
    case: turnover,
    account,
    csm,
    departed: person(turnover.departedContactId),
    replacement: person(turnover.replacementContactId),
    sponsor,
    contacts,
    daysAtRisk: daysAtRisk(
      {
        detectedAt: turnover.detectedAt,
        effectiveOn: turnover.departureEffectiveOn === null ? null : dayOf(turnover.departureEffectiveOn),
        closedAt: turnover.closedAt,
      },
      account.zone,
      now,
    ),
    lagDays: detectionLagDays(
      turnover.detectedAt,
      turnover.departureEffectiveOn === null ? null : dayOf(turnover.departureEffectiveOn),
      account.zone,
    ),
    missing: missingFacts(turnover, account, plan !== null),
    enrollments: rooms,
    mismatch: mismatchOf(rooms),
    csmTasks,
    timeline,
    plan,
    proposal: choice?.ok
      ? {
          sequenceKey: choice.version.key,
          name: choice.version.name,
          reason: choice.reason,
          versionId: choice.version.id,
        }
      : null,
    daysToRenewal: facts.daysToRenewal,
    escalation: {
      causes: escalationCauses(facts),
      draft: escalations.find(({ status }) => status === "draft") ?? null,
      last: escalations.find(({ status }) => status !== "draft") ?? null,
      cooldownUntil: cooldown,
      blocked: escalationBlocked(turnover, account, sponsor, silent, cooldown),
    },
    competitors: competitors.map(({ key, name }) => ({ key, name })),
  };
  const judged = { ...room, ...judge(room, main, facts) };
  return { ...judged, nextAct: nextAct(judged, now) };
}

function escalationBlocked(
  turnover: Case,
  account: Account,
  sponsor: Contact | null,
  silent: string | null,
  cooldown: string | null,
): string | null {
  if (turnover.status === "closed") return "This case is closed.";
  if (sponsor === null) return "Nobody is recorded who decides at the account.";
  if (account.csmId === null) return "Nobody owns the account, so nobody can sign.";
  if (silent !== null) return silent;
  return cooldown === null
    ? null
    : `The last brief is younger than ten business days; another may go from ${cooldown} on.`;
}

const DONE: readonly string[] = ["done_self", "done_evidence", "verified"];
const OUT: readonly string[] = ["waived", "not_applicable"];

type Unjudged = Omit<CaseRoom, "nextAct" | "outlook" | "ruledOutlook" | "recovery">;

/** Outlook and plan follow from what the room shows, but for a person's word that a manager approved. */
function judge(
  room: Unjudged,
  main: RoomEnrollment | null,
  facts: EscalationFacts,
): Pick<CaseRoom, "outlook" | "ruledOutlook" | "recovery"> {
  const { case: turnover, contacts } = room;
  const remaining = contacts.filter(({ id }) => id !== turnover.departedContactId);
  const must = main?.tasks.filter((task) => task.must && !OUT.includes(task.state)) ?? [];
  const sponsorReached = room.enrollments.some(
    ({ audience, events }) => audience === "sponsor" && events.some(({ evidence }) => evidence === "strong"),
  );
  const firstAct =
    main !== null && ((main.readiness?.strongActs ?? 0) > 0 || (main.readiness?.weakActs ?? 0) > 0);
  const intent = main?.intent?.value ?? null;
  const recovery = recoveryPlan({
    status: turnover.status,
    hasInterim: contacts.some(({ roles }) => roles.includes("interim_cover")),
    sponsorReached,
    replacementKnown: turnover.replacementContactId !== null,
    firstAct,
    tasksDone: must.filter(({ state }) => DONE.includes(state)).length,
    tasksTotal: must.length,
    meetingReady: main?.readiness?.meetingReady ?? false,
    meetingHeld: main?.meetings.some(({ state }) => state === "held") ?? false,
    planAgreed: room.plan?.state === "agreed",
    trackComplete: main?.status === "completed",
    intentKept: intent === "keep" || intent === "expand",
  });
  const ruledOutlook = outlookOf({
    roleOutcome: turnover.roleOutcome,
    verdict: main?.readiness?.verdict ?? null,
    intent,
    coveragePercent: coveragePercent(remaining),
    sponsorReached,
    replacementKnown: turnover.replacementContactId !== null,
    daysAtRisk: room.daysAtRisk,
    daysToRenewal: room.daysToRenewal,
    planPercent: recovery.percent,
    replacementType: turnover.replacementType,
    stalledDays: facts.stalledDays,
    hasEvidence: firstAct,
    severity: turnover.severity,
  });
  return { outlook: overridden(ruledOutlook, room.overrides.active), ruledOutlook, recovery };
}

/** S0-17: each puts another thing first. */
function mismatchOf(rooms: readonly RoomEnrollment[]): CaseRoom["mismatch"] {
  const first = (audience: string) =>
    rooms.find((room) => room.audience === audience && room.priorities.length > 0)?.priorities[0]?.text;
  const contact = first("contact");
  const sponsor = first("sponsor");
  if (contact === undefined || sponsor === undefined) return null;
  return normalQuestion(contact) === normalQuestion(sponsor) ? null : { contact, sponsor };
}

/** What a CSM should still find out, most useful first. */
function missingFacts(turnover: Case, account: Account, hasPlan: boolean): CaseRoom["missing"] {
  const facts: [string, boolean, string][] = [
    ["replacementContactId", turnover.replacementContactId === null, "Who takes over"],
    ["replacementType", turnover.replacementType === null, "Where that person comes from"],
    [
      "competitorKey",
      turnover.replacementType === "ex_competitor" && turnover.competitorKey === null,
      "Which product they used before",
    ],
    ["roleOutcome", turnover.roleOutcome === "unknown", "What happens to the role"],
    ["departureEffectiveOn", turnover.departureEffectiveOn === null, "Their last day"],
    ["destination", turnover.destination === "unknown", "Where they went"],
    ["departureReason", turnover.departureReason === null, "Why they left"],
    ["sponsorContactId", account.sponsorContactId === null, "Who decides at the account"],
    ["successPlan", !hasPlan, "What they want to reach"],
    ["renewalOn", account.renewalOn === null, "When the contract renews"],
    ["csmId", account.csmId === null, "Who owns the account on our side"],
  ];
  return facts.filter(([, missing]) => missing).map(([field, , text]) => ({ field, text }));
}
