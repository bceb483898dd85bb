import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { OpenQueue, QueueBackend } from "./backend.ts";
import { type Chore, type ChoreRhythm, QUEUES, SENDS_PER_JOB } from "./jobs.ts";

/** A wake-up that takes longer than this is given up: the row is there and the sweeper will look. */
const PATIENCE_MS = 5_000;

/** Puts jobs into the queue. Every method may lose its wake-up without harm, and none throws for it. */
export interface JobQueue {
  sendsPlanned(sendIds: readonly string[]): Promise<void>;
  enrollmentsDue(): Promise<void>;
  readinessChanged(enrollmentIds: readonly string[]): Promise<void>;
  webhooksPlanned(): Promise<void>;
  /** Send jobs that wait for a worker; null when the queue cannot be asked. */
  waitingSendJobs(): Promise<number | null>;
  /** Writes the schedulers again: harmless when they are there, needed after the queue was emptied. */
  schedule(rhythm: ChoreRhythm): Promise<void>;
  close(): Promise<void>;
}

export function openJobQueue(backend: QueueBackend, log: Logger): JobQueue {
  const sends = backend.openQueue(QUEUES.sends);
  const chores = backend.openQueue(QUEUES.chores);

  const wake = async (what: string, act: () => Promise<unknown>): Promise<void> => {
    try {
      await patiently(act());
    } catch (cause) {
      log.warn({ err: cause, what }, "queue: a wake-up was lost; the sweeper will look again");
    }
  };

  return {
    sendsPlanned: async (sendIds) => {
      if (sendIds.length === 0) return;
      await wake("send-messages", () => sends.addBulk(sendJobs(sendIds)));
    },
    enrollmentsDue: () =>
      wake("plan-due-steps", () => chores.add("plan-due-steps", {}, once("plan-due-steps"))),
    readinessChanged: async (enrollmentIds) => {
      if (enrollmentIds.length === 0) return;
      await wake("refresh-readiness", () => chores.add("refresh-readiness", { enrollmentIds }));
    },
    webhooksPlanned: () =>
      wake("deliver-webhooks", () => chores.add("deliver-webhooks", {}, once("deliver-webhooks"))),
    waitingSendJobs: async () => {
      try {
        return await patiently(sends.getWaitingCount());
      } catch (cause) {
        log.warn({ err: cause }, "queue: cannot be asked how much waits");
        return null;
      }
    },
    schedule: (rhythm) => wake("schedulers", () => upsertSchedulers(chores, rhythm)),
    close: async () => {
      await Promise.allSettled([sends.close(), chores.close()]);
    },
  };
}

/** Several wake-ups within one second are one. The key expires by itself, so that a killed worker leaves no block behind. */
const once = (chore: Chore) => ({ deduplication: { id: chore, ttl: 1_000 } });

function sendJobs(sendIds: readonly string[]) {
  const jobs = [];
  for (let start = 0; start < sendIds.length; start += SENDS_PER_JOB) {
    // BullMQ refuses ids with ':' and takes integers for its own (stack.md 8).
    jobs.push({
      name: "send-messages",
      data: { sendIds: sendIds.slice(start, start + SENDS_PER_JOB) },
      opts: { jobId: `send-messages.${randomUUID()}` },
    });
  }
  return jobs;
}

async function upsertSchedulers(chores: OpenQueue, rhythm: ChoreRhythm): Promise<void> {
  const every: readonly (readonly [Chore, number])[] = [
    ["plan-due-steps", rhythm.planEveryMs],
    ["sweep", rhythm.sweepEveryMs],
    ["assess-due", rhythm.assessEveryMs],
    ["deliver-webhooks", rhythm.webhooksEveryMs],
    ["forget-old", rhythm.forgetEveryMs],
  ];
  for (const [chore, milliseconds] of every) {
    await chores.upsertJobScheduler(`every-${chore}`, { every: milliseconds }, { name: chore, data: {} });
  }
}

function patiently<T>(act: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The queue did not answer within ${PATIENCE_MS} ms.`)),
      PATIENCE_MS,
    );
    act.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
