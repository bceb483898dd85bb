import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transact } from "../../../src/operations/transact.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

describe("one act, one transaction", () => {
  it("is done again when it gave way in a deadlock, and both acts are in the end done once", async () => {
    const { db } = database;
    const keys = ["left", "right"];
    await db.sharedInstant.createMany({ data: keys.map((key) => ({ key, at: new Date(0) })) });
    const add = (key: string) => ({ where: { key }, data: { at: new Date() } });
    let met = 0;
    let go = (): void => undefined;
    const bothHaveOne = new Promise<void>((resolve) => {
      go = resolve;
    });
    const runs = [0, 0];
    const act = (index: number, [first = "", second = ""]: readonly string[]) =>
      transact(database, async (tx) => {
        runs[index] = (runs[index] ?? 0) + 1;
        await tx.sharedInstant.update(add(first));
        met += 1;
        if (met === 2) go();
        await bothHaveOne;
        await tx.sharedInstant.update(add(second));
        return first;
      });
    expect(await Promise.all([act(0, keys), act(1, keys.toReversed())])).toEqual(["left", "right"]);
    expect(runs.toSorted()).toEqual([1, 2]);
  });

  it("is not done again for any other fault", async () => {
    let runs = 0;
    const act = transact(database, async (tx) => {
      runs += 1;
      await tx.sharedInstant.create({ data: { key: "left", at: new Date(0) } });
    });
    await expect(act).rejects.toMatchObject({ code: "P2002" });
    expect(runs).toBe(1);
  });
});
