import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { coalesce } from "../drivers/store/coalesce.ts";
import { type Departure, type Ending, markTransmitting, recordEndings } from "../drivers/store/sends.ts";
import type { Sql } from "../drivers/store/sql.ts";

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
  /** "recorded", "lost" (somebody else owns the row by now), or "date-taken" (its new date has a mail). */
  record(ending: Ending): Promise<"recorded" | "lost" | "date-taken">;
}

export function openSendDesk(sql: Sql, room: number, log: Logger): SendDesk {
  const depart = coalesce<Departure, boolean>(async (departures) => {
    const gone = await retriedOnce(() => markTransmitting(sql, departures));
    return departures.map(({ id }) => gone.has(id));
  });
  const record = coalesce<Ending, "recorded" | "lost" | "date-taken">((endings) =>
    recordAll(sql, endings, log),
  );
  return { room, withRoom: semaphore(room), depart, record };
}

/** Retries until the database is back; a date that is taken is found by writing the rows one by one. */
async function recordAll(
  sql: Sql,
  endings: readonly Ending[],
  log: Logger,
): Promise<("recorded" | "lost" | "date-taken")[]> {
  const giveUpAt = performance.now() + RECORD_PATIENCE_MS;
  for (let pause = 100; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      const recorded = await recordEndings(sql, endings);
      return endings.map(({ id }) => (recorded.has(id) ? "recorded" : "lost"));
    } catch (cause) {
      if (codeOf(cause) === UNIQUE_VIOLATION) {
        if (endings.length === 1) return ["date-taken"];
        const each: ("recorded" | "lost" | "date-taken")[] = [];
        for (const ending of endings) each.push(...(await recordAll(sql, [ending], log)));
        return each;
      }
      if (performance.now() + pause > giveUpAt) throw cause;
      log.warn({ err: cause, count: endings.length }, "endings could not be recorded; trying again");
      await sleep(pause);
    }
  }
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
