import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { until } from "../../support/engine.ts";
import { FaultRig } from "../../support/fault-rig.ts";

describe("workers that are stopped, frozen, or many", () => {
  let rig: FaultRig | undefined;
  afterEach(async () => {
    await rig?.close();
    rig = undefined;
  });

  it("end a deploy (SIGTERM in the midst of sending) with nothing uncertain and exit code 0", {
    timeout: 240_000,
  }, async () => {
    rig = await FaultRig.open({ faults: { delayMs: 20 } });
    for (let deploy = 0; deploy < 6; deploy += 1) {
      const worker = await rig.start();
      await rig.plan(150);
      const before = await rig.count("submitted");
      await until("sending has begun", async () => (await rig?.count("submitted")) !== before, {
        timeoutMs: 20_000,
        everyMs: 10,
      });
      worker.kill("SIGTERM");
      expect(await worker.ended).toBe(0);
      expect(await rig.count("transmitting")).toBe(0);
      expect(await rig.count("claimed")).toBe(0);
    }
    await rig.start();
    await rig.settle(150_000);
    expect(await rig.expectTruth(900)).toEqual({ submitted: 900, uncertain: 0, failed: 0 });
  });

  it("deliver nothing a second time after being frozen past their lease", { timeout: 240_000 }, async () => {
    rig = await FaultRig.open({ faults: { delayMs: 40 } });
    const sleeper = await rig.start();
    await rig.plan(400);
    await until("sending has begun", async () => ((await rig?.count("submitted")) ?? 0) > 10, {
      timeoutMs: 20_000,
      everyMs: 10,
    });
    sleeper.kill("SIGSTOP");
    // Another worker sweeps the leases up and takes what had not left.
    await rig.start();
    await rig.settle(150_000);
    sleeper.kill("SIGCONT");
    await sleep(4_000);
    const { submitted, uncertain } = await rig.expectTruth(400);
    expect(submitted + uncertain).toBe(400);
    // Two mails per connection were in flight; what the server had taken is known once the sleeper wakes.
    expect(uncertain).toBeLessThanOrEqual(10);
  });

  it("share the rows: two, four and eight at once send each mail once", { timeout: 300_000 }, async () => {
    rig = await FaultRig.open();
    let planned = 0;
    for (const workers of [2, 2, 4]) {
      const one = rig;
      await Promise.all(Array.from({ length: workers }, () => one.start()));
      await rig.plan(1_000);
      planned += 1_000;
      await rig.settle(150_000);
    }
    expect(await rig.expectTruth(planned)).toEqual({ submitted: planned, uncertain: 0, failed: 0 });
    const { rows } = await rig.app.parts.sql.query<{ owners: string }>(
      "select count(distinct owner) as owners from send",
    );
    expect(Number(rows[0]?.owners)).toBeGreaterThan(2);
  });
});
