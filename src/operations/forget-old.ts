import {
  deleteEndedSessions,
  deleteOldHits,
  deleteOldKeys,
  deleteOldSignInTokens,
  emptyOldMails,
  OLD_ROWS_AT_ONCE,
} from "../drivers/store/old-rows.ts";
import { SESSION_ABSOLUTE_MS, SESSION_IDLE_MS } from "./consume-sign-in.ts";
import type { Parts } from "./parts.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Who fetched what with which program, and mail as it came in (trust.md 6). */
export const RAW_DAYS = 30;
/** How long the same Idempotency-Key gives the same answer. */
export const KEY_HOURS = 24;

export interface Forgotten {
  readonly hits: number;
  readonly mails: number;
  readonly sessions: number;
  readonly signInTokens: number;
  readonly keys: number;
}

/**
 * Lets go of what has served its time, in every workspace. Readiness reads the event log alone, so recomputing
 * gives the same afterwards. People's own time for what they did, the machine's for sessions and keys.
 */
export async function forgetOld(parts: Parts): Promise<Forgotten> {
  const { db } = parts;
  const raw = before(parts.clock.now(), RAW_DAYS * DAY_MS);
  const wall = parts.clock.wall();
  const sessions = {
    idleSince: before(wall, SESSION_IDLE_MS),
    madeBefore: before(wall, SESSION_ABSOLUTE_MS),
  };
  const forgotten: Forgotten = {
    hits: await allOf(() => deleteOldHits(db, raw)),
    mails: await allOf(() => emptyOldMails(db, raw)),
    sessions: await allOf(() => deleteEndedSessions(db, sessions)),
    // A day beyond the quarter of an hour that they open anything.
    signInTokens: await allOf(() => deleteOldSignInTokens(db, before(wall, DAY_MS))),
    keys: await allOf(() => deleteOldKeys(db, before(wall, KEY_HOURS * HOUR_MS))),
  };
  if (Object.values(forgotten).some((count) => count > 0)) parts.log.info(forgotten, "old rows were let go");
  return forgotten;
}

function before(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() - milliseconds);
}

async function allOf(some: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await some();
    total += count;
    if (count < OLD_ROWS_AT_ONCE) return total;
  }
}
