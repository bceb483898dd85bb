import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assessDue } from "../../../src/operations/assess-due.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, enrolled, type House } from "../../support/desk.ts";

/** More than one look took before, and for the other rules a few more than one claim. */
const PEOPLE = 230;
const SOME = 70;

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

/** As many people of one case, each due for the day's assessment. */
async function aCrowd(): Promise<void> {
  const { enrollment, account } = await enrolled(house);
  const { db } = database;
  const people = Array.from({ length: PEOPLE - 1 }, (_, n) => ({
    id: randomUUID(),
    workspaceId: house.workspaceId,
    accountId: account.id,
    name: `Person ${n}`,
    firstName: "Person",
    roles: ["poc"],
  }));
  await db.contact.createMany({ data: people });
  const rows = people.map(({ id }) => ({ id: randomUUID(), contactId: id }));
  await db.enrollment.createMany({
    data: rows.map(({ id, contactId }) => ({
      id,
      workspaceId: house.workspaceId,
      caseId: enrollment.caseId,
      accountId: account.id,
      contactId,
      versionId: enrollment.versionId,
      audience: "contact",
      zone: enrollment.zone,
      pageKey: randomUUID(),
      startedAt: enrollment.startedAt,
      createdAt: enrollment.createdAt,
      assessDueAt: enrollment.assessDueAt,
    })),
  });
  const { id: _, ...begun } = await db.engagementEvent.findFirstOrThrow({
    where: { enrollmentId: enrollment.id, kind: "enrolled" },
  });
  await db.engagementEvent.createMany({
    data: rows.map(({ id, contactId }) => ({
      ...begun,
      enrollmentId: id,
      contactId,
      payload: begun.payload as object,
    })),
  });
}

async function onlySome(): Promise<void> {
  const { db } = database;
  const kept = await db.enrollment.findMany({
    where: { workspaceId: house.workspaceId, audience: "contact" },
    take: SOME,
  });
  await db.enrollment.updateMany({
    where: { id: { notIn: kept.map(({ id }) => id) } },
    data: { assessDueAt: null },
  });
}

describe("the assessments of a day", () => {
  it("are all made in one look, shared by the workers that look, and once each", async () => {
    await aCrowd();
    house.desk.setNow("2026-03-04T06:00:00Z");
    const looks = await Promise.all([assessDue(house.desk), assessDue(house.desk), assessDue(house.desk)]);
    expect(looks.reduce((sum, { looked }) => sum + looked, 0)).toBe(PEOPLE);
    expect(looks.filter(({ looked }) => looked > 0).length).toBeGreaterThan(1);
    expect(await database.db.readinessAssessment.count({ where: { cause: "daily" } })).toBe(PEOPLE);
    expect(await assessDue(house.desk)).toEqual({ looked: 0, signalled: 0 });
  });

  it("stop when the time is up, and go on with the next look", async () => {
    await onlySome();
    house.desk.setNow("2026-03-05T06:00:00Z");
    expect(await assessDue(house.desk, { budgetMs: 0 })).toEqual({ looked: 0, signalled: 0 });
    expect((await assessDue(house.desk, { limit: 60 })).looked).toBe(60);
    expect((await assessDue(house.desk)).looked).toBe(SOME - 60);
  });

  it("of one that cannot be assessed keep nobody else waiting, and are tried again after its claim", async () => {
    const { id } = await database.db.enrollment.findFirstOrThrow({
      where: { workspaceId: house.workspaceId, assessDueAt: { not: null } },
    });
    // A log without its beginning cannot be replayed.
    await database.db.engagementEvent.deleteMany({ where: { enrollmentId: id } });
    house.desk.setNow("2026-03-06T06:00:00Z");
    expect((await assessDue(house.desk)).looked).toBe(SOME);
    expect(
      await database.db.readinessAssessment.count({ where: { at: new Date("2026-03-06T06:00:00Z") } }),
    ).toBe(SOME - 1);
    house.desk.setNow("2026-03-06T06:11:00Z");
    expect((await assessDue(house.desk)).looked).toBe(1);
  });
});
