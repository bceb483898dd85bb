import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readApiToken } from "../../../src/operations/api-tokens.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, type House } from "../../support/desk.ts";
import { runBaton, settings, workFolder } from "./run-baton.ts";

const folder = workFolder();
let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase({ poolSize: 3 });
  house = await aHouse(database.db);
});
afterAll(async () => {
  await database?.close();
  folder.remove();
});

describe("keys for programs", () => {
  it("are made once in clear, listed without their secret, and end when they are revoked", async () => {
    const env = settings(database.url, folder.path);
    const made = await runBaton(["token", "create", "warehouse sync", "--scope", "read,write"], env);
    expect(made.code).toBe(0);
    const token = made.out.trim();
    expect(await readApiToken(house.desk, token)).toMatchObject({ scopes: ["read", "write"] });
    const listed = await runBaton(["token", "list", "--json"], env);
    expect(listed.out).not.toContain(token);
    const [row] = JSON.parse(listed.out) as { id: string; name: string }[];
    expect(row?.name).toBe("warehouse sync");
    expect((await runBaton(["token", "revoke", row?.id ?? ""], env)).code).toBe(0);
    expect(await readApiToken(house.desk, token)).toBeNull();
    const unknown = await runBaton(["token", "create", "x", "--scope", "everything"], env);
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining("read, write, admin") });
  });
});
