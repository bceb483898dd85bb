import { z } from "zod";
import type { EngagementEvent } from "../domain/engagement/events.ts";
import { type AgendaContext, suggestAgenda } from "../domain/readiness/agenda.ts";
import { type Arrangement, arrangeAgenda } from "../domain/readiness/arrange-agenda.ts";
import type { Agenda } from "../domain/readiness/readiness.ts";
import { readinessTrack } from "../domain/readiness/track.ts";
import type { EnrollmentFrame } from "../drivers/store/enrollment-frame.ts";
import { loadLog } from "../drivers/store/events.ts";
import { findCurrentPlan } from "../drivers/store/success-plans.ts";
import { programOf } from "./frozen-sequence.ts";
import type { Db } from "./parts.ts";
import { goalsOf } from "./success-plans.ts";

/**
 * What a meeting with this contact should be about, from their log and the account's customer-visible
 * records. `known`, `around`: the log and what lies around it, where the caller has read them already.
 */
export async function agendaOf(
  db: Db,
  frame: EnrollmentFrame,
  at: Date,
  known?: readonly EngagementEvent[],
  around?: AroundAgenda,
): Promise<Agenda> {
  const { enrollment } = frame;
  const track = readinessTrack(programOf(frame.version, frame.enrollment));
  if (track === null || at < enrollment.startedAt) {
    return { items: [], byMail: [], emptyReason: "no agenda yet - the program has not begun" };
  }
  const [log, context, wishes] = await Promise.all([
    known ?? loadLog(db, enrollment.workspaceId, enrollment.id),
    agendaContext(db, frame, around),
    ownWishes(db, frame),
  ]);
  const agenda = withOwnPoints(suggestAgenda(track, log, at, context), wishes.points);
  return wishes.arranged === null ? agenda : arrangeAgenda(agenda, wishes.arranged);
}

/** What the person themselves put on the agenda of the coming meeting, and what they made of the rest. */
async function ownWishes(
  db: Db,
  { enrollment }: EnrollmentFrame,
): Promise<{ points: string[]; arranged: Arrangement | null }> {
  const meeting = await db.meeting.findFirst({
    where: {
      workspaceId: enrollment.workspaceId,
      enrollmentId: enrollment.id,
      state: { in: ["suggested", "requested", "booked"] },
    },
    orderBy: { requestedAt: "desc" },
    select: { points: true, arranged: true },
  });
  const arranged = Arranged.safeParse(meeting?.arranged);
  return { points: pointsOf(meeting?.points), arranged: arranged.success ? arranged.data : null };
}

const Arranged = z.object({ order: z.array(z.string()), leftOut: z.array(z.string()) });

function pointsOf(stored: unknown): string[] {
  return Array.isArray(stored) ? stored.filter((point) => typeof point === "string") : [];
}

/** Theirs come first: it is their meeting. */
function withOwnPoints(agenda: Agenda, points: readonly string[]): Agenda {
  if (points.length === 0) return agenda;
  const own = points.map((text) => ({
    kind: "own" as const,
    text,
    why: "they put this on the agenda themselves",
    minutes: 3,
    lead: "contact" as const,
    eventIds: [],
  }));
  return { ...agenda, items: [...own, ...agenda.items], emptyReason: null };
}

/** The account's goals, the contact's objectives and the sponsor's ranking, first first. */
export interface AroundAgenda {
  readonly goals: readonly { readonly key: string; readonly statement: string }[];
  readonly objectives: readonly { readonly key: string; readonly text: string }[];
  readonly sponsorPriorities: readonly string[];
}

async function readAround(db: Db, { enrollment }: EnrollmentFrame): Promise<AroundAgenda> {
  const { workspaceId, accountId, caseId } = enrollment;
  const [plan, objectives, sponsors] = await Promise.all([
    findCurrentPlan(db, workspaceId, accountId),
    db.objective.findMany({ where: { workspaceId, enrollmentId: enrollment.id }, orderBy: { id: "asc" } }),
    sponsorPriorities(db, workspaceId, caseId),
  ]);
  return { goals: plan === null ? [] : goalsOf(plan), objectives, sponsorPriorities: sponsors };
}

async function agendaContext(
  db: Db,
  frame: EnrollmentFrame,
  known: AroundAgenda | undefined,
): Promise<AgendaContext> {
  const { workspaceId, accountId } = frame.enrollment;
  const [around, value] = await Promise.all([
    known ?? readAround(db, frame),
    db.valueStatement.findFirst({
      where: { workspaceId, accountId, visibility: "customer", confirmedBy: null },
      orderBy: [{ capturedOn: "desc" }, { id: "asc" }],
    }),
  ]);
  return {
    goals: around.goals.map(({ key, statement }) => ({ key, text: statement })),
    objectives: around.objectives.map(({ key, text }) => ({ key, text })),
    sponsorPriorities: [...around.sponsorPriorities],
    valueToConfirm: value === null ? null : `${value.metric}: ${value.current} ${value.unit}`.trim(),
  };
}

/** The sponsor's ranking as it stands today, first first. */
export async function sponsorPriorities(db: Db, workspaceId: string, caseId: string): Promise<string[]> {
  const enrollments = await db.enrollment.findMany({
    where: { workspaceId, caseId, audience: "sponsor" },
    select: { id: true },
  });
  const rows = await db.priority.findMany({
    where: { workspaceId, enrollmentId: { in: enrollments.map(({ id }) => id) }, validTo: null },
    orderBy: [{ validFrom: "desc" }, { rank: "asc" }],
  });
  return rows.map(({ text }) => text);
}
