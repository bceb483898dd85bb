import { z } from "zod";
import type { Pause } from "../domain/calendar/calendar.ts";
import { addDays } from "../domain/calendar/dates.ts";
import { nextOpening } from "../domain/calendar/window.ts";
import { localDateOf } from "../domain/calendar/zones.ts";
import type { EngagementEvent } from "../domain/engagement/events.ts";
import type { Verdict } from "../domain/readiness/readiness.ts";
import { isNotice, recipientOf } from "../domain/sequences/look.ts";
import type { EnrollmentFacts, Move, Progress } from "../domain/sequences/move.ts";
import { nextMove } from "../domain/sequences/next-move.ts";
import { policyOf, underPolicy } from "../domain/sequences/policy.ts";
import { readProgress } from "../domain/sequences/progress.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import { isDatabaseTrouble } from "../drivers/store/database-trouble.ts";
import {
  askCsms,
  claimDueEnrollments,
  type DueEnrollment,
  type EnrollmentUpdate,
  type EventRow,
  listEventsOf,
  listTakenDates,
  moveEnrollments,
  type NewCsmTask,
  type NewSend,
  planSends,
  stopSendsOf,
  type TakenDate,
} from "../drivers/store/due-enrollments.ts";
import { loadFrame } from "../drivers/store/enrollment-frame.ts";
import { holdProgramDays } from "../drivers/store/program-days.ts";
import { newRowId } from "../drivers/store/row-id.ts";
import { inTransaction, type Sql, type SqlPool } from "../drivers/store/sql.ts";
import { DayBook } from "./day-book.ts";
import { DayRoom, datesAround } from "./day-room.ts";
import { whyNotSent } from "./end-enrollment.ts";
import type { Parts } from "./parts.ts";
import { fillPlain, readerValues } from "./reader-values.ts";
import { rowCalendar } from "./row-calendar.ts";
import type { VersionBook } from "./version-book.ts";

export interface PlanParts extends Parts {
  readonly sql: SqlPool;
  readonly versions: VersionBook;
}

export interface Planned {
  looked: number;
  sends: number;
  tasks: number;
  completed: number;
  exited: number;
  waits: number;
  /** Enrollments that could not be planned; each asks its CSM. */
  troubled: number;
}

/** Enrollments of one transaction: long enough to amortise its statements, short enough to hold few locks. */
const BATCH = 250;
/** Acts decided about one enrollment in one look: a task beside a mail, a step left out. */
const MOVES_AT_ONCE = 40;
/** The weekly cap and lateness are judged from this many days back (EnrollmentFacts.takenDates). */
const DAYS_BACK = 15;
/** When a date was taken at the last moment by somebody else, the enrollment is looked at again. */
const AGAIN_AFTER_MS = 10 * 60_000;
const TROUBLE_AGAIN_AFTER_MS = 24 * 3_600_000;
/** One mail of thanks for each enrollment. */
const COMPLETION_KEY = "completion.goal";
/** How long the queue may hold a fresh send before the sweeper looks for it. */
export const QUEUE_LEASE_MS = 30_000;

/**
 * Looks at every enrollment whose time has come and does what `nextMove` decides: the rows of a batch
 * are claimed, decided and moved in one transaction, so a killed worker leaves them as they were.
 */
export async function planDueSteps(
  parts: PlanParts,
  options: { limit?: number; workspaceId?: string } = {},
): Promise<Planned> {
  const total: Planned = { looked: 0, sends: 0, tasks: 0, completed: 0, exited: 0, waits: 0, troubled: 0 };
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const room = new DayRoom();
  while (total.looked < limit) {
    const look = { limit: Math.min(BATCH, limit - total.looked), workspaceId: options.workspaceId ?? null };
    const batch = await planBatch(parts, look, room);
    if (batch.counts.looked === 0) break;
    // After the commit: a job must never run before its row can be seen.
    await parts.waker.sendsPlanned(batch.dueSendIds);
    for (const key of Object.keys(total) as (keyof Planned)[]) total[key] += batch.counts[key];
  }
  return total;
}

interface Batch {
  readonly counts: Planned;
  readonly dueSendIds: readonly string[];
}

async function planBatch(
  parts: PlanParts,
  look: { limit: number; workspaceId: string | null },
  room: DayRoom,
): Promise<Batch> {
  const now = parts.clock.now();
  return inTransaction(parts.sql, async (sql) => {
    const due = await claimDueEnrollments(sql, { now, ...look });
    if (due.length === 0) return { counts: countsOf([]), dueSendIds: [] };
    await room.learn(sql, due, datesAround(now));
    const known = await readAll(sql, due, now);
    const decisions = await decideInRoom(parts, sql, { due, known, room }, now);
    return write(parts, sql, await tasksInWords(parts, decisions), now);
  });
}

interface Due {
  readonly due: readonly DueEnrollment[];
  readonly known: Known;
  readonly room: DayRoom;
}

/**
 * Decides with what is known of each day's room, then holds the days and counts them: other workers may have
 * filled them meanwhile. What does not fit is decided anew, which puts it off to the next day with room.
 */
async function decideInRoom(parts: PlanParts, sql: Sql, what: Due, now: Date): Promise<Decided[]> {
  const { room } = what;
  let held = false;
  for (;;) {
    const decided = await decideAll(parts, what, now);
    const sends = decided.flatMap((one) => one.sends);
    const capped = room.cappedOf(sends);
    if (capped.length === 0) return decided;
    if (!held) await holdProgramDays(sql, capped);
    held = true;
    if (await room.fits(sql, sends)) {
      for (const send of sends) room.take(send);
      return decided;
    }
  }
}

/** Everything decided about one enrollment at one look. */
interface Decided {
  readonly row: DueEnrollment;
  readonly update: EnrollmentUpdate;
  readonly sends: readonly NewSend[];
  readonly tasks: readonly NewCsmTask[];
  readonly last: Move["kind"] | "trouble";
  /** Why what still waits must not go any more; null: it may. */
  readonly callBack: string | null;
}

interface Known {
  readonly events: ReadonlyMap<string, EngagementEvent[]>;
  readonly taken: readonly TakenDate[];
}

async function readAll(sql: Sql, due: readonly DueEnrollment[], now: Date): Promise<Known> {
  const events = byEnrollment(
    await listEventsOf(
      sql,
      due.map(({ id }) => id),
    ),
  );
  const people = due.flatMap(({ contactId, sponsorContactId }) => [contactId, sponsorContactId ?? contactId]);
  const taken = await listTakenDates(sql, {
    accountIds: [...new Set(due.map(({ accountId }) => accountId))],
    contactIds: [...new Set(people)],
    from: addDays(localDateOf(now, "UTC"), -DAYS_BACK),
  });
  return { events, taken };
}

async function decideAll(parts: PlanParts, { due, known, room }: Due, now: Date): Promise<Decided[]> {
  const books: Books = { days: new DayBook(known.taken), room };
  const decided: Decided[] = [];
  for (const row of due) {
    try {
      const sequence = underPolicy(await parts.versions.sequence(row.versionId), policyOf(row.policy));
      decided.push(decide(row, sequence, known.events.get(row.id) ?? [], books, parts, now));
    } catch (cause) {
      // Not the row's fault: the whole batch is rolled back and looked at again.
      if (isDatabaseTrouble(cause)) throw cause;
      // One broken row must not hold up the others of its batch (trust.md F17).
      parts.log.error({ err: cause, enrollmentId: row.id }, "planning failed; the CSM is asked");
      decided.push(troubled(row, cause, now));
    }
  }
  return decided;
}

/** What is taken of each day while a batch is decided: by a person, an account, the workspace. */
interface Books {
  readonly days: DayBook;
  readonly room: DayRoom;
}

function decide(
  row: DueEnrollment,
  sequence: Sequence,
  events: readonly EngagementEvent[],
  books: Books,
  parts: PlanParts,
  now: Date,
): Decided {
  const calendar = rowCalendar(row, row.zone, now);
  const wall = parts.clock.wall();
  const sends: NewSend[] = [];
  const tasks: NewCsmTask[] = [];
  let progress = readProgress(row.progress);
  let move = nextMove(sequence, factsOf(row, calendar, progress, events, books), now);
  for (let count = 0; count < MOVES_AT_ONCE; count += 1) {
    progress = move.progress;
    if (move.kind === "send") {
      const send = newSend(row, sequence, move, now, wall);
      books.days.take(send);
      books.room.take(send);
      sends.push(send);
    } else if (move.kind === "csm-task") {
      tasks.push(newTask(row, move.taskKey, "sequence-step", move.text, move.detail, now));
    } else if (move.kind !== "skip") {
      break;
    }
    if (move.nextDueAt === null || move.nextDueAt > now) break;
    move = nextMove(sequence, factsOf(row, calendar, progress, events, books), now);
  }
  if (move.kind === "complete" && move.because === "goal-reached") {
    sends.push(...completionMail(row, sequence, calendar, now, wall));
  }
  const update = updateOf(row.id, move, progress, now);
  return { row, update, sends, tasks, last: move.kind, callBack: callBackOf(move) };
}

/** A program that ends before its last step takes back what it planned. */
function callBackOf(move: Move): string | null {
  if (move.kind === "exit") return whyNotSent(move.reason);
  return move.kind === "complete" && move.because === "goal-reached" ? whyNotSent(move.because) : null;
}

function factsOf(
  row: DueEnrollment,
  calendar: EnrollmentFacts["calendar"],
  progress: Progress,
  events: readonly EngagementEvent[],
  { days, room }: Books,
): EnrollmentFacts {
  return {
    startedAt: row.startedAt.toISOString(),
    pace: row.pace,
    cadence: row.cadence,
    calendar,
    pauses: Pauses.parse(row.pauses),
    progress,
    events,
    verdict: row.verdict as Verdict | null,
    competitorKnown: row.competitorVersionId !== null,
    takenDates: days.takenBy(row.contactId),
    fullDates: days.fullFor(row.accountId),
    crowdedDates: room.fullFor(row.workspaceId),
    hasSponsor: row.sponsorContactId !== null,
    sponsorTakenDates: row.sponsorContactId === null ? new Set() : days.takenBy(row.sponsorContactId),
  };
}

const Pauses = z.array(
  z.object({ from: z.string(), until: z.string().nullable(), reason: z.string() }),
) satisfies z.ZodType<Pause[]>;

function updateOf(id: string, move: Move, progress: Progress, now: Date): EnrollmentUpdate {
  const base = {
    id,
    position: progress.position,
    progress,
    exitReason: null,
    endedAt: null,
    blockedReason: null,
  };
  switch (move.kind) {
    case "wait":
      return { ...base, status: "active", dueAt: move.until };
    case "send":
    case "csm-task":
    case "skip":
      return { ...base, status: "active", dueAt: move.nextDueAt };
    case "complete":
      return { ...base, status: "completed", dueAt: null, endedAt: now };
    case "exit":
      return { ...base, status: "exited", dueAt: null, endedAt: now, exitReason: move.reason };
    default:
      return move satisfies never;
  }
}

function newSend(
  row: DueEnrollment,
  sequence: Sequence,
  move: Extract<Move, { kind: "send" }>,
  now: Date,
  wall: Date,
): NewSend {
  const step = sequence.steps.find(({ key }) => key === move.stepKey);
  if (step === undefined) throw new Error(`The version has no step "${move.stepKey}".`);
  const toSponsor = recipientOf(step, sequence) === "sponsor" && sequence.audience !== "sponsor";
  const contactId = toSponsor ? row.sponsorContactId : row.contactId;
  if (contactId === null) throw new Error(`Step "${step.key}" is for a sponsor, and the account has none.`);
  return {
    id: newRowId(),
    workspaceId: row.workspaceId,
    kind: "step",
    mailClass: isNotice(step) ? "service" : "program",
    enrollmentId: row.id,
    accountId: row.accountId,
    contactId,
    stepKey: move.stepKey,
    variant: move.variant,
    occurrence: move.occurrence,
    dueAt: move.at,
    zone: row.zone,
    localDate: move.localDate,
    recipientDomain: (toSponsor ? row.sponsorDomain : row.recipientDomain) ?? "",
    plannedAt: now,
    wall,
    leaseUntil: move.at <= now ? new Date(wall.getTime() + QUEUE_LEASE_MS) : null,
  };
}

/** Thanks whoever reached the goal, once, in their window: a service mail, so it takes no day of the program's. */
function completionMail(
  row: DueEnrollment,
  sequence: Sequence,
  calendar: EnrollmentFacts["calendar"],
  now: Date,
  wall: Date,
): NewSend[] {
  if (sequence.audience !== "contact") return [];
  const dueAt = nextOpening(now, calendar);
  return [
    {
      id: newRowId(),
      workspaceId: row.workspaceId,
      kind: "completion",
      mailClass: "service",
      enrollmentId: row.id,
      accountId: row.accountId,
      contactId: row.contactId,
      // Steps have no dot in their key, so none can be in its way.
      stepKey: COMPLETION_KEY,
      variant: "a",
      occurrence: 1,
      dueAt,
      zone: row.zone,
      localDate: localDateOf(dueAt, row.zone),
      recipientDomain: row.recipientDomain ?? "",
      plannedAt: now,
      wall,
      leaseUntil: dueAt <= now ? new Date(wall.getTime() + QUEUE_LEASE_MS) : null,
    },
  ];
}

/** A task is read by a person as it stands in its row: with names, not with merge fields. */
function tasksInWords(parts: PlanParts, decisions: readonly Decided[]): Promise<Decided[]> {
  return Promise.all(
    decisions.map(async (decided) => {
      if (decided.tasks.length === 0) return decided;
      const frame = await loadFrame(parts.db, decided.row.workspaceId, decided.row.id);
      if (frame === null) return decided;
      const values = readerValues(frame);
      const tasks = decided.tasks.map((task) => ({
        ...task,
        text: fillPlain(task.text, values),
        detail: fillPlain(task.detail, values),
      }));
      return { ...decided, tasks };
    }),
  );
}

function newTask(
  row: DueEnrollment,
  key: string,
  kind: string,
  text: string,
  detail: string,
  at: Date,
): NewCsmTask {
  const { workspaceId, caseId, id: enrollmentId, csmId: userId } = row;
  return { id: newRowId(), workspaceId, caseId, enrollmentId, userId, key, kind, text, detail, at };
}

/** The enrollment stays where it is, asks its CSM once, and is looked at again in a day. */
function troubled(row: DueEnrollment, cause: unknown, now: Date): Decided {
  const why = cause instanceof Error ? cause.message : String(cause);
  const progress = row.progress as Progress;
  return {
    row,
    sends: [],
    tasks: [newTask(row, `planning.${row.id}`, "planning-trouble", "A program could not go on", why, now)],
    update: {
      id: row.id,
      status: "active",
      dueAt: new Date(now.getTime() + TROUBLE_AGAIN_AFTER_MS),
      position: progress?.position ?? 0,
      progress: row.progress,
      exitReason: null,
      endedAt: null,
      blockedReason: why,
    },
    last: "trouble",
    callBack: null,
  };
}

/** One statement each for sends, tasks and enrollments. Sends go first: the database may know a date to be taken. */
async function write(parts: PlanParts, sql: Sql, decided: readonly Decided[], now: Date): Promise<Batch> {
  const sends = decided.flatMap((one) => one.sends);
  const answers = await planSends(sql, sends);
  const refused = new Set(
    sends.filter(({ id }) => answers.get(id) === "date-taken").map((send) => send.enrollmentId),
  );
  // Not moved: the same step is decided anew, on a free date. What was planned stays planned, by its unique key.
  const again = new Date(now.getTime() + AGAIN_AFTER_MS);
  const updates = decided.map(({ row, update }) =>
    refused.has(row.id)
      ? {
          ...update,
          status: "active" as const,
          dueAt: again,
          progress: row.progress,
          position: readProgress(row.progress).position,
          exitReason: null,
          endedAt: null,
        }
      : update,
  );
  await moveEnrollments(sql, updates);
  await stopSendsOf(
    sql,
    decided.flatMap(({ row, callBack }) =>
      callBack === null || refused.has(row.id) ? [] : [{ enrollmentId: row.id, why: callBack }],
    ),
    now,
  );
  await askCsms(
    sql,
    decided.flatMap((one) => one.tasks),
  );
  const planned = sends.filter(({ id }) => answers.get(id) === "planned");
  if (refused.size > 0)
    parts.log.info({ count: refused.size }, "planning: a date was taken meanwhile; decided anew");
  return {
    counts: { ...countsOf(decided), sends: planned.length },
    dueSendIds: planned.filter(({ leaseUntil }) => leaseUntil !== null).map(({ id }) => id),
  };
}

function countsOf(decided: readonly Decided[]): Planned {
  const ended = (kind: Decided["last"]): number => decided.filter(({ last }) => last === kind).length;
  return {
    looked: decided.length,
    sends: decided.reduce((sum, { sends }) => sum + sends.length, 0),
    tasks: decided.reduce((sum, { tasks }) => sum + tasks.length, 0),
    completed: ended("complete"),
    exited: ended("exit"),
    waits: ended("wait"),
    troubled: ended("trouble"),
  };
}

function byEnrollment(rows: readonly EventRow[]): Map<string, EngagementEvent[]> {
  const logs = new Map<string, EngagementEvent[]>();
  for (const { id, enrollmentId, kind, evidenceClass, occurredAt, payload } of rows) {
    const log = logs.get(enrollmentId) ?? [];
    if (log.length === 0) logs.set(enrollmentId, log);
    log.push({
      ...payload,
      kind,
      at: occurredAt.toISOString(),
      id,
      evidence: evidenceClass,
    } as EngagementEvent);
  }
  return logs;
}
