import { type ChildProcess, spawn } from "node:child_process";
import { Redis } from "ioredis";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "../../../src/drivers/local/free-port.ts";
import { type RunningWorker, startWorker } from "../../../worker/start-worker.ts";
import { until } from "../../support/engine.ts";
import { FaultRig, type RigOptions } from "../../support/fault-rig.ts";

/** Everything the queue knows: jobs, schedulers, keys. */
type Flush = (rig: FaultRig) => Promise<unknown>;

describe("an emptied queue", () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  /** With the rhythm and leases of production: the promise is 60 seconds, not the test's. */
  async function heals(options: RigOptions, flush: Flush): Promise<void> {
    const rig = await FaultRig.open(options);
    closing.push(() => rig.close());
    const worker: RunningWorker = await startWorker(rig.app);
    closing.push(() => worker.stop());
    await rig.plan(400);
    await until("some mails are out", async () => (await rig.count("submitted")) > 20, {
      timeoutMs: 20_000,
      everyMs: 20,
    });
    await flush(rig);
    const emptied = performance.now();
    // Due after the flush and never announced: only looking at the rows finds them.
    await rig.plan(100, false);
    await rig.settle(90_000);
    expect((performance.now() - emptied) / 1000).toBeLessThan(60);
    expect(await rig.expectTruth(500)).toEqual({ submitted: 500, uncertain: 0, failed: 0 });
  }

  it("on PostgreSQL loses nothing and heals within 60 seconds", { timeout: 150_000 }, async () => {
    await heals({}, async (rig) => {
      const { rows } = await rig.app.parts.sql.query<{ name: string }>(
        "select table_name as name from information_schema.tables where table_schema = 'bullmq' and table_name not like '%migration%'",
      );
      await truncated(rig, rows.map(({ name }) => `bullmq."${name}"`).join(", "));
    });
  });

  it("on Redis loses nothing and heals within 60 seconds", { timeout: 150_000 }, async () => {
    const port = await freePort();
    const server = await startRedis(port);
    closing.push(async () => server.kill("SIGKILL"));
    const redisUrl = `redis://127.0.0.1:${port}`;
    await heals({ redisUrl }, async () => {
      const redis = new Redis(redisUrl);
      await redis.flushall();
      redis.disconnect();
    });
  });

  it("that is away for a while stops nothing for good", { timeout: 150_000 }, async () => {
    const port = await freePort();
    let server = await startRedis(port);
    closing.push(async () => server.kill("SIGKILL"));
    await heals({ redisUrl: `redis://127.0.0.1:${port}` }, async () => {
      server.kill("SIGKILL");
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      server = await startRedis(port);
    });
  });
});

/** Emptying tables that workers write in may meet them in a deadlock; PostgreSQL then picks one to try again. */
async function truncated(rig: FaultRig, tables: string, tries = 10): Promise<void> {
  try {
    await rig.app.parts.sql.query(`truncate ${tables} cascade`);
  } catch (cause) {
    const deadlock = cause instanceof Error && "code" in cause && cause.code === "40P01";
    if (!deadlock || tries <= 1) throw cause;
    await truncated(rig, tables, tries - 1);
  }
}

async function startRedis(port: number): Promise<ChildProcess> {
  const server = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", ""], {
    stdio: "ignore",
  });
  const probe = new Redis(`redis://127.0.0.1:${port}`, { maxRetriesPerRequest: null });
  probe.on("error", () => undefined);
  await probe.ping();
  probe.disconnect();
  return server;
}
