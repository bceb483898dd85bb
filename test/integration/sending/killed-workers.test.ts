import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { WorkerProcess } from "../../../src/lab/worker-process.ts";
import { FaultRig, QUICK } from "../../support/fault-rig.ts";

const KILLS = 104;
const MAILS_PER_KILL = 30;
const WORKERS = 3;

describe("workers that are killed", () => {
  let rig: FaultRig | undefined;
  afterEach(async () => {
    await rig?.close();
    rig = undefined;
  });

  it("send no mail twice and lose none over 100 kill -9 in the midst of 3,000 mails", {
    timeout: 900_000,
  }, async () => {
    rig = await FaultRig.open({
      connections: 3,
      faults: { delayMs: 15, dropAfterDot: 0.01, defer451: 0.02 },
    });
    const one = rig;
    const ready: WorkerProcess[] = [];
    let starting = 0;
    const keepStarting = (): void => {
      while (ready.length + starting < WORKERS) {
        starting += 1;
        void one
          .start()
          .then((worker) => ready.push(worker))
          .catch(() => undefined)
          .finally(() => {
            starting -= 1;
          });
      }
    };
    for (let kill = 0; kill < KILLS; kill += 1) {
      keepStarting();
      while (ready.length === 0) await sleep(20);
      await one.plan(MAILS_PER_KILL);
      // Somewhere between the claim and the last answer.
      await sleep(20 + ((kill * 37) % 130));
      const victim = ready.shift();
      victim?.kill("SIGKILL");
      await victim?.ended;
    }
    // Retries that would wait for minutes: as if the time had passed.
    await one.start(QUICK);
    await one.app.parts.sql.query(`update send set "nextAttemptAt" = "plannedAt" where status = 'deferred'`);
    const passing = setInterval(() => {
      void one.app.parts.sql.query(`update send set "nextAttemptAt" = "plannedAt" where status = 'deferred'`);
    }, 500);
    await one.settle(150_000).finally(() => clearInterval(passing));
    const mails = KILLS * MAILS_PER_KILL;
    const { submitted, uncertain } = await one.expectTruth(mails);
    expect(submitted + uncertain).toBe(mails);
    // What a kill may leave open is bounded by what was in flight: two mails per connection.
    expect(uncertain).toBeLessThan(KILLS * 6 + mails * 0.02);
  });
});
