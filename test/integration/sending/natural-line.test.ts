import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../../src/app.ts";
import { makeCrowd, makeWorld } from "../../../src/lab/crowd.ts";
import { type SmtpSink, startSmtpSink } from "../../../src/lab/smtp-sink.ts";
import { readSinkLog } from "../../../src/lab/smtp-sink-process.ts";
import { endEnrollment } from "../../../src/operations/end-enrollment.ts";
import { pauseIt } from "../../../src/operations/pauses.ts";
import { planDueSteps } from "../../../src/operations/plan-due-steps.ts";
import { publishSequences } from "../../../src/operations/publish-sequence.ts";
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

  /** The example of README.md, published as it stands there, with two people who are to get it. */
  async function aOneMailProgram(): Promise<{ workspaceId: string; enrollmentIds: string[] }> {
    const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");
    const source = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
    const world = await makeWorld(database.db);
    const { workspaceId } = world;
    const published = await publishSequences(app.parts, {
      workspaceId,
      files: [{ name: "sponsor-hello.yaml", source }],
      actor: "system",
    });
    expect(published.refused).toEqual([]);
    const version = await database.db.sequenceVersion.findFirstOrThrow({
      where: { workspaceId, key: "sponsor-hello" },
    });
    await makeCrowd(
      database.store.pool,
      { ...world, versionId: version.id },
      {
        ...{ people: 2, perAccount: 1, enrollmentDueAt: MONDAY, sendDueAt: null },
        startedAt: new Date("2026-03-02T08:00:00Z"),
      },
    );
    await database.store.pool.query(
      `update account a set "sponsorContactId" = c.id from contact c
        where c."accountId" = a.id and a."workspaceId" = $1`,
      [workspaceId],
    );
    const enrollments = await database.db.enrollment.findMany({
      where: { workspaceId },
      orderBy: { id: "asc" },
    });
    return { workspaceId, enrollmentIds: enrollments.map(({ id }) => id) };
  }

  async function sendAll(workspaceId: string) {
    const waiting = await database.db.send.findMany({
      where: { workspaceId, status: { in: ["planned", "deferred"] } },
      orderBy: { enrollmentId: "asc" },
    });
    const sending = app.openSending({ stopping: new AbortController().signal });
    await sendMessages(
      sending.parts,
      waiting.map(({ id }) => id),
    );
    await sending.transport.close();
    return database.db.send.findMany({ where: { workspaceId }, orderBy: { enrollmentId: "asc" } });
  }

  it("sends the last mail of a program too, though the program completes when it is planned", async () => {
    const { workspaceId } = await aOneMailProgram();
    expect(await planDueSteps(app.parts)).toMatchObject({ sends: 2, completed: 2 });
    const sends = await sendAll(workspaceId);
    expect(sends.map(({ stepKey, status, reason }) => ({ stepKey, status, reason }))).toEqual([
      { stepKey: "what-changed", status: "submitted", reason: null },
      { stepKey: "what-changed", status: "submitted", reason: null },
    ]);
  });

  it("takes a waiting mail back when somebody ends a program that had completed", async () => {
    const { workspaceId, enrollmentIds } = await aOneMailProgram();
    await planDueSteps(app.parts);
    const [enrollmentId = ""] = enrollmentIds;
    await endEnrollment(database.db, { workspaceId, enrollmentId, reason: "case_closed", at: MONDAY });
    const sends = await sendAll(workspaceId);
    expect(sends.map(({ status, reason }) => ({ status, reason }))).toEqual([
      { status: "skipped", reason: "The case was closed." },
      { status: "submitted", reason: null },
    ]);
  });

  it("takes back what still waits when the planner finds the goal reached", async () => {
    const world = await makeWorld(database.db);
    const { workspaceId } = world;
    await makeCrowd(database.store.pool, world, {
      people: 1,
      enrollmentDueAt: MONDAY,
      sendDueAt: MONDAY,
      startedAt: new Date("2026-03-02T08:00:00Z"),
    });
    const enrollment = await database.db.enrollment.findFirstOrThrow({ where: { workspaceId } });
    await database.db.enrollment.update({ where: { id: enrollment.id }, data: { verdict: "ready" } });
    await database.db.engagementEvent.create({
      data: {
        workspaceId,
        enrollmentId: enrollment.id,
        contactId: enrollment.contactId,
        kind: "meeting-held",
        evidenceClass: "system",
        occurredAt: MONDAY,
        receivedAt: MONDAY,
        payload: { demo: "no" },
        source: "csm",
        dedupeKey: "held",
      },
    });
    expect(await planDueSteps(app.parts)).toMatchObject({ completed: 1 });
    const send = await database.db.send.findFirst({ where: { workspaceId, kind: "step" } });
    expect(send).toMatchObject({ status: "skipped", reason: "The program had reached its goal." });
    expect(send?.endedAt).toEqual(MONDAY);
  });

  it("holds a mail that already waits until a pause with an end is over, and then sends it", async () => {
    const { enrollmentIds } = await aOneMailProgram();
    const world = await makeWorld(database.db);
    await makeCrowd(database.store.pool, world, { people: 2, enrollmentDueAt: null, sendDueAt: MONDAY });
    const active = await database.db.enrollment.findFirstOrThrow({
      where: { workspaceId: world.workspaceId },
    });
    await planDueSteps(app.parts);
    const [completedId = ""] = enrollmentIds;
    const completed = await database.db.enrollment.findUniqueOrThrow({ where: { id: completedId } });
    const until = new Date("2026-03-04T09:00:00Z");
    for (const enrollment of [active, completed]) {
      await pauseIt(database.db, enrollment, {
        at: MONDAY,
        until,
        reason: "they wrote to us",
        source: "reply",
        dedupeKey: "mail.1",
      });
      const sends = await sendAll(enrollment.workspaceId);
      const held = sends.filter(({ enrollmentId }) => enrollmentId === enrollment.id);
      expect(held).toMatchObject([{ status: "deferred", dueAt: until, reason: "The enrollment is paused." }]);
      expect(sends.filter((send) => send.enrollmentId !== enrollment.id)).toMatchObject([
        { status: "submitted" },
      ]);
    }
    const stillEnded = await database.db.enrollment.findUniqueOrThrow({ where: { id: completedId } });
    expect(stillEnded.status).toBe("completed");
    clock.set(new Date("2026-03-04T09:00:01Z"));
    for (const enrollment of [active, completed]) {
      // Late by two days, it first moves to today, and goes there.
      await sendAll(enrollment.workspaceId);
      const sends = await sendAll(enrollment.workspaceId);
      expect(sends.map(({ status }) => status)).toEqual(["submitted", "submitted"]);
    }
    clock.set(MONDAY);
  });
});
