import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TransportOutcome } from "../../../src/domain/sending/outcome.ts";
import { ORDINARY_LEASES } from "../../../src/operations/leases.ts";
import { mailHealth } from "../../../src/operations/mail-health.ts";
import { myWeek } from "../../../src/operations/my-week.ts";
import { sendAgain } from "../../../src/operations/send-again.ts";
import { sendMessages } from "../../../src/operations/send-messages.ts";
import { sweep } from "../../../src/operations/sweep.ts";
import { FaultRig } from "../../support/fault-rig.ts";

const NOT_SENT: TransportOutcome = { kind: "not-sent", cause: "ECONNREFUSED CONN connect" };
const WAIT: TransportOutcome = { kind: "deferred", code: 451, response: "451 4.7.1 greylisted" };
const REFUSED: TransportOutcome = { kind: "rejected", code: 554, response: "554 5.6.0 content refused" };
const TAKEN: TransportOutcome = { kind: "accepted", response: "250 taken" };

describe("a mail that cannot leave", () => {
  let rig: FaultRig;
  beforeAll(async () => {
    rig = await FaultRig.open();
  });
  afterAll(() => rig.close());

  let id: string;
  beforeEach(async () => {
    [id = ""] = await rig.plan(1, false);
  });

  /** One attempt whose end is known, as if its time had come again. */
  async function attempt(outcome: TransportOutcome) {
    const { parts, transport } = rig.app.openSending({ stopping: new AbortController().signal });
    await rig.app.parts.sql.query(`update send set "nextAttemptAt" = "plannedAt" where id = $1`, [id]);
    const counts = await sendMessages({ ...parts, submitter: { submit: async () => outcome } }, [id]);
    await transport.close();
    const row = await rig.app.parts.db.send.findUniqueOrThrow({ where: { id } });
    return { counts, row };
  }

  const duties = async () => {
    await sweep(rig.app.parts, ORDINARY_LEASES);
    return rig.app.parts.db.csmTask.findMany({ where: { key: `failed.${id}` } });
  };

  it("waits out any outage of the mail server, and then leaves", async () => {
    for (let count = 0; count < 25; count += 1) {
      expect((await attempt(NOT_SENT)).row).toMatchObject({ status: "deferred" });
    }
    expect((await attempt(TAKEN)).row).toMatchObject({ status: "submitted" });
  });

  it("has the receiving server's whole patience left after trouble of our own", async () => {
    for (let count = 0; count < 13; count += 1) await attempt(NOT_SENT);
    for (let count = 0; count < 11; count += 1) {
      expect((await attempt(WAIT)).row).toMatchObject({ status: "deferred", refusals: count + 1 });
    }
    expect((await attempt(WAIT)).row).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("Given up after 12 attempts."),
    });
  });

  it("asks its CSM once when it failed for good, in the week and in the mail's health", async () => {
    const { workspaceId, csmId } = rig.world;
    const { db } = rig.app.parts;
    const since = new Date(Date.now() - 86_400_000);
    const before = await mailHealth(rig.app.parts, { workspaceId, since });
    await attempt(REFUSED);
    await duties();
    const asked = await duties();
    const { name } = await db.contact.findFirstOrThrow({
      where: { enrollments: { some: { sends: { some: { id } } } } },
    });
    expect(asked).toMatchObject([
      {
        userId: csmId,
        kind: "failed-send",
        text: expect.stringMatching(`^${name} could not be mailed: “.+”$`),
        detail: expect.stringMatching(/554 5\.6\.0 content refused.* send it again/),
      },
    ]);
    const { needsYou } = await myWeek(rig.app.parts, { workspaceId, userId: csmId, limit: 500 });
    expect(needsYou.filter(({ subjectId }) => subjectId === asked[0]?.id)).toMatchObject([
      { kind: "unreachable", button: { label: "Repair" } },
    ]);
    expect((await mailHealth(rig.app.parts, { workspaceId, since })).failed).toBe(before.failed + 1);
  });

  it("closes the duty when it is sent again, and opens it once more when that fails too", async () => {
    const { workspaceId, csmId } = rig.world;
    await attempt(REFUSED);
    await duties();
    await sendAgain(rig.app.parts, { workspaceId, sendId: id, actor: `user:${csmId}` });
    expect(await duties()).toMatchObject([{ outcome: "sent again" }]);
    await attempt(REFUSED);
    expect(await duties()).toMatchObject([{ doneAt: null, outcome: null }]);
  });

  it("says nothing more of a dead address, which has a duty of its own", async () => {
    await attempt({ kind: "rejected", code: 550, response: "550 5.1.1 no such user" });
    expect(await duties()).toEqual([]);
  });
});
