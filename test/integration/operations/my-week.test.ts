import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { managerBoard } from "../../../src/operations/manager-board.ts";
import { myWeek } from "../../../src/operations/my-week.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHandover, aHouse, enrolled, type House } from "../../support/desk.ts";

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

const worth = (name: string, thousands: number, more: object = {}) => ({
  account: { name, arrMinor: BigInt(thousands) * 100_000n, ...more },
});
const hours = (n: number) => new Date(house.desk.clock.now().getTime() + n * 3_600_000);

/** What waits in a week, told in one line each. */
async function told(input: { userId?: string; limit?: number; skip?: number } = {}) {
  const { needsYou } = await myWeek(house.desk, { workspaceId: house.workspaceId, ...input });
  return needsYou.map(({ kind, accountName, text }) => `${kind}, ${accountName}: ${text}`);
}

describe("what is told of the week", () => {
  beforeAll(async () => {
    const { db } = database;
    const { workspaceId } = house;
    const now = house.desk.clock.now();

    const silent = await enrolled(house, worth("Silent", 900));
    await db.enrollment.update({ where: { id: silent.enrollment.id }, data: { verdict: "stalled" } });
    const signal = { workspaceId, enrollmentId: silent.enrollment.id, caseId: silent.turnover.id };
    for (const [dedupeKey, toVerdict, at] of [
      ["verdict.1", "stalled", hours(-90)],
      ["verdict.2", "warming", hours(-60)],
      ["verdict.3", "stalled", hours(-30)],
    ] as const) {
      await db.readinessSignal.create({
        data: { ...signal, kind: "verdict_changed", dedupeKey, toVerdict, at },
      });
    }

    const asked = await enrolled(house, worth("Asked", 800));
    await db.csmTask.create({
      data: {
        ...{
          workspaceId,
          caseId: asked.turnover.id,
          key: "reply.1",
          kind: "reply",
          text: "Answer the reply",
        },
        ...{ detail: "Which list is right?", dueAt: hours(-1), createdAt: hours(-20) },
      },
    });

    const unsure = await enrolled(house, worth("Unsure", 700));
    const mail = { workspaceId, status: "uncertain", endedAt: now, plannedAt: now, dueAt: now };
    const day = (date: number) => ({ nextAttemptAt: now, localDate: new Date(Date.UTC(2026, 0, date)) });
    await db.send.create({
      data: {
        ...{ ...mail, ...day(1), enrollmentId: unsure.enrollment.id, contactId: unsure.contact.id },
        ...{ stepKey: "who-we-are", subject: "Hello" },
      },
    });
    const brief = await db.send.create({
      data: {
        ...{ ...mail, ...day(2), contactId: unsure.sponsor.id, kind: "one_off", mailClass: "service" },
        ...{ stepKey: "one-off", subject: "For the sponsor" },
      },
    });
    await db.escalation.create({
      data: {
        ...{ workspaceId, caseId: unsure.turnover.id, contactId: unsure.sponsor.id, sendId: brief.id },
        ...{
          cause: "asked_by_csm",
          subject: "For the sponsor",
          body: "…",
          createdAt: now,
          createdBy: "system",
        },
      },
    });

    const met = await enrolled(house, worth("Met", 600));
    const meeting = { workspaceId, caseId: met.turnover.id, enrollmentId: met.enrollment.id };
    await db.meeting.create({
      data: { ...meeting, state: "booked", slotAt: hours(-2), requestedAt: hours(-40) },
    });
    await db.meeting.create({
      data: { ...meeting, state: "booked", slotAt: hours(2), requestedAt: hours(-41) },
    });

    // What enrolling asks for is a duty like any other; one is enough here.
    await db.csmTask.deleteMany({ where: { key: { not: "reply.1" } } });

    await aHandover(house, worth("Unenrolled", 500, { csmId: null }));
    await aHandover(house, { ...worth("Unknown", 400), turnover: { replacementContactId: null } });
    await aHandover(house, {
      ...worth("Ended", 9_000),
      turnover: { status: "closed", closedAt: now, outcome: "saved" },
    });
  });

  const OF_THE_CSM = [
    // 800 × 5 × 2, as it is late.
    "reply, Asked: Answer the reply",
    "uncertain, Unsure: Nobody can know whether “Hello” reached the server",
    "uncertain, Unsure: Nobody can know whether “For the sponsor” reached the server",
    "stalled, Silent: Imani Okafor has been silent longer than usual",
    "meeting_past, Met: Say how the meeting with Imani Okafor went",
    "capture, Unknown: Nobody knows yet who takes over at Unknown",
  ];
  const NOBODYS = "enroll, Unenrolled: Imani Okafor takes over and gets no mail yet";
  const EVERYBODYS = OF_THE_CSM.toSpliced(5, 0, NOBODYS);

  it("is whatever waits in an open case, the most at stake and most urgent first", async () => {
    expect(await told()).toEqual(EVERYBODYS);
  });

  it("is of one CSM's accounts, and names cases that nobody owns beside it", async () => {
    expect(await told({ userId: house.csm.id })).toEqual(OF_THE_CSM);
    const week = await myWeek(house.desk, { workspaceId: house.workspaceId, userId: house.csm.id });
    expect(week.cases.map(({ accountName }) => accountName)).toEqual([
      ...["Silent", "Asked", "Unsure", "Met", "Unknown"],
    ]);
    expect(week.unowned.map(({ accountName }) => accountName)).toEqual(["Unenrolled"]);
  });

  it("comes in pages of which each begins where the one before ended, and counts what is on none yet", async () => {
    const pages = await Promise.all([0, 2, 4, 6, 8].map((skip) => told({ skip, limit: 2 })));
    expect(pages.flat()).toEqual(EVERYBODYS);
    const { needsTotal, cases, casesTotal } = await myWeek(house.desk, {
      ...{ workspaceId: house.workspaceId, limit: 1, caseLimit: 2 },
    });
    expect([needsTotal, casesTotal]).toEqual([EVERYBODYS.length, 6]);
    expect(cases.map(({ accountName }) => accountName)).toEqual(["Silent", "Asked"]);
  });

  it("asks to meet who is ready, and nobody with whom a meeting is booked or took place", async () => {
    const { db } = database;
    const ready = await enrolled(house, { account: { name: "Readiest", arrMinor: 1n } });
    await db.csmTask.deleteMany({ where: { caseId: ready.turnover.id } });
    const id = ready.enrollment.id;
    await db.enrollment.update({ where: { id }, data: { verdict: "ready" } });
    const about = { workspaceId: house.workspaceId, caseId: ready.turnover.id, enrollmentId: id };
    const meeting = await db.meeting.create({
      data: { ...about, state: "cancelled", requestedAt: hours(-9) },
    });
    const isAsked = async () => (await told()).some((row) => row.startsWith("ready, Readiest"));
    const isOnBoard = async () => {
      const { rows } = await managerBoard(house.desk, { workspaceId: house.workspaceId });
      const row = rows.find(({ accountName }) => accountName === "Readiest");
      return row?.needs.some(({ kind }) => kind === "ready");
    };
    for (const [state, asked] of [
      ["cancelled", true],
      ["no_show", true],
      ["requested", false],
      ["booked", false],
      ["held", false],
    ] as const) {
      await db.meeting.update({ where: { id: meeting.id }, data: { state } });
      expect([state, await isAsked(), await isOnBoard()]).toEqual([state, asked, asked]);
    }
    await db.case.update({
      where: { id: ready.turnover.id },
      data: { status: "closed", closedAt: hours(0), outcome: "saved" },
    });
  });

  it("has what they wrote and since when, a verdict since it last changed to this", async () => {
    const { needsYou } = await myWeek(house.desk, { workspaceId: house.workspaceId });
    const of = (name: string) => needsYou.find(({ accountName }) => accountName === name);
    expect(of("Asked")).toMatchObject({
      ...{ detail: "Which list is right?", sinceAt: hours(-20), dueAt: hours(-1) },
      contactName: "Imani Okafor",
    });
    expect(of("Silent")).toMatchObject({ sinceAt: hours(-30), dueAt: null, detail: "" });
    expect(of("Met")).toMatchObject({ sinceAt: hours(-2) });
    expect(of("Unenrolled")).toMatchObject({ contactName: "Imani Okafor", enrollmentId: null });
    expect(of("Unknown")).toMatchObject({ contactName: null, enrollmentId: null });
  });

  it("has the mails that are next, the soonest first, of one's own cases", async () => {
    const { db } = database;
    const active = { workspaceId: house.workspaceId, audience: "contact", status: "active" };
    const programs = await db.enrollment.findMany({ where: active, include: { account: true } });
    const order = ["Met", "Silent", "Unsure", "Asked"];
    for (const { id, account } of programs)
      await db.enrollment.update({ where: { id }, data: { dueAt: hours(1 + order.indexOf(account.name)) } });
    const sponsors = { workspaceId: house.workspaceId, audience: "sponsor" };
    await db.enrollment.updateMany({ where: sponsors, data: { dueAt: null } });
    const next = async (userId?: string) => {
      const asked = { workspaceId: house.workspaceId, mailLimit: 3, ...(userId ? { userId } : {}) };
      const { nextSends } = await myWeek(house.desk, asked);
      return nextSends.map(({ accountName, dueAt }) => [accountName, dueAt]);
    };
    const soonest = order.slice(0, 3).map((name, index) => [name, hours(1 + index)]);
    expect(await next()).toEqual(soonest);
    expect(await next(house.csm.id)).toEqual(soonest);
    const somebody = await db.user.create({
      data: { workspaceId: house.workspaceId, name: "Else", email: "else@fernwick.test", roles: ["csm"] },
    });
    expect(await next(somebody.id)).toEqual([]);
  });
});
