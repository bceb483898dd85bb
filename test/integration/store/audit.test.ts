import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAuditBreak, recordAudit } from "../../../src/drivers/store/audit.ts";
import { aWorkspace, START } from "../../support/builders.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase({ poolSize: 20 });
});
afterAll(() => database.close());

const entry = (workspaceId: string, n: number) => ({
  workspaceId,
  at: START,
  actor: "system",
  action: "contact-enrolled",
  subjectType: "enrollment",
  subjectId: `subject-${n}`,
  after: { status: "active", arrMinor: 12_000_000n, nested: { b: 1.5, a: [null, "é"] } },
});

describe("the audit", () => {
  it("keeps one unbroken chain under 50 parallel writers, inside and outside of transactions", async () => {
    const { db } = database;
    const [{ id: one }, { id: two }] = [await aWorkspace(db), await aWorkspace(db)];
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        n % 2 === 0
          ? recordAudit(db, entry(n % 4 === 0 ? one : two, n))
          : db.$transaction((tx) => recordAudit(tx, entry(n % 4 === 1 ? one : two, n)), {
              maxWait: 30_000,
              timeout: 30_000,
            }),
      ),
    );
    expect(await db.auditEntry.count({ where: { workspaceId: one } })).toBe(26);
    expect(await db.auditEntry.count({ where: { workspaceId: two } })).toBe(24);
    expect(await findAuditBreak(db, one)).toBeNull();
    expect(await findAuditBreak(db, two)).toBeNull();
  });

  it("writes nothing when the transaction around it fails", async () => {
    const { db } = database;
    const { id } = await aWorkspace(db);
    const act = db.$transaction(async (tx) => {
      await recordAudit(tx, entry(id, 1));
      throw new Error("the act failed");
    });
    await expect(act).rejects.toThrow("the act failed");
    expect(await db.auditEntry.count({ where: { workspaceId: id } })).toBe(0);
  });

  it("refuses to change, delete or empty what was written", async () => {
    const { db } = database;
    const { id } = await aWorkspace(db);
    const { id: row } = await recordAudit(db, entry(id, 1));
    await expect(db.auditEntry.update({ where: { id: row }, data: { actor: "x" } })).rejects.toThrow(
      /append-only/,
    );
    await expect(db.auditEntry.delete({ where: { id: row } })).rejects.toThrow(/append-only/);
    await expect(db.$executeRaw`truncate audit_entry`).rejects.toThrow(/append-only/);
  });

  it("finds a row that somebody altered behind its back", async () => {
    const { db } = database;
    const { id } = await aWorkspace(db);
    await recordAudit(db, entry(id, 1));
    const { id: row } = await recordAudit(db, entry(id, 2));
    await recordAudit(db, entry(id, 3));
    await db.$executeRaw`alter table audit_entry disable trigger audit_entry_append_only`;
    await db.auditEntry.update({ where: { id: row }, data: { reason: "never happened" } });
    await db.$executeRaw`alter table audit_entry enable trigger audit_entry_append_only`;
    expect(await findAuditBreak(db, id)).toEqual({ id: row, problem: "altered" });
  });
});
