import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, openApp } from "../app.ts";
import { loadConfig } from "../config.ts";
import { startEmbeddedPostgres } from "../drivers/local/embedded-postgres.ts";
import { createLog } from "../log.ts";
import { planDueSteps } from "../operations/plan-due-steps.ts";
import { median } from "./bench-send.ts";
import { makeCrowd, makeWorld } from "./crowd.ts";

export interface PlanBenchOptions {
  readonly due?: number;
  readonly active?: number;
  readonly runs?: number;
  readonly onProgress?: (text: string) => void;
}

export interface PlanBench {
  readonly due: number;
  readonly active: number;
  /** Seconds of each run, in order. */
  readonly amongFew: readonly number[];
  readonly amongMany: readonly number[];
  readonly amongFewMedian: number;
  readonly amongManyMedian: number;
  /** Medians: among many ÷ among few. */
  readonly ratio: number;
}

/** A Monday morning, so that every first mail is due at once. */
const MONDAY = new Date("2026-03-02T09:05:00Z");
const STARTED = new Date("2026-03-02T08:00:00Z");
const CROWD_AT_ONCE = 100_000;

/** Time to plan `due` enrollments when nobody else is active, beside the same among `active` ones. */
export async function benchPlan(options: PlanBenchOptions = {}): Promise<PlanBench> {
  const { due = 10_000, active = 1_000_000, runs = 3, onProgress = () => undefined } = options;
  const folder = mkdtempSync(join(tmpdir(), "baton-bench-"));
  const log = createLog({ level: "error" });
  const postgres = await startEmbeddedPostgres({ directory: join(folder, "postgres"), log, durable: false });
  let app: App | null = null;
  try {
    const config = loadConfig({
      DATABASE_URL: postgres.url,
      SMTP_URL: "smtp://127.0.0.1:9",
      BATON_SECRET: "kf83-Lq0z-Wm4v-Tn7c-Xb2y-Hp6d-Rj9s-Ga1e",
      BATON_DATA_DIR: folder,
    });
    const clock = { now: () => MONDAY, wall: () => new Date() };
    app = await openApp(config, { log, clock });
    const world = await makeWorld(app.parts.db);
    const crowd = { sendDueAt: null, startedAt: STARTED, perAccount: 3 };
    onProgress(`writing ${due} due enrollments`);
    await makeCrowd(app.parts.sql, world, { ...crowd, people: due, enrollmentDueAt: MONDAY });
    await settle(app);
    const amongFew = await runAll(app, due, runs);
    for (let made = due; made < active; made += CROWD_AT_ONCE) {
      onProgress(`writing the others: ${made} of ${active}`);
      const people = Math.min(CROWD_AT_ONCE, active - made);
      await makeCrowd(app.parts.sql, world, {
        ...crowd,
        people,
        enrollmentDueAt: new Date("2026-04-01T09:00:00Z"),
      });
    }
    await settle(app);
    const amongMany = await runAll(app, due, runs);
    return {
      due,
      active,
      amongFew,
      amongMany,
      amongFewMedian: median(amongFew),
      amongManyMedian: median(amongMany),
      ratio: Number((median(amongMany) / median(amongFew)).toFixed(3)),
    };
  } finally {
    await app?.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runAll(app: App, due: number, runs: number): Promise<number[]> {
  const seconds: number[] = [];
  // The first one warms the compiler and the page cache and is not counted.
  for (let run = 0; run <= runs; run += 1) {
    await reset(app);
    const started = performance.now();
    const planned = await planDueSteps({ ...app.parts, waker: SILENT });
    const took = (performance.now() - started) / 1000;
    if (planned.sends !== due)
      throw new Error(`Of ${due} due enrollments ${planned.sends} got a mail planned.`);
    if (run > 0) seconds.push(Number(took.toFixed(3)));
  }
  return seconds;
}

/** The queue is not what is measured here. */
const SILENT = {
  sendsPlanned: async () => undefined,
  enrollmentsDue: async () => undefined,
  readinessChanged: async () => undefined,
  webhooksPlanned: async () => undefined,
};

/** Back to before the planning: the same rows are due again. */
async function reset(app: App): Promise<void> {
  await app.parts.sql.query(
    `update enrollment set "dueAt" = $1::timestamp, progress = '{}', position = 0
      where id in (select "enrollmentId" from send)`,
    [MONDAY.toISOString()],
  );
  await app.parts.sql.query("truncate send cascade");
  await app.parts.sql.query("vacuum enrollment");
}

async function settle(app: App): Promise<void> {
  await app.parts.sql.query("vacuum analyze");
}
