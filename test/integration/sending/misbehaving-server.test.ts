import { afterEach, describe, expect, it } from "vitest";
import { type RunningWorker, startWorker } from "../../../worker/start-worker.ts";
import { FaultRig, QUICK } from "../../support/fault-rig.ts";

describe("a mail server that misbehaves", () => {
  let rig: FaultRig | undefined;
  let worker: RunningWorker | undefined;
  afterEach(async () => {
    await worker?.stop();
    await rig?.close();
    worker = undefined;
    rig = undefined;
  });

  /** `soon`: retries that would take minutes are due at once, as if the time had passed. */
  async function run(
    faults: Parameters<typeof FaultRig.open>[0],
    mails: number,
    soon = false,
  ): Promise<FaultRig> {
    rig = await FaultRig.open({ connections: 8, ...faults });
    worker = await startWorker(rig.app, { ...QUICK, silenceMs: 3_000 });
    await rig.plan(mails);
    if (soon) {
      const passing = setInterval(() => {
        void rig?.app.parts.sql.query(
          `update send set "nextAttemptAt" = (now() at time zone 'UTC') where status = 'deferred'`,
        );
      }, 300);
      await rig.settle(60_000).finally(() => clearInterval(passing));
    } else await rig.settle(60_000);
    return rig;
  }

  it("drops the connection after the final dot: uncertain, never repeated, never called submitted", async () => {
    const { submitted, uncertain } = await (await run({ faults: { dropAfterDot: 0.1 } }, 600)).expectTruth(
      600,
    );
    expect(uncertain).toBeGreaterThan(20);
    expect(submitted + uncertain).toBe(600);
  });

  it("drops the connection before DATA: every mail is delivered once, none is uncertain", async () => {
    const rig = await run({ faults: { dropBeforeData: 0.2 } }, 600, true);
    expect(await rig.expectTruth(600)).toEqual({ submitted: 600, uncertain: 0, failed: 0 });
    const { rows } = await rig.app.parts.sql.query(
      'select 1 from send where attempts >= 2 and "submittedAt" is not null',
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  it("answers 451 to a fifth: each is tried again when its wait is over, and delivered once", async () => {
    const rig = await run({ faults: { defer451: 0.2 } }, 600, true);
    expect(await rig.expectTruth(600)).toEqual({ submitted: 600, uncertain: 0, failed: 0 });
    const { rows } = await rig.app.parts.sql.query("select 1 from send where attempts = 2");
    expect(rows.length).toBeGreaterThan(60);
  });

  it("refuses recipients with 550: failed with the server's words, and never tried again", async () => {
    const rig = await run({ faults: { reject550: 0.1 } }, 600);
    // A dead address also tells the CSM that the contact is out of reach: mails of their own.
    const signals = await rig.app.parts.db.send.count({ where: { kind: "signal" } });
    await rig.expectTruth(600 + signals);
    const ended = (status: string) => rig.app.parts.db.send.count({ where: { kind: "step", status } });
    const [submitted, failed] = [await ended("submitted"), await ended("failed")];
    expect(failed).toBeGreaterThan(20);
    expect(submitted + failed).toBe(600);
    expect(signals).toBe(failed);
    const { rows } = await rig.app.parts.sql.query<{ attempts: number; reason: string }>(
      "select attempts, reason from send where status = 'failed'",
    );
    expect(rows.every(({ attempts, reason }) => attempts === 1 && reason.includes("No such user"))).toBe(
      true,
    );
    const { rows: dead } = await rig.app.parts.sql.query<{ n: number }>(
      `select count(*)::int n from send s
         join contact c on c.id = s."contactId" and c."mailStatus" = 'hard_bounced'
         join enrollment e on e.id = s."enrollmentId" and e.status = 'exited' and e."exitReason" = 'hard_bounce'
         join suppression x on x.email = lower(c.email) and x.reason = 'hard_bounce' and x."sendId" = s.id
         join engagement_event b on b."enrollmentId" = e.id and b.kind = 'bounce' and (b.payload->>'hard')::boolean
         join csm_task t on t."enrollmentId" = e.id and t.kind = 'departure-signal'
        where s.status = 'failed' and s.kind = 'step' and s."bounceKind" = 'hard'`,
    );
    expect(dead[0]?.n, "addresses suppressed, programs stopped, CSM asked").toBe(failed);
    const suppressed = await rig.app.parts.db.suppression.count();
    expect(suppressed).toBe(failed);
  });

  it("never answers some mails: they become uncertain, no second DATA follows, the others flow on", async () => {
    const rig = await run({ faults: { hangAfterDot: 0.01 } }, 600);
    const { submitted, uncertain } = await rig.expectTruth(600);
    expect(uncertain).toBeGreaterThan(0);
    expect(submitted + uncertain).toBe(600);
  });
});
