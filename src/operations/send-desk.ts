import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { coalesce } from "../drivers/store/coalesce.ts";
import { listTakenDates } from "../drivers/store/due-enrollments.ts";
import { holdProgramDays } from "../drivers/store/program-days.ts";
import { holdDates } from "../drivers/store/send-dates.ts";
import { type Departure, type Ending, markTransmitting, recordEndings } from "../drivers/store/sends.ts";
import { inTransaction, type Sql, type SqlPool } from "../drivers/store/sql.ts";
import { DayBook } from "./day-book.ts";
import { DayRoom } from "./day-room.ts";

/** What is known about a mail that left must not be lost because the database was away for a moment. */
const RECORD_PATIENCE_MS = 300_000;
const LONGEST_PAUSE_MS = 2_000;
const UNIQUE_VIOLATION = "23505";

/** The desk over which all mails of one worker process go: bounds what is in flight and joins their writes. */
export interface SendDesk {
  /** Mails that may be in flight at once. */
  readonly room: number;
  /** Runs `act` when there is room. The bound is what a kill can leave `uncertain`. */
  withRoom<T>(act: () => Promise<T>): Promise<T>;
  /** True when `transmitting` is committed; false when somebody stopped it, or the lease is gone. */
  depart(departure: Departure): Promise<boolean>;
  /** "recorded", "lost" (somebody else owns the row by now), or "date-taken" (its new date has no room). */
  record(ending: Ending): Promise<Recorded>;
}

export function openSendDesk(sql: SqlPool, room: number, log: Logger): SendDesk {
  const depart = coalesce<Departure, boolean>(async (departures) => {
    const gone = await retriedOnce(() => markTransmitting(sql, departures));
    return departures.map(({ id }) => gone.has(id));
  });
  const record = coalesce<Ending, Recorded>((endings) => recordAll(sql, endings, log));
  return { room, withRoom: semaphore(room), depart, record };
}

type Recorded = "recorded" | "lost" | "date-taken";

/** Retries until the database is back; a date that somebody took meanwhile is found by writing the rows one by one. */
async function recordAll(sql: SqlPool, endings: readonly Ending[], log: Logger): Promise<Recorded[]> {
  const giveUpAt = performance.now() + RECORD_PATIENCE_MS;
  for (let pause = 100; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await recordDated(sql, endings);
    } catch (cause) {
      if (codeOf(cause) === UNIQUE_VIOLATION) {
        if (endings.length === 1) return ["date-taken"];
        const each: Recorded[] = [];
        for (const ending of endings) each.push(...(await recordAll(sql, [ending], log)));
        return each;
      }
      if (performance.now() + pause > giveUpAt) throw cause;
      log.warn({ err: cause, count: endings.length }, "endings could not be recorded; trying again");
      await sleep(pause);
    }
  }
}

/**
 * One statement for all, as long as no mail changes its date. One that does may not crowd a day: after an
 * outage yesterday's mails and today's would leave together, more than three per account or a second to the
 * same person. So its account is held, as the planner holds it, and the day is counted.
 */
async function recordDated(sql: SqlPool, endings: readonly Ending[]): Promise<Recorded[]> {
  const moving = endings.filter(({ localDate }) => localDate !== null);
  if (moving.length === 0) return recordedOf(await recordEndings(sql, endings), endings);
  return inTransaction(sql, async (tx) => {
    const crowded = await crowdedMoves(tx, moving);
    const rest = endings.filter(({ id }) => !crowded.has(id));
    const recorded = await recordEndings(tx, rest);
    return endings.map(({ id }) => (crowded.has(id) ? "date-taken" : recorded.has(id) ? "recorded" : "lost"));
  });
}

const recordedOf = (recorded: ReadonlySet<string>, endings: readonly Ending[]): Recorded[] =>
  endings.map(({ id }) => (recorded.has(id) ? "recorded" : "lost"));

/** The mails whose new date has no room: for their contact, for their account, or in their workspace. */
async function crowdedMoves(tx: Sql, moving: readonly Ending[]): Promise<Set<string>> {
  const present = new Map(
    (
      await holdDates(
        tx,
        moving.map(({ id }) => id),
      )
    ).map((send) => [send.id, send]),
  );
  const moves = moving.flatMap(({ id, localDate }) => {
    const send = present.get(id);
    return send === undefined || localDate === null || localDate === send.localDate
      ? []
      : [{ ...send, localDate }];
  });
  if (moves.length === 0) return new Set();
  const days = new DayBook(
    await listTakenDates(tx, {
      accountIds: [...new Set(moves.map(({ accountId }) => accountId))],
      contactIds: [...new Set(moves.map(({ contactId }) => contactId))],
      from: moves.map(({ localDate }) => localDate).sort()[0] ?? "",
    }),
  );
  const room = new DayRoom();
  await holdProgramDays(
    tx,
    moves.flatMap(({ workspaceId, dailyMailCap }) => (dailyMailCap === 0 ? [] : [workspaceId])),
  );
  await room.learn(tx, moves, [...new Set(moves.map(({ localDate }) => localDate))]);
  const crowded = new Set<string>();
  for (const move of moves) {
    const { accountId, contactId, workspaceId, localDate } = move;
    if (
      days.takenBy(contactId).has(localDate) ||
      days.fullFor(accountId).has(localDate) ||
      room.fullFor(workspaceId).has(localDate)
    )
      crowded.add(move.id);
    else {
      days.take(move);
      room.take(move);
    }
  }
  return crowded;
}

const DEADLOCK = "40P01";

/** A deadlock with a person's act ends one of the two; ours has written nothing and may ask again. */
async function retriedOnce<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (codeOf(cause) !== DEADLOCK) throw cause;
    return act();
  }
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && "code" in cause ? cause.code : null;
}

function semaphore(room: number): <T>(act: () => Promise<T>) => Promise<T> {
  let free = room;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
