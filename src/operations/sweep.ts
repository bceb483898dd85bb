import { askAboutSends, expireLeases, takeWaitingSends } from "../drivers/store/send-sweeps.ts";
import type { SqlPool } from "../drivers/store/sql.ts";
import type { Leases } from "./leases.ts";
import type { Parts } from "./parts.ts";

export interface SweepParts extends Parts {
  readonly sql: SqlPool;
  /** Send jobs that wait in the queue; null when it cannot be asked. */
  readonly waitingSendJobs: () => Promise<number | null>;
}

/** With this many jobs waiting, workers have enough to do; more would only make the queue longer. */
const ENOUGH_JOBS = 40;
const SENDS_AT_ONCE = 2_000;
/** Evidence (a bounce, a reply, a visit) gets this long before a person is asked (trust.md 4.6). */
const ASK_AFTER_MS = 30 * 60_000;
const ASK_UNTIL_MS = 7 * 24 * 3_600_000;

const STOPPED = "Its worker stopped before it left; it is sent by another.";
const NOBODY_KNOWS =
  "Its worker stopped while it was being handed over. Nobody can know whether it arrived; it is not sent again by itself.";

/**
 * Gives jobs to the sends that have none: newly due ones, retries, and all of them after the queue was
 * emptied. Cheap when there is nothing to do, so it runs with every planning.
 */
export async function wakeDueSends(
  parts: SweepParts,
  { queuedMs }: Pick<Leases, "queuedMs">,
): Promise<number> {
  const waiting = await parts.waitingSendJobs();
  if (waiting === null || waiting >= ENOUGH_JOBS) return 0;
  const wall = parts.clock.wall();
  const ids = await takeWaitingSends(parts.sql, {
    now: parts.clock.now(),
    wall,
    leaseUntil: new Date(wall.getTime() + queuedMs),
    limit: SENDS_AT_ONCE,
  });
  await parts.waker.sendsPlanned(ids);
  return ids.length;
}

export interface Swept {
  readonly woken: number;
  readonly replanned: number;
  readonly uncertain: number;
  /** Duties of people about mails that are uncertain, or failed for good. */
  readonly asked: number;
}

/** Heals what a killed worker, a lost connection or an emptied queue left behind. At least once a minute. */
export async function sweep(parts: SweepParts, leases: Leases): Promise<Swept> {
  const now = parts.clock.now();
  const { planned, uncertain } = await expireLeases(parts.sql, {
    now,
    wall: parts.clock.wall(),
    reasonPlanned: STOPPED,
    reasonUncertain: NOBODY_KNOWS,
  });
  const from = new Date(now.getTime() - ASK_UNTIL_MS);
  const asked = await askAboutSends(parts.sql, {
    ...{ status: "uncertain", kind: "uncertain-send", now, from },
    to: new Date(now.getTime() - ASK_AFTER_MS),
    text: "Decide about a mail that may not have arrived",
    detail:
      "The connection to the mail server ended while the mail was being handed over. Ask the contact, or send it again.",
  });
  const failed = await askAboutSends(parts.sql, {
    ...{ status: "failed", kind: "failed-send", now, from, to: now },
    text: "{name} could not be mailed: “{subject}”",
    detail: "{reason} Put right what it says and send it again, or reach them another way.",
  });
  const woken = await wakeDueSends(parts, leases);
  await parts.waker.enrollmentsDue();
  await parts.waker.webhooksPlanned();
  if (planned + uncertain > 0) parts.log.info({ planned, uncertain }, "sweep: leases ran out");
  return { woken, replanned: planned, uncertain, asked: asked + failed };
}
