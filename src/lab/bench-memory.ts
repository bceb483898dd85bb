import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openApp } from "../app.ts";
import { loadConfig } from "../config.ts";
import { startEmbeddedPostgres } from "../drivers/local/embedded-postgres.ts";
import { createLog } from "../log.ts";
import { benchEnv, median } from "./bench-send.ts";
import { makeCrowd, makeWorld } from "./crowd.ts";
import { startSmtpSinkProcess } from "./smtp-sink-process.ts";
import { spawnWorker } from "./worker-process.ts";

export interface MemoryBenchOptions {
  readonly due?: number;
  readonly seconds?: number;
  readonly connections?: number;
  readonly nodeArguments?: readonly string[];
}

export interface MemoryBench {
  readonly due: number;
  readonly seconds: number;
  /** Mails submitted meanwhile: the worker was busy all the time. */
  readonly submitted: number;
  /** The most processes the worker was at once. */
  readonly processes: number;
  /** Resident memory of all of them together, megabytes. */
  readonly peakMb: number;
  readonly medianMb: number;
}

const MEGABYTE = 1_048_576;

/** Resident memory of one worker, started as its user starts it, that finds a long list of due mails and sends as fast as it can. */
export async function benchMemory(options: MemoryBenchOptions = {}): Promise<MemoryBench> {
  const { due = 100_000, seconds = 90, connections = 10 } = options;
  const folder = mkdtempSync(join(tmpdir(), "baton-bench-"));
  const log = createLog({ level: "error" });
  const closing: (() => Promise<unknown>)[] = [];
  try {
    // The rows are written faster without fsync, and what is watched is the worker.
    const postgres = await startEmbeddedPostgres({
      directory: join(folder, "postgres"),
      log,
      durable: false,
    });
    closing.push(() => postgres.stop());
    const sink = await startSmtpSinkProcess();
    closing.push(() => sink.close());
    const env = benchEnv({ databaseUrl: postgres.url, smtpUrl: sink.url, connections, folder });
    const app = await openApp(loadConfig(env), { log });
    closing.push(() => app.close());
    const world = await makeWorld(app.parts.db);
    await makeCrowd(app.parts.sql, world, { people: due, enrollmentDueAt: null, sendDueAt: new Date() });
    await app.parts.sql.query("analyze");
    const worker = spawnWorker(env, { nodeArguments: options.nodeArguments ?? [] });
    closing.push(async () => {
      worker.kill("SIGTERM");
      await worker.ended;
    });
    // From its first moment: making JavaScript of it counts as well.
    const samples: number[] = [];
    let processes = 0;
    for (let until = performance.now() + seconds * 1000; performance.now() < until; await sleep(250)) {
      const now = worker.memory();
      processes = Math.max(processes, now.processes);
      samples.push(now.bytes / MEGABYTE);
    }
    await worker.ready;
    const { rows } = await app.parts.sql.query<{ n: number }>(
      "select count(*)::int n from send where status = 'submitted'",
    );
    return {
      due,
      seconds,
      submitted: rows[0]?.n ?? 0,
      processes,
      peakMb: Math.round(Math.max(...samples)),
      medianMb: Math.round(median(samples)),
    };
  } finally {
    for (const close of closing.reverse()) await close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}
