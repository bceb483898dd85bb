import { chmodSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../../../src/drivers/local/embedded-postgres.ts";
import { freshFolder } from "../../support/engine.ts";
import { FaultRig } from "../../support/fault-rig.ts";

const RESTARTS = 3;

describe("a database that is restarted in the midst of sending", () => {
  let postgres: EmbeddedPostgres;
  let rig: FaultRig;
  beforeAll(async () => {
    const directory = freshFolder();
    chmodSync(directory, 0o755);
    const log = { info: () => undefined, warn: () => undefined };
    // Durable, as in production: what was committed must still be there.
    postgres = await startEmbeddedPostgres({ directory, log });
    rig = await FaultRig.open({ databaseUrl: postgres.url, faults: { delayMs: 10 } });
  });
  afterAll(async () => {
    await rig.close();
    await postgres.stop();
  });

  it("loses no mail, repeats none, and goes on within 30 seconds", { timeout: 300_000 }, async () => {
    await rig.start();
    await rig.start();
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      await rig.plan(300);
      await sleep(250);
      await postgres.restartImmediate();
      const back = performance.now();
      const before = await rig.count("submitted");
      while ((await rig.count("submitted")) === before && performance.now() - back < 30_000) await sleep(50);
      expect((performance.now() - back) / 1000).toBeLessThan(30);
    }
    await rig.settle(150_000);
    const { submitted, uncertain } = await rig.expectTruth(300 * RESTARTS);
    expect(submitted + uncertain).toBe(300 * RESTARTS);
    // Answers heard while the database was away are kept and written when it is back.
    expect(uncertain).toBeLessThan(20);
  });
});
