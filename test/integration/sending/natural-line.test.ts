import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../../src/app.ts";
import { makeCrowd, makeWorld } from "../../../src/lab/crowd.ts";
import { type SmtpSink, startSmtpSink } from "../../../src/lab/smtp-sink.ts";
import { readSinkLog } from "../../../src/lab/smtp-sink-process.ts";
import { planDueSteps } from "../../../src/operations/plan-due-steps.ts";
import { sendMessages } from "../../../src/operations/send-messages.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { freshFolder, handClock, openEngine } from "../../support/engine.ts";

/** Monday, in the morning. */
const MONDAY = new Date("2026-03-02T09:05:00Z");

describe("the natural line", () => {
  let database: TestDatabase;
  let sink: SmtpSink;
  let app: App;
  const clock = handClock(MONDAY);
  const logFile = join(freshFolder(), "sink.jsonl");

  beforeAll(async () => {
    database = await freshDatabase();
    sink = await startSmtpSink({ logFile });
    app = await openEngine({ databaseUrl: database.url, smtpUrl: sink.url }, clock);
  });
  afterAll(async () => {
    await app.close();
    await sink.close();
    await database.close();
  });

  it("leads from a due enrollment to one submitted mail, with its reason, its Message-ID and its event", async () => {
    const world = await makeWorld(database.db);
    await makeCrowd(database.store.pool, world, {
      people: 3,
      enrollmentDueAt: MONDAY,
      sendDueAt: null,
      startedAt: new Date("2026-03-02T08:00:00Z"),
    });

    const planned = await planDueSteps(app.parts);
    expect(planned).toMatchObject({ looked: 3, sends: 3, troubled: 0 });

    const sends = await database.db.send.findMany({ where: { status: "planned" } });
    const sending = app.openSending({ stopping: new AbortController().signal });
    const counts = await sendMessages(
      sending.parts,
      sends.map(({ id }) => id),
    );
    await sending.transport.close();

    const rows = await database.db.send.findMany();
    expect(rows.map(({ reason }) => reason)).toEqual([null, null, null]);
    expect(counts.submitted).toBe(3);
    expect(
      rows.every((row) => row.status === "submitted" && row.submittedAt?.getTime() === MONDAY.getTime()),
    ).toBe(true);
    const accepted = readSinkLog(logFile).map(({ messageId }) => messageId);
    expect(accepted.sort()).toEqual(rows.map(({ messageId }) => messageId).sort());
    const events = await database.db.engagementEvent.findMany({ where: { kind: "mail-submitted" } });
    expect(events.map(({ dedupeKey }) => dedupeKey).sort()).toEqual(
      rows.map(({ id }) => `send.${id}`).sort(),
    );
  });
});
