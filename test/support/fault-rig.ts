import { join } from "node:path";
import { expect } from "vitest";
import type { App } from "../../src/app.ts";
import { makeCrowd, makeWorld, type SendingWorld } from "../../src/lab/crowd.ts";
import type { SmtpSink } from "../../src/lab/smtp-sink.ts";
import type { SinkFaults } from "../../src/lab/smtp-sink-faults.ts";
import { readSinkLog, startSmtpSinkProcess } from "../../src/lab/smtp-sink-process.ts";
import { spawnWorker, type WorkerProcess } from "../../src/lab/worker-process.ts";
import type { WorkerOptions } from "../../worker/start-worker.ts";
import { compiledWorker } from "./compiled-worker.ts";
import { freshDatabase } from "./database.ts";
import { engineEnv, freshFolder, openEngine, until } from "./engine.ts";

/** Short enough that a test sees what is left behind heal. */
export const QUICK: WorkerOptions = {
  rhythm: { planEveryMs: 500, sweepEveryMs: 1_000, assessEveryMs: 60_000, webhooksEveryMs: 60_000 },
  leases: { queuedMs: 3_000, claimedMs: 3_000, transmittingMs: 6_000 },
};

export interface RigOptions {
  readonly faults?: SinkFaults;
  readonly seed?: number;
  readonly connections?: number;
  readonly redisUrl?: string;
  /** A database other than a clone of the run's template. */
  readonly databaseUrl?: string;
}

/** A database, a mail server that may misbehave, and as many workers as a test starts. */
export class FaultRig {
  readonly app: App;
  readonly sink: SmtpSink;
  readonly world: SendingWorld;
  readonly #env: Record<string, string>;
  readonly #logFile: string;
  readonly #close: () => Promise<void>;
  readonly #workers = new Set<WorkerProcess>();
  readonly #said: string[] = [];

  private constructor(
    app: App,
    sink: SmtpSink,
    world: SendingWorld,
    env: Record<string, string>,
    logFile: string,
    close: () => Promise<void>,
  ) {
    this.app = app;
    this.sink = sink;
    this.world = world;
    this.#env = env;
    this.#logFile = logFile;
    this.#close = close;
  }

  static async open(options: RigOptions = {}): Promise<FaultRig> {
    const database = options.databaseUrl === undefined ? await freshDatabase() : null;
    const databaseUrl = options.databaseUrl ?? database?.url ?? "";
    const logFile = join(freshFolder(), "sink.jsonl");
    const sink = await startSmtpSinkProcess({
      logFile,
      seed: options.seed ?? 1,
      ...(options.faults === undefined ? {} : { faults: options.faults }),
    });
    const settings = {
      databaseUrl,
      smtpUrl: sink.url,
      smtpConnections: options.connections ?? 5,
      ...(options.redisUrl === undefined ? {} : { redisUrl: options.redisUrl }),
    };
    const app = await openEngine({ ...settings, logLevel: "silent" });
    const world = await makeWorld(app.parts.db);
    return new FaultRig(app, sink, world, engineEnv({ ...settings, logLevel: "info" }), logFile, async () => {
      await app.close();
      await sink.close();
      await database?.close();
    });
  }

  /** Plans mails that are due now. `wake`: tells the queue; else the workers' own looking finds them. */
  async plan(people: number, wake = true): Promise<string[]> {
    const due = new Date();
    await makeCrowd(this.app.parts.sql, this.world, { people, enrollmentDueAt: null, sendDueAt: due });
    const { rows } = await this.app.parts.sql.query<{ id: string }>(
      `update send set "leaseUntil" = (now() at time zone 'UTC') + interval '2 seconds'
        where status = 'planned' and "dueAt" = $1::timestamp returning id`,
      [due.toISOString()],
    );
    const ids = rows.map(({ id }) => id);
    if (wake) await this.app.parts.waker.sendsPlanned(ids);
    return ids;
  }

  async start(options: WorkerOptions = QUICK): Promise<WorkerProcess> {
    const worker = spawnWorker(this.#env, {
      main: await compiledWorker(),
      mainArguments: [JSON.stringify(options)],
      onLine: (line) => {
        this.#said.push(line.slice(0, 600));
        if (this.#said.length > 200) this.#said.shift();
      },
    });
    this.#workers.add(worker);
    void worker.ended.then(() => this.#workers.delete(worker));
    await worker.ready;
    return worker;
  }

  /** The environment of its workers. */
  get settings(): Readonly<Record<string, string>> {
    return this.#env;
  }

  /** A worker with its ordinary rhythm, started by what the product itself starts. */
  async startAsItsUser(main: string, mainArguments: readonly string[]): Promise<WorkerProcess> {
    const worker = spawnWorker(this.#env, { main, mainArguments });
    this.#workers.add(worker);
    void worker.ended.then(() => this.#workers.delete(worker));
    await worker.ready;
    return worker;
  }

  /** Waits until nothing is on its way any more; a wait in vain tells what is left and what the workers said. */
  async settle(timeoutMs: number): Promise<void> {
    await until(
      "every send has ended",
      async () => {
        const { rows } = await this.app.parts.sql.query(
          "select 1 from send where status in ('planned', 'claimed', 'transmitting', 'deferred') limit 1",
        );
        return rows.length === 0;
      },
      { timeoutMs, everyMs: 200 },
    ).catch(async (cause: unknown) => {
      const { rows } = await this.app.parts.sql.query(
        `select status, count(*), min(reason) as reason, min("nextAttemptAt") as "nextAttemptAt", max("leaseUntil") as "leaseUntil"
           from send group by status`,
      );
      const said = this.#said.slice(-20).join("\n");
      throw new Error(`Left over: ${JSON.stringify(rows)}\nThe workers said:\n${said}`, { cause });
    });
  }

  async count(status: string): Promise<number> {
    const { rows } = await this.app.parts.sql.query<{ n: string }>(
      "select count(*) n from send where status = $1",
      [status],
    );
    return Number(rows[0]?.n);
  }

  /**
   * The promise of the product, checked against the mail server's own log: no mail twice, none called
   * submitted that was not taken, and every row in an end that says why.
   */
  async expectTruth(planned: number): Promise<{ submitted: number; uncertain: number; failed: number }> {
    const accepted = readSinkLog(this.#logFile).map(({ messageId }) => messageId);
    const taken = new Set(accepted);
    expect(accepted.length - taken.size, "mails delivered twice").toBe(0);
    const { rows } = await this.app.parts.sql.query<{
      status: string;
      messageId: string;
      reason: string | null;
    }>('select status, "messageId", reason from send');
    expect(rows.length).toBe(planned);
    const of = (status: string) => rows.filter((row) => row.status === status);
    const [submitted, uncertain, failed] = [of("submitted"), of("uncertain"), of("failed")];
    expect(submitted.length + uncertain.length + failed.length, "rows accounted for").toBe(planned);
    expect(
      submitted.filter(({ messageId }) => !taken.has(messageId)),
      "falsely submitted",
    ).toEqual([]);
    expect(
      failed.filter(({ messageId }) => taken.has(messageId)),
      "delivered but called failed",
    ).toEqual([]);
    expect(
      [...uncertain, ...failed].filter(({ reason }) => !reason),
      "endings without a reason",
    ).toEqual([]);
    const known = new Set(rows.map(({ messageId }) => messageId));
    expect(
      accepted.filter((id) => !known.has(id)),
      "delivered without a row",
    ).toEqual([]);
    return { submitted: submitted.length, uncertain: uncertain.length, failed: failed.length };
  }

  async close(): Promise<void> {
    for (const worker of this.#workers) {
      worker.kill("SIGKILL");
      await worker.ended;
    }
    await this.#close();
  }
}
