import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../../src/app.ts";
import { makeCrowd, makeWorld, type SendingWorld } from "../../../src/lab/crowd.ts";
import { type SmtpSink, startSmtpSink } from "../../../src/lab/smtp-sink.ts";
import { readSinkLog } from "../../../src/lab/smtp-sink-process.ts";
import { holdLateMail } from "../../../src/operations/hold-late.ts";
import { openHolds } from "../../../src/operations/mail-holds.ts";
import { releaseHold } from "../../../src/operations/release-hold.ts";
import { sendMessages } from "../../../src/operations/send-messages.ts";
import { startWorker } from "../../../worker/start-worker.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { freshFolder, handClock, openEngine, until } from "../../support/engine.ts";
import { QUICK } from "../../support/fault-rig.ts";

const HOUR_MS = 3_600_000;
const NOW = new Date("2026-03-05T10:00:00Z");
const hoursBefore = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

describe("an older copy of the database under a new worker", () => {
  let database: TestDatabase;
  let sink: SmtpSink;
  let app: App;
  let world: SendingWorld;
  const logFile = join(freshFolder(), "sink.jsonl");
  beforeAll(async () => {
    database = await freshDatabase();
    sink = await startSmtpSink({ logFile });
    app = await openEngine({ databaseUrl: database.url, smtpUrl: sink.url }, handClock(NOW));
    world = await makeWorld(database.db);
    const startedAt = hoursBefore(51);
    await makeCrowd(app.parts.sql, world, {
      ...{ people: 6, perAccount: 3, enrollmentDueAt: null, sendDueAt: hoursBefore(50), startedAt },
    });
    await makeCrowd(app.parts.sql, world, {
      ...{ people: 4, perAccount: 2, enrollmentDueAt: hoursBefore(49), sendDueAt: null, startedAt },
    });
  });
  afterAll(async () => {
    await app.close();
    await sink.close();
    await database.close();
  });

  /** As a worker would say it, so many hours ago by the machine's clock. */
  const seen = (hoursAgo: number) =>
    holdLateMail({
      ...app.parts,
      clock: { now: () => NOW, wall: () => new Date(Date.now() - hoursAgo * HOUR_MS) },
    });

  it("holds nothing where no worker ever was, and nothing after a night without one", async () => {
    expect(await seen(100)).toBe(0);
    expect(await seen(86)).toBe(0);
    await app.parts.sql.query("delete from shared_instant");
  });

  it("sends nothing by itself of what was due, and lists it", async () => {
    await seen(25);
    const worker = await startWorker(app, QUICK);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await worker.stop();
    // Also what a queue that was restored with it still names.
    const { rows } = await app.parts.sql.query<{ id: string }>("select id from send");
    const { parts, transport } = app.openSending({ stopping: new AbortController().signal });
    await sendMessages(
      parts,
      rows.map(({ id }) => id),
    );
    await transport.close();

    expect(readSinkLog(logFile)).toEqual([]);
    const sends = await database.db.send.findMany();
    expect(sends.map(({ status }) => status)).toEqual(Array(6).fill("planned"));
    const holds = await openHolds(database.db, world.workspaceId);
    expect(holds).toMatchObject([{ scope: "late", heldTotal: 10 }]);
    expect(holds[0]?.held.map(({ dueAt }) => dueAt.getTime())).toEqual(
      [...Array(6).fill(hoursBefore(50)), ...Array(4).fill(hoursBefore(49))].map((at) => at.getTime()),
    );
  });

  it("still sends what becomes due afterwards", async () => {
    await makeCrowd(app.parts.sql, world, {
      ...{ people: 1, enrollmentDueAt: null, sendDueAt: NOW, startedAt: hoursBefore(96) },
    });
    const worker = await startWorker(app, QUICK);
    await until("the new mail left", async () => readSinkLog(logFile).length === 1, { timeoutMs: 60_000 });
    await worker.stop();
    expect(await openHolds(database.db, world.workspaceId)).toMatchObject([{ heldTotal: 10 }]);
  });

  it("plans it anew when a person releases it, one mail a day for each", async () => {
    const [hold] = await openHolds(database.db, world.workspaceId);
    const { workspaceId, csmId } = world;
    const release = () =>
      releaseHold(app.parts, { workspaceId, holdId: hold?.id ?? "", actor: `user:${csmId}` });
    expect(await release()).toMatchObject({ ok: true });
    expect(await release()).toMatchObject({ ok: false, problem: { code: "hold-ended" } });
    expect(await openHolds(database.db, workspaceId)).toEqual([]);

    const worker = await startWorker(app, QUICK);
    await until("what was held left", async () => readSinkLog(logFile).length === 11, { timeoutMs: 90_000 });
    await worker.stop();
    const { rows } = await app.parts.sql.query<{ most: number }>(
      `select max(n)::int most from (select count(*) n from send where status = 'submitted' group by "contactId", "localDate") d`,
    );
    expect(rows).toEqual([{ most: 1 }]);
    const audit = await database.db.auditEntry.findMany({ where: { action: "mail-hold-released" } });
    expect(audit).toHaveLength(1);
  });
});
