import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportAccounts, exportTasks, exportTimeline } from "../../../src/operations/export-lists.ts";
import { importAccounts } from "../../../src/operations/import-accounts.ts";
import { importTasks } from "../../../src/operations/import-tasks.ts";
import { importTimeline } from "../../../src/operations/import-timeline.ts";
import { openCase } from "../../../src/operations/open-case.ts";
import { pauseEnrollment } from "../../../src/operations/pause-enrollment.ts";
import { REPLY_PAUSE } from "../../../src/operations/pauses.ts";
import { recordHistory } from "../../../src/operations/record-history.ts";
import { refreshReadiness } from "../../../src/operations/refresh-readiness.ts";
import { registerWebhook } from "../../../src/operations/register-webhook.ts";
import { sponsorPage } from "../../../src/operations/sponsor-page.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHandover, aHouse, enrolled, type House } from "../../support/desk.ts";

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

const HARD_TEXT = '=SUM(A1)\n"quoted", with a comma\r\n\tand \'=this, ＝that, 漢字 and an emoji 🙂 ';

/** A case with tasks and a story that are as awkward as lists get. */
async function aFullCase(at: House) {
  const made = await aHandover(at);
  const { db } = at.desk;
  const { workspaceId } = at;
  await db.account.update({ where: { id: made.account.id }, data: { externalRef: "crm-9" } });
  const task = { workspaceId, caseId: made.turnover.id, createdAt: at.desk.clock.now() };
  const dueAt = new Date("2026-03-05T15:30:00.123Z");
  await db.csmTask.createMany({
    data: [
      { ...task, key: "a", kind: "call", text: HARD_TEXT, detail: "-1 and '+2", dueAt, userId: at.csm.id },
      { ...task, key: "b", kind: "task", text: "'@home", dueAt, doneAt: dueAt, outcome: "@done\r\nwell" },
      { ...task, key: "c", kind: "task", text: "Nobody's", dueAt, externalRef: "asana-77", userId: null },
    ],
  });
  await recordHistory(at.desk, {
    workspaceId,
    accountId: made.account.id,
    actor: `user:${at.csm.id}`,
    timeline: [
      {
        kind: "decision",
        date: "2025-11-03",
        text: HARD_TEXT,
        why: "+why",
        visibility: "internal",
        source: "@crm",
      },
      {
        kind: "shorthand",
        date: "2025-12-01",
        text: "“The big one”",
        visibility: "customer",
        source: "notes",
        externalRef: "n-1",
      },
    ],
  });
  return made;
}

describe("lists that leave and come back (S0-24)", () => {
  it("loses nothing of tasks and stories between one workspace and an empty other one", async () => {
    const made = await aFullCase(house);
    const from = { workspaceId: house.workspaceId, actor: "cli" as const };
    const there = await aHouse(database.db);
    const to = { workspaceId: there.workspaceId, actor: "cli" as const };
    const tasks = await exportTasks(house.desk, from);
    const story = await exportTimeline(house.desk, from);
    expect(
      await importAccounts(there.desk, { ...to, csv: await exportAccounts(house.desk, from) }),
    ).toMatchObject({
      created: 1,
      rejected: [],
    });
    const account = await database.db.account.findFirstOrThrow({
      where: { workspaceId: there.workspaceId, externalRef: "crm-9" },
    });
    // The case is named there as it is numbered here; its own first tasks are not what is compared.
    await openCase(there.desk, { ...to, accountId: account.id, externalRef: made.turnover.id });
    await database.db.csmTask.deleteMany({ where: { workspaceId: there.workspaceId } });

    expect(await importTasks(there.desk, { ...to, csv: tasks })).toMatchObject({ created: 3, rejected: [] });
    expect(await importTimeline(there.desk, { ...to, csv: story })).toMatchObject({
      created: 2,
      rejected: [],
    });
    expect(await exportTasks(there.desk, to)).toBe(tasks);
    expect(await exportTimeline(there.desk, to)).toBe(story);

    const again = { created: 0, updated: 0, unchanged: 3, rejected: [] };
    expect(await importTasks(there.desk, { ...to, csv: tasks })).toEqual(again);
    expect(await importTimeline(there.desk, { ...to, csv: story })).toEqual({ ...again, unchanged: 2 });
    expect(await importTasks(house.desk, { ...from, csv: tasks })).toEqual(again);
    expect(await importTimeline(house.desk, { ...from, csv: story })).toEqual({ ...again, unchanged: 2 });
    expect(
      await database.db.csmTask.findFirstOrThrow({
        where: { workspaceId: there.workspaceId, key: "a" },
      }),
    ).toMatchObject({ text: HARD_TEXT, dueAt: new Date("2026-03-05T15:30:00.123Z") });
  });

  it("takes tasks of another program into the account's open case, and updates them by external_ref", async () => {
    const { account, turnover } = await aHandover(house);
    const call = (csv: string) =>
      importTasks(house.desk, { workspaceId: house.workspaceId, csv, actor: "cli" });
    const first = [
      "external_ref,account,text,due_at",
      `board-1,${account.name},Send the brochure,2026-03-04`,
      `board-2,${account.name},Call their lawyer,2026-03-04T10:00:00+01:00`,
    ].join("\n");
    expect(await call(first)).toMatchObject({ created: 2, rejected: [] });
    const task = (externalRef: string) =>
      database.db.csmTask.findFirstOrThrow({ where: { workspaceId: house.workspaceId, externalRef } });
    // Europe/Berlin: the whole day.
    expect(await task("board-1")).toMatchObject({
      caseId: turnover.id,
      userId: house.csm.id,
      dueAt: new Date("2026-03-04T22:59:59.999Z"),
    });
    expect((await task("board-2")).dueAt).toEqual(new Date("2026-03-04T09:00:00Z"));
    const second = [
      "external_ref,account,text,due_at,done_at,outcome",
      `board-1,${account.name},Send the new brochure,,,`,
      `board-2,${account.name},Call their lawyer,,2026-03-03,She agrees.`,
    ].join("\n");
    expect(await call(second)).toMatchObject({ created: 0, updated: 2 });
    expect(await task("board-1")).toMatchObject({ text: "Send the new brochure", doneAt: null });
    expect(await task("board-2")).toMatchObject({ outcome: "She agrees.", doneAt: expect.any(Date) });
    expect(await call(second)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  it("names line, column and remedy of what it cannot take, and takes the rest", async () => {
    const { account } = await aHandover(house);
    const other = await aHandover(house);
    await database.db.case.updateMany({ where: { id: other.turnover.id }, data: { status: "closed" } });
    const rows = [
      "external_ref,account,case,text,due_at,owner_email",
      `t-1,${account.name},,Good,2026-03-04,`,
      "t-2,Nowhere,,No account,,",
      `t-3,${other.account.name},,Its only case is closed,,`,
      `t-4,${account.name},no-such-case,Unknown case,,`,
      `t-5,${account.name},,Unknown day,31.3.2026,`,
      `t-6,${account.name},,Unknown owner,,who@fernwick.test`,
      `,${account.name},,Nothing to find it by,,`,
      `t-8,${account.name},,,,`,
      `t-9,${account.name},${other.turnover.id},Case of another account,,`,
      `t-1,${account.name},,Good,2026-03-04,`,
    ];
    const report = await importTasks(house.desk, {
      workspaceId: house.workspaceId,
      csv: rows.join("\n"),
      actor: "cli",
    });
    expect(report).toMatchObject({ created: 1, unchanged: 1 });
    expect(report.rejected.map(({ line, column }) => [line, column])).toEqual([
      [3, "account"],
      [4, "case"],
      [5, "case"],
      [6, "due_at"],
      [7, "owner_email"],
      [8, "external_ref"],
      [9, "text"],
      [10, "case"],
    ]);
    expect(report.rejected.every(({ remedy }) => remedy.length > 5)).toBe(true);
    const story = await importTimeline(house.desk, {
      workspaceId: house.workspaceId,
      csv: `account,date,kind,text\n${account.name},2026-02-30,note,x\n${account.name},2026-02-03,sighting,x\n${account.name},2026-02-03,,Kept`,
      actor: "cli",
    });
    expect(story).toMatchObject({ created: 1, rejected: [{ column: "date" }, { column: "kind" }] });
  });

  it("lets a task that is ticked off elsewhere do what ticking it off here does", async () => {
    const { account, enrollment, turnover } = await enrolled(house);
    const { workspaceId } = house;
    const now = house.desk.clock.now();
    await pauseEnrollment(house.desk, {
      workspaceId,
      enrollmentId: enrollment.id,
      reason: REPLY_PAUSE,
      until: new Date("2026-03-04T09:00:00Z"),
      actor: "system",
    });
    await database.db.csmTask.create({
      data: {
        workspaceId,
        caseId: turnover.id,
        enrollmentId: enrollment.id,
        key: "reply.1",
        kind: "reply",
        text: "Answer",
        dueAt: now,
        createdAt: now,
      },
    });
    const csv = `account,case,key,text,done_at\n${account.name},${turnover.id},reply.1,Answer,2026-03-02`;
    expect(await importTasks(house.desk, { workspaceId, csv, actor: "cli" })).toMatchObject({ updated: 1 });
    const after = await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(after.pauses).toMatchObject([{ until: now.toISOString() }]);
  });

  it("makes nobody look engaged: no list adds to the log that readiness reads, nor to a person's own words", async () => {
    const { account, contact, sponsor, enrollment, sponsorEnrollment } = await enrolled(house);
    const { workspaceId } = house;
    await refreshReadiness(house.desk, { workspaceId, enrollmentId: enrollment.id, cause: "recompute" });
    const judged = () => database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    const before = await judged();
    const events = () => database.db.engagementEvent.count({ where: { workspaceId } });
    const heard = await events();
    const measure = `measure.${sponsorEnrollment?.id}.forged`;
    const rows = [
      "external_ref,account,date,kind,text,source,author",
      `x-1,${account.name},2026-03-01,meeting,"${contact.name} agreed to everything, and did all tasks.",page,contact:${contact.id}`,
      `${measure},${account.name},2026-03-01,decision,What success means: nothing.,sponsor,contact:${sponsor.id}`,
    ];
    expect(
      await importTimeline(house.desk, { workspaceId, csv: rows.join("\n"), actor: "cli" }),
    ).toMatchObject({ created: 2 });
    await refreshReadiness(house.desk, { workspaceId, enrollmentId: enrollment.id, cause: "recompute" });
    expect(await events()).toBe(heard);
    const { score, verdict, meetingReady } = await judged();
    expect({ score, verdict, meetingReady }).toEqual({
      score: before.score,
      verdict: before.verdict,
      meetingReady: before.meetingReady,
    });
    const page = await sponsorPage(house.desk, sponsorEnrollment?.pageKey ?? "");
    expect(page).toMatchObject({ sponsor: { name: sponsor.name }, measure: null });
    const entries = await database.db.timelineEntry.findMany({
      where: { accountId: account.id },
      orderBy: { source: "asc" },
    });
    expect(entries.map(({ author }) => author)).toEqual([
      `import:contact:${contact.id}`,
      `import:contact:${sponsor.id}`,
    ]);
  });

  it("leaves what a contact said as it was said", async () => {
    const { account, sponsor } = await enrolled(house);
    const { workspaceId } = house;
    await database.db.timelineEntry.create({
      data: {
        workspaceId,
        accountId: account.id,
        kind: "decision",
        date: new Date("2026-03-01"),
        text: "What success means: half the time.",
        source: "sponsor",
        author: `contact:${sponsor.id}`,
        externalRef: "said-1",
      },
    });
    const csv = `external_ref,account,date,text\nsaid-1,${account.name},2026-03-01,What success means: twice the licences.`;
    expect(await importTimeline(house.desk, { workspaceId, csv, actor: "cli" })).toMatchObject({
      updated: 0,
      rejected: [{ line: 2, column: "text" }],
    });
  });
});

describe("task.changed", () => {
  it("is planned for every task that comes, changes, is done or goes, whoever writes it, and for nothing else", async () => {
    const { account, turnover } = await aHandover(house);
    const { workspaceId, desk } = house;
    const { db } = database;
    const told = async () =>
      (
        await db.webhookDelivery.findMany({
          where: { workspaceId, eventType: "task.changed" },
          orderBy: { id: "asc" },
        })
      ).map(({ payload, eventId, endpointId }) => ({
        eventId,
        endpointId,
        ...(payload as { data: { change: string; key: string; account: { id: string } } }).data,
      }));
    const now = desk.clock.now();
    const fields = { workspaceId, caseId: turnover.id, kind: "task", dueAt: now, createdAt: now };
    await db.csmTask.create({ data: { ...fields, key: "unheard", text: "x" } });
    expect(await told()).toEqual([]);
    for (const path of ["a", "b"]) {
      const made = await registerWebhook(desk, {
        workspaceId,
        url: `http://127.0.0.1:9/${path}`,
        events: [path === "a" ? "task.changed" : "readiness.changed"],
        allowPrivateNetworks: true,
        actor: "cli",
      });
      expect(made.ok).toBe(true);
    }
    const elsewhere = await aHouse(db);
    const theirs = await aHandover(elsewhere);
    await db.csmTask.create({
      data: {
        ...fields,
        workspaceId: elsewhere.workspaceId,
        caseId: theirs.turnover.id,
        key: "theirs",
        text: "x",
      },
    });
    const csv = (text: string) => `external_ref,account,key,text\nw-1,${account.name},call,${text}`;
    await importTasks(desk, { workspaceId, csv: csv("Call"), actor: "cli" });
    await importTasks(desk, { workspaceId, csv: csv("Call"), actor: "cli" });
    await importTasks(desk, { workspaceId, csv: csv("Call twice"), actor: "cli" });
    const where = { workspaceId, externalRef: "w-1" };
    await db.csmTask.updateMany({ where, data: { doneAt: now, outcome: "ok" } });
    await db.csmTask.updateMany({ where, data: { doneAt: now } });
    await db.csmTask.updateMany({ where, data: { doneAt: null } });
    await db.csmTask.deleteMany({ where });
    const all = await told();
    expect(all.map(({ change }) => change)).toEqual(["created", "changed", "done", "reopened", "removed"]);
    expect(all.every(({ key, account: named }) => key === "call" && named.id === account.id)).toBe(true);
    expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(5);
  });
});
