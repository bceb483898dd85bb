import { normalQuestion } from "../domain/engagement/normal-question.ts";
import { daysAtRisk, detectionLagDays } from "../domain/turnover/learned-when.ts";
import { findCase } from "../drivers/store/cases.ts";
import { listContacts } from "../drivers/store/contacts.ts";
import { listCsmTasks } from "../drivers/store/csm-tasks.ts";
import type {
  Account,
  Case,
  Contact,
  CsmTask,
  TimelineEntry,
  User,
} from "../drivers/store/generated/client.ts";
import { currentPlan } from "./account-story.ts";
import { chooseTrack } from "./choose-track.ts";
import type { PagePlan } from "./page-parts.ts";
import type { Parts } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";
import { roomEnrollment } from "./room-enrollment.ts";
import type { RoomEnrollment } from "./room-parts.ts";

export interface CaseRoom {
  case: Case;
  account: Account;
  csm: User | null;
  departed: Contact | null;
  replacement: Contact | null;
  sponsor: Contact | null;
  contacts: Contact[];
  daysAtRisk: number;
  /** Days between leaving and our finding out (S1-12); null while the day of leaving is unknown. */
  lagDays: number | null;
  /** What is not captured yet, in words. */
  missing: { field: string; text: string }[];
  enrollments: RoomEnrollment[];
  /** Contact's first against sponsor's first, when they differ (S0-17). */
  mismatch: { contact: string; sponsor: string } | null;
  csmTasks: CsmTask[];
  timeline: TimelineEntry[];
  plan: PagePlan | null;
  /** Before enrolling: which sequence the case asks for, and why (S0-45). Null when nothing can be proposed. */
  proposal: { sequenceKey: string; name: string; reason: string; versionId: string } | null;
}
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
  const [contacts, csm, enrollments, csmTasks, timeline, plan, choice] = await Promise.all([
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
    chooseTrack(db, found),
  ]);
  const rooms: RoomEnrollment[] = [];
  for (const { id } of enrollments) {
    const room = await roomEnrollment(db, workspaceId, id, now);
    if (room !== null) rooms.push(room);
  }
  const person = (id: string | null) => contacts.find((contact) => contact.id === id) ?? null;
  return {
    case: turnover,
    account,
    csm,
    departed: person(turnover.departedContactId),
    replacement: person(turnover.replacementContactId),
    sponsor: person(account.sponsorContactId),
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
    missing: missingFacts(turnover, account),
    enrollments: rooms,
    mismatch: mismatchOf(rooms),
    csmTasks,
    timeline,
    plan,
    proposal: choice.ok
      ? {
          sequenceKey: choice.version.key,
          name: choice.version.name,
          reason: choice.reason,
          versionId: choice.version.id,
        }
      : null,
  };
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
function missingFacts(turnover: Case, account: Account): CaseRoom["missing"] {
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
    ["renewalOn", account.renewalOn === null, "When the contract renews"],
    ["csmId", account.csmId === null, "Who owns the account on our side"],
  ];
  return facts.filter(([, missing]) => missing).map(([field, , text]) => ({ field, text }));
}
