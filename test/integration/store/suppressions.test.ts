import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  findSuppression,
  liftSuppression,
  suppressAddress,
} from "../../../src/drivers/store/suppressions.ts";
import { aWorkspace, START } from "../../support/builders.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

describe("suppressions", () => {
  it("keep the first reason, however often and from wherever an address is suppressed", async () => {
    const { db } = database;
    const { id: workspaceId } = await aWorkspace(db);
    const entry = { workspaceId, email: "Robin@Customer.test ", at: START };
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => suppressAddress(db, { ...entry, reason: "unsubscribed" })),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await suppressAddress(db, { ...entry, reason: "hard_bounce" })).toBe(false);
    expect(await findSuppression(db, workspaceId, "robin@customer.TEST")).toMatchObject({
      reason: "unsubscribed",
    });
  });

  it("hold in their own workspace only, until somebody lifts them", async () => {
    const { db } = database;
    const [{ id: one }, { id: two }] = [await aWorkspace(db), await aWorkspace(db)];
    await suppressAddress(db, { workspaceId: one, email: "a@x.test", reason: "complaint", at: START });
    expect(await findSuppression(db, two, "a@x.test")).toBeNull();
    expect(await liftSuppression(db, two, "a@x.test")).toBeNull();
    expect(await liftSuppression(db, one, "A@x.test")).toMatchObject({ reason: "complaint" });
    expect(await findSuppression(db, one, "a@x.test")).toBeNull();
  });
});
