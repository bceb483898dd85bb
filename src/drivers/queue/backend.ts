import {
  type BulkJobOptions,
  createPostgresBackend,
  type JobsOptions,
  PostgresConnection,
  type PostgresConnectionOptions,
  type Processor,
  Queue,
  Worker,
  type WorkerOptions,
} from "bullmq";
import { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Payload } from "./jobs.ts";

/** Where jobs live. PostgreSQL by default; Redis when an address is given. */
export interface QueuePlace {
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
}

/** How the two backends differ, in one place: opening a queue, opening a worker, closing what they share. */
export interface QueueBackend {
  readonly kind: "postgres" | "redis";
  openQueue(name: string): OpenQueue;
  openWorker(name: string, work: Processor<Payload, void, string>, options: WorkerSettings): OpenWorker;
  close(): Promise<void>;
}

/** What we use of BullMQ's Queue and Worker, whichever backend is below. */
export interface OpenQueue {
  add(name: string, data: Payload, options?: JobsOptions): Promise<unknown>;
  addBulk(jobs: { name: string; data: Payload; opts?: BulkJobOptions }[]): Promise<unknown>;
  getWaitingCount(): Promise<number>;
  upsertJobScheduler(
    id: string,
    rhythm: { every: number },
    job: { name: string; data: Payload },
  ): Promise<unknown>;
  close(): Promise<void>;
}
export interface OpenWorker {
  pause(doNotWaitActive: boolean): Promise<void>;
  close(): Promise<void>;
}
type WorkerSettings = Pick<WorkerOptions, "concurrency" | "name">;

/** BullMQ's tables live apart from ours (stack.md 8). */
const SCHEMA = "bullmq";

/**
 * Connections to PostgreSQL of one queue or worker, beside the one on which a worker LISTENs. Small:
 * eight worker processes with their store pools must stay below PostgreSQL's usual limit of 100.
 */
const POOL_SIZE = 2;

/**
 * Finished jobs are forgotten at once: the rows tell what happened. Failed ones stay for a look.
 * After a lost connection a worker asks again within a second (BullMQ's default is 15).
 */
const RETENTION = { removeOnComplete: { count: 0 }, removeOnFail: { count: 200 } } as const;
const RECOVERY = { runRetryDelay: 1_000, maxStalledCount: 5, lockDuration: 60_000 } as const;

export async function openBackend(place: QueuePlace, log: Logger): Promise<QueueBackend> {
  return place.redisUrl === undefined
    ? openPostgresBackend(place.databaseUrl, log)
    : openRedisBackend(place.redisUrl, log);
}

async function openPostgresBackend(databaseUrl: string, log: Logger): Promise<QueueBackend> {
  const connection: PostgresConnectionOptions = {
    connectionString: databaseUrl,
    schema: SCHEMA,
    max: POOL_SIZE,
    keepAlive: true,
    application_name: "baton-queue",
    // Safe in every process at every start: under an advisory lock, and nothing when up to date.
    migrate: true,
  };
  // BullMQ remembers a failed first contact for good, so it is made here, where failing stops the start.
  const first = new PostgresConnection(connection);
  try {
    await first.waitUntilReady();
  } catch (cause) {
    throw new Error("The job queue cannot be prepared in PostgreSQL. Check DATABASE_URL.", { cause });
  } finally {
    await first.close();
  }
  return {
    kind: "postgres",
    openQueue: (name) =>
      heard(new Queue(name, { connection, defaultJobOptions: RETENTION }, createPostgresBackend), log),
    openWorker: (name, work, options) =>
      heard(
        new Worker(name, work, { connection, ...RETENTION, ...RECOVERY, ...options }, createPostgresBackend),
        log,
      ),
    close: async () => undefined,
  };
}

async function openRedisBackend(redisUrl: string, log: Logger): Promise<QueueBackend> {
  // A queue must fail at once while Redis is away: planning goes on, and the sweeper wakes what was missed.
  const asking = new Redis(redisUrl, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    lazyConnect: true,
  });
  // A worker must wait for as long as it takes.
  const working = new Redis(redisUrl, { maxRetriesPerRequest: null, lazyConnect: true });
  for (const connection of [asking, working]) {
    connection.on("error", (cause: Error) => log.warn({ err: cause }, "queue: Redis is not reachable"));
  }
  await Promise.all([asking.connect(), working.connect()]);
  return {
    kind: "redis",
    openQueue: (name) =>
      heard(
        new Queue(name, {
          connection: asking,
          prefix: "baton",
          defaultJobOptions: RETENTION,
        }),
        log,
      ),
    openWorker: (name, work, options) =>
      heard(
        new Worker(name, work, {
          connection: working,
          prefix: "baton",
          ...RETENTION,
          ...RECOVERY,
          ...options,
        }),
        log,
      ),
    close: async () => {
      asking.disconnect();
      working.disconnect();
    },
  };
}

/** Without a listener an 'error' event would end the process; BullMQ recovers by itself. */
function heard<Emitter extends { on(event: "error", listener: (cause: Error) => void): unknown }>(
  emitter: Emitter,
  log: Logger,
): Emitter {
  emitter.on("error", (cause) => log.warn({ err: cause }, "queue: trouble, trying again"));
  return emitter;
}
