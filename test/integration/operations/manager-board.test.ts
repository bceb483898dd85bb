import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beforeYouSchedule } from "../../../src/operations/before-you-schedule.ts";
import { managerBoard } from "../../../src/operations/manager-board.ts";
import { recordAct } from "../../../src/operations/record-act.ts";
import { aCase, aContact, anAccount } from "../../support/builders.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHandover, aHouse, enrolled, type House } from "../../support/desk.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const act = (house: House, enrollmentId: string, what: Parameters<typeof recordAct>[1]["act"], key: string) =>
  recordAct(house.desk, {
    workspaceId: house.workspaceId,
    enrollmentId,
    act: what,
    source: "page",
    dedupeKey: key,
  });

const person = (house: House, name: string, roles = ["csm"]) =>
  house.desk.db.user.create({
    data: { workspaceId: house.workspaceId, name, email: `${name.toLowerCase()}@fernwick.test`, roles },
  });

describe("the manager's board", () => {
  it("shows one row for each open case, with its program, its days and what waits for a person", async () => {
    const house = await aHouse(database.db);
    const { account, contact, turnover, enrollment } = await enrolled(house, {
      account: { arrMinor: 4_000_000n, currency: "EUR", name: "Brightmoor Clinics" },
    });
    await aCase(house.desk.db, account, { status: "closed", closedAt: new Date() });
    house.desk.setNow("2026-03-10T09:00:00Z");
    await act(house, enrollment.id, { kind: "priorities-set", items: [{ text: "Webinars" }] }, "p");
    const board = await managerBoard(house.desk, { workspaceId: house.workspaceId });
    expect(board).toMatchObject({ total: 1, openCases: 1, page: 1, pages: 1 });
    expect(board.rows).toMatchObject([
      {
        caseId: turnover.id,
        accountName: "Brightmoor Clinics",
        contactName: contact.name,
        csmName: "Dana Whitlock",
        enrollmentId: enrollment.id,
        daysAtRisk: 8,
        percent: 0,
        stepsDone: 0,
        arrMinor: 4_000_000n,
        currency: "EUR",
        lastOwnActAt: new Date("2026-03-10T09:00:00Z"),
        overdueDuties: 1,
        paused: false,
      },
    ]);
    expect(board.rows[0]?.stepsTotal).toBeGreaterThan(3);
    expect(board.rows[0]?.needs[0]).toMatchObject({ kind: "csm_task", overdue: true });
  });

  it("filters by verdict, owner, status and name, and says what each button would show", async () => {
    const house = await aHouse(database.db);
    const { desk, workspaceId } = house;
    const other = await person(house, "Joel");
    const ready = await enrolled(house, { account: { name: "Ravello Tiles" } });
    const stalled = await enrolled(house, { account: { name: "Dunmore Dairy", csmId: other.id } });
    await aHandover(house, { account: { name: "Finch & Sons", csmId: null } });
    const verdict = (id: string, value: string) =>
      desk.db.enrollment.update({ where: { id }, data: { verdict: value, score: 70 } });
    await verdict(ready.enrollment.id, "ready");
    await verdict(stalled.enrollment.id, "stalled");

    const names = async (filter: NonNullable<Parameters<typeof managerBoard>[1]["filter"]>) =>
      (await managerBoard(desk, { workspaceId, filter })).rows.map(({ accountName }) => accountName);
    expect(await names({ verdict: "ready" })).toEqual(["Ravello Tiles"]);
    expect(await names({ verdict: "no_program" })).toEqual(["Finch & Sons"]);
    expect(await names({ csmId: other.id })).toEqual(["Dunmore Dairy"]);
    expect(await names({ csmId: "nobody" })).toEqual(["Finch & Sons"]);
    expect(await names({ search: "DUNM" })).toEqual(["Dunmore Dairy"]);
    expect(await names({ status: "re_onboarding", search: "a" })).toHaveLength(2);
    expect(await names({ verdict: "ready", csmId: other.id })).toEqual([]);

    const { verdictCounts, total } = await managerBoard(desk, { workspaceId, filter: { verdict: "ready" } });
    expect(total).toBe(1);
    expect(verdictCounts.filter(({ count }) => count > 0)).toEqual([
      { verdict: "stalled", count: 1 },
      { verdict: "ready", count: 1 },
      { verdict: "no_program", count: 1 },
    ]);
  });

  it("rolls up by CSM, currencies apart, with who has no case and what nobody owns", async () => {
    const house = await aHouse(database.db);
    const { desk, workspaceId } = house;
    await person(house, "Joel");
    await person(house, "Priya", ["author"]);
    await enrolled(house, { account: { arrMinor: 100n, currency: "USD" } });
    await enrolled(house, { account: { arrMinor: 250n, currency: "USD" } });
    const { account } = await enrolled(house, { account: { arrMinor: 70n, currency: "EUR" } });
    await aCase(desk.db, account, { kind: "sponsor" });
    await aHandover(house, { account: { csmId: null, arrMinor: 5n } });
    const { byCsm } = await managerBoard(desk, { workspaceId, filter: { csmId: "nobody" } });
    expect(byCsm).toMatchObject([
      { csmId: null, name: "Nobody", openCases: 1, inLimbo: 1 },
      {
        name: "Dana Whitlock",
        openCases: 4,
        // The account with two open cases is at stake once.
        arr: [
          { currency: "EUR", minor: 70n },
          { currency: "USD", minor: 350n },
        ],
        inLimbo: 1,
        meanPercent: 0,
        meanDaysAtRisk: 0,
      },
      { name: "Joel", openCases: 0, arr: [], meanPercent: null, meanDaysAtRisk: null },
    ]);
  });

  it("names the accounts that hang on one person, and those where nobody decides any more", async () => {
    const house = await aHouse(database.db);
    const { desk, workspaceId } = house;
    const { db } = desk;
    await enrolled(house, { account: { name: "Sound" } });
    const thin = await anAccount(db, workspaceId, { name: "Thin", csmId: house.csm.id });
    const left = await aContact(db, thin, { roles: ["departed"] });
    await aContact(db, thin, { endOn: new Date("2026-02-01") });
    const only = await aContact(db, thin);
    await db.account.update({ where: { id: thin.id }, data: { sponsorContactId: left.id } });
    await aCase(db, thin, { departedContactId: left.id });
    const closed = await anAccount(db, workspaceId, { name: "Closed" });
    await aCase(db, closed, { status: "closed" });
    const board = await managerBoard(desk, { workspaceId });
    expect(only.id).toBeTruthy();
    expect(board.singleThreaded).toMatchObject([
      { accountName: "Thin", living: 1, csmName: "Dana Whitlock" },
    ]);
    expect(board.noBackup).toMatchObject([{ accountName: "Thin" }]);
  });

  it("pages, and answers a page beyond the last with the last", async () => {
    const house = await aHouse(database.db);
    for (const name of ["A", "B", "C"]) await aHandover(house, { account: { name } });
    const at = (page: number) =>
      managerBoard(house.desk, { workspaceId: house.workspaceId, sort: "account", limit: 2, page });
    expect((await at(1)).rows.map(({ accountName }) => accountName)).toEqual(["A", "B"]);
    expect(await at(2)).toMatchObject({ page: 2, pages: 2, total: 3, rows: [{ accountName: "C" }] });
    expect(await at(99)).toMatchObject({ page: 2 });
    expect((await at(0)).page).toBe(1);
  });

  it("shows nothing of another workspace", async () => {
    const house = await aHouse(database.db);
    const empty = await aHouse(database.db);
    await enrolled(house);
    const board = await managerBoard(empty.desk, { workspaceId: empty.workspaceId });
    expect(board).toMatchObject({ rows: [], total: 0, pages: 1, singleThreaded: [], noBackup: [] });
    expect(board.byCsm.map(({ openCases }) => openCases)).toEqual([0]);
  });
});

describe("the card before scheduling", () => {
  it("says in five lines what they did and what is open, and waits while they are not ready", async () => {
    const house = await aHouse(database.db);
    const { enrollment } = await enrolled(house);
    house.desk.setNow("2026-03-04T10:00:00Z");
    await act(house, enrollment.id, { kind: "question-asked", text: "How do exports work?" }, "q");
    await act(house, enrollment.id, { kind: "objection-raised", text: "The price is too high" }, "o");
    house.desk.setNow("2026-03-05T10:00:00Z");
    const card = await beforeYouSchedule(house.desk, {
      workspaceId: house.workspaceId,
      enrollmentId: enrollment.id,
    });
    expect(card?.lines.map(({ label }) => label)).toEqual([
      "Where they stand",
      "What they did",
      "Last own act",
      "Still open",
      "Not counted",
    ]);
    const [stand, did, last, open] = card?.lines.map(({ text }) => text) ?? [];
    expect(stand).toMatch(/\(\d+\/100, \w+ evidence\)/);
    expect(did).toContain("asked 2 questions");
    expect(last).toBe("Yesterday.");
    expect(open).toContain("Objection: “The price is too high”; 1 open question; for ready:");
    expect(card?.advice.kind).toMatch(/wait|call/);
    expect(card?.agenda?.items.map(({ kind }) => kind)).toContain("objection");
  });

  it("meets who asked to meet, whatever the score", async () => {
    const house = await aHouse(database.db);
    const { enrollment } = await enrolled(house);
    house.desk.setNow("2026-03-04T10:00:00Z");
    await act(house, enrollment.id, { kind: "meeting-requested" }, "m");
    const card = await beforeYouSchedule(house.desk, {
      workspaceId: house.workspaceId,
      enrollmentId: enrollment.id,
    });
    expect(card?.advice).toEqual({
      kind: "meet",
      reason: "they asked to meet; confirm a time within 1 business day",
    });
  });

  it("knows no sponsor's program and no other workspace's", async () => {
    const house = await aHouse(database.db);
    const { enrollment, sponsorEnrollment } = await enrolled(house);
    const card = (workspaceId: string, enrollmentId: string) =>
      beforeYouSchedule(house.desk, { workspaceId, enrollmentId });
    expect(await card(house.workspaceId, sponsorEnrollment?.id ?? "")).toBeNull();
    const other = await aHouse(database.db);
    expect(await card(other.workspaceId, enrollment.id)).toBeNull();
  });
});
