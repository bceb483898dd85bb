import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { managerBoard } from "../../../src/operations/manager-board.ts";
import { myWeek } from "../../../src/operations/my-week.ts";
import { type CountedQueries, countedQueries } from "../../support/counted-queries.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, enrolled, type House } from "../../support/desk.ts";

const FEW = 5;
const MANY = 50;

let database: TestDatabase;
let counted: CountedQueries;
const houses = new Map<number, House>();
beforeAll(async () => {
  database = await freshDatabase();
  counted = countedQueries(database);
  for (const cases of [FEW, MANY]) {
    const house = await aHouse(database.db);
    houses.set(cases, house);
    for (let n = 0; n < cases; n += 1) {
      const { enrollment } = await enrolled(house);
      await database.db.enrollment.update({
        where: { id: enrollment.id },
        data: { verdict: "stalled", score: 10 },
      });
    }
  }
});
afterAll(async () => {
  await counted.close();
  await database.close();
});

/** The statements of one read; the first read of a process also fetches what never changes. */
async function statements(cases: number, read: (house: House) => Promise<unknown>): Promise<string[]> {
  const house = houses.get(cases);
  if (house === undefined) throw new Error(`There is no house of ${cases} cases.`);
  const desk = { ...house.desk, db: counted.db };
  await read({ ...house, desk });
  return counted.during(() => read({ ...house, desk }));
}

describe("the number of statements does not grow with the cases", () => {
  it.each<[string, (house: House) => Promise<unknown>]>([
    ["my week", ({ desk, workspaceId, csm }) => myWeek(desk, { workspaceId, userId: csm.id })],
    ["everybody's week", ({ desk, workspaceId }) => myWeek(desk, { workspaceId })],
    ["the manager's board", ({ desk, workspaceId }) => managerBoard(desk, { workspaceId })],
  ])("%s", async (_name, read) => {
    const few = await statements(FEW, read);
    const many = await statements(MANY, read);
    expect(few.length).toBeGreaterThan(0);
    expect(many.length).toBe(few.length);
  });
});
