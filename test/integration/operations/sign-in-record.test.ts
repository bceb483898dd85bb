import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAuditBreak } from "../../../src/drivers/store/audit.ts";
import {
  consumeSignIn,
  endAllSessions,
  endOwnSession,
  endSession,
  readSession,
} from "../../../src/operations/consume-sign-in.ts";
import { issueSignInLink } from "../../../src/operations/issue-sign-in-link.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, type House } from "../../support/desk.ts";

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

async function aLink(more: { lifetimeSeconds?: number; browser?: string } = {}): Promise<string> {
  const { workspaceId, csm, desk } = house;
  const { url } = await issueSignInLink(desk, { workspaceId, email: csm.email, byMail: false, ...more });
  return url?.split("/").at(-1) ?? "";
}

async function signIn(): Promise<string> {
  const signedIn = await consumeSignIn(house.desk, { token: await aLink() });
  return signedIn?.sessionToken ?? "";
}

/** What the audit says of sign-ins, oldest first, without the ids of sessions. */
async function record() {
  const entries = await database.db.auditEntry.findMany({
    where: { workspaceId: house.workspaceId, action: { in: ["signed-in", "signed-out"] } },
    orderBy: { id: "asc" },
  });
  return entries.map(({ action, actor, subjectId, after }) => {
    expect([actor, subjectId]).toEqual([`user:${house.csm.id}`, house.csm.id]);
    const { sessionId: _id, ...said } = after as Record<string, unknown>;
    return [action, said];
  });
}

describe("the audit of who came in (trust.md 6)", () => {
  it("holds each sign-in and sign-out once, and counts what was tried in vain instead of listing it", async () => {
    const first = await signIn();
    await endSession(house.desk, first);
    await endSession(house.desk, first);
    await endSession(house.desk, "nobody's");
    expect(await record()).toEqual([
      ["signed-in", { failedBefore: 0 }],
      ["signed-out", {}],
    ]);

    const late = await aLink({ lifetimeSeconds: -1 });
    const bound = await aLink({ browser: "the browser that asked" });
    for (let n = 0; n < 3; n += 1) expect(await consumeSignIn(house.desk, { token: late })).toBeNull();
    for (const browser of [undefined, "another"])
      expect(await consumeSignIn(house.desk, { token: bound, browser })).toBeNull();
    expect(await consumeSignIn(house.desk, { token: "forged" })).toBeNull();
    expect(await record()).toHaveLength(2);

    const sessions = [await signIn(), await signIn(), await signIn()];
    const here = await readSession(house.desk, sessions[0] ?? "");
    const { workspaceId } = house;
    const person = { workspaceId, userId: house.csm.id };
    expect(await endOwnSession(house.desk, { ...person, sessionId: here?.sessionId ?? "" })).toBe(true);
    expect(await endOwnSession(house.desk, { ...person, sessionId: here?.sessionId ?? "" })).toBe(false);
    expect(await endAllSessions(house.desk, person)).toBe(2);
    expect(await endAllSessions(house.desk, person)).toBe(0);
    expect((await record()).slice(2)).toEqual([
      ["signed-in", { failedBefore: 5 }],
      ["signed-in", { failedBefore: 0 }],
      ["signed-in", { failedBefore: 0 }],
      ["signed-out", {}],
      ["signed-out", { sessions: 2, everywhere: true }],
    ]);
    expect(await findAuditBreak(database.db, workspaceId)).toBeNull();
  });
});
