import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { diffSchema, migrate, writeMigration } from "../../../src/drivers/store/migrate.ts";
import { repositoryRoot } from "../../../src/repository-root.ts";
import { aContact, anAccount, anEnrollment, aWorkspace, START } from "../../support/builders.ts";
import { emptyDatabase, freshDatabase, type TestDatabase } from "../../support/database.ts";

let url: string;
let prisma: string;
const cleanUp: (() => unknown)[] = [];

async function prepare(): Promise<void> {
  const database = await emptyDatabase();
  url = database.url;
  prisma = mkdtempSync(join(tmpdir(), "baton-prisma-"));
  cpSync(join(repositoryRoot, "prisma"), prisma, { recursive: true });
  cleanUp.push(database.drop, () => rmSync(prisma, { recursive: true, force: true }));
}
afterEach(async () => {
  for (const act of cleanUp.splice(0)) await act();
});

async function query<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("the migrator", () => {
  it("applies every migration once, records it as Prisma does, and then finds nothing to do", async () => {
    await prepare();
    const names = readdirSync(join(prisma, "migrations")).filter((name) => !name.endsWith(".toml"));
    expect((await migrate(url)).applied).toEqual(names.sort());
    expect((await migrate(url)).applied).toEqual([]);
    const rows = await query<{ checksum: string; done: boolean }>(
      "select checksum, finished_at is not null as done from _prisma_migrations",
    );
    expect(rows.map(({ checksum, done }) => [checksum.length, done])).toEqual(names.map(() => [64, true]));
  });

  it("lets eight processes start at once: one migrates, the others wait", async () => {
    await prepare();
    const results = await Promise.all(Array.from({ length: 8 }, () => migrate(url)));
    expect(results.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
  });

  it("agrees with schema.prisma: the committed migrations leave nothing to add", async () => {
    await prepare();
    expect(await diffSchema(url)).toBe("");
  });

  it("writes the next migration for a changed schema, which then applies", async () => {
    await prepare();
    await migrate(url, prisma);
    appendFileSync(join(prisma, "schema.prisma"), "\nmodel Trial {\n  id String @id\n  note String\n}\n");
    const file = await writeMigration(url, "add_trial", START, prisma);
    expect(file).toMatch(/20260302090000_add_trial\/migration\.sql$/);
    expect(readFileSync(file ?? "", "utf8")).toMatch(/^-- CreateTable\nCREATE TABLE "Trial"/);
    expect(readFileSync(file ?? "", "utf8")).not.toMatch(/DROP|enrollment/);
    expect((await migrate(url, prisma)).applied).toEqual(["20260302090000_add_trial"]);
    expect(await writeMigration(url, "again", START, prisma)).toBeNull();
  });

  it("undoes a migration that fails half way, and applies it when it is corrected", async () => {
    await prepare();
    const folder = join(prisma, "migrations", "20270101000000_broken");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "migration.sql"),
      "create table half (id int);\nselect nothing_of_this_name();\n",
    );
    await expect(migrate(url, prisma)).rejects.toThrow(/nothing_of_this_name/);
    expect(await query("select to_regclass('half') as half")).toEqual([{ half: null }]);
    writeFileSync(join(folder, "migration.sql"), "create table half (id int);\n");
    expect((await migrate(url, prisma)).applied).toEqual(["20270101000000_broken"]);
  });

  it("refuses a migration that was changed after it was applied", async () => {
    await prepare();
    await migrate(url, prisma);
    appendFileSync(
      join(prisma, "migrations", "20260101000001_guards", "migration.sql"),
      "-- a late thought\n",
    );
    await expect(migrate(url, prisma)).rejects.toThrow(/20260101000001_guards was changed.*new migration/);
  });

  it("refuses a database that a newer version has migrated", async () => {
    await prepare();
    await migrate(url, prisma);
    await query(
      "update _prisma_migrations set migration_name = '20990101000000_later' where migration_name like '%guards'",
    );
    await expect(migrate(url, prisma)).rejects.toThrow(/20990101000000_later.*does not know/);
  });
});

describe("what the database itself refuses", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase({ poolSize: 20 });
  });
  afterAll(() => database.close());

  it("a second living enrollment of one contact, also when a hundred race", async () => {
    const { db } = database;
    const workspace = await aWorkspace(db);
    const account = await anAccount(db, workspace.id);
    const contact = await aContact(db, account);
    const same = { workspaceId: workspace.id, accountId: account.id, contactId: contact.id };
    const tries = await Promise.allSettled(Array.from({ length: 100 }, () => anEnrollment(db, same)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await db.enrollment.updateMany({ where: same, data: { status: "exited" } });
    await expect(anEnrollment(db, { ...same, cycle: 2 })).resolves.toMatchObject({ cycle: 2 });
  });

  it("a second program mail to one contact on one local date, unless the first was skipped or suppressed", async () => {
    const { db } = database;
    const { id, workspaceId, contactId } = await anEnrollment(db);
    const mail = (stepKey: string, status: string) =>
      db.send.create({
        data: {
          workspaceId,
          enrollmentId: id,
          contactId,
          stepKey,
          status,
          dueAt: START,
          nextAttemptAt: START,
          plannedAt: START,
          localDate: START,
        },
      });
    await mail("skipped", "skipped");
    await mail("first", "submitted");
    await expect(mail("second", "planned")).rejects.toMatchObject({ code: "P2002" });
    await expect(mail("suppressed", "suppressed")).resolves.toMatchObject({ stepKey: "suppressed" });
  });

  it("a status that is no status", async () => {
    await expect(anEnrollment(database.db, { status: "running" })).rejects.toThrow(/enrollment_status_known/);
  });
});
