import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROW_LIMIT } from "../../../src/domain/accounts/read-csv.ts";
import { importAccounts } from "../../../src/operations/import-accounts.ts";
import { importContacts } from "../../../src/operations/import-contacts.ts";
import { importTasks } from "../../../src/operations/import-tasks.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHandover, aHouse, type House } from "../../support/desk.ts";

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

const call = (csv: string) => ({ workspaceId: house.workspaceId, csv, actor: "cli" as const });

describe("a large import (A21)", () => {
  it("takes twenty thousand people in seconds, each once, however often the file says them", async () => {
    const accounts = Array.from({ length: 1000 }, (_, n) => `big-${n},Big ${n},campaigns`);
    const made = await importAccounts(
      house.desk,
      call(["external_ref,name,product", ...accounts].join("\n")),
    );
    expect(made).toMatchObject({ created: 1000, rejected: [] });
    const people = Array.from({ length: 20_000 }, (_, n) => {
      const email = `p${n % 19_000}@big${n % 1000}.test`;
      return `big-${n % 1000},Robin Vega,${email},poc`;
    });
    const csv = ["account,name,email,roles", ...people].join("\n");
    const started = performance.now();
    expect(await importContacts(house.desk, call(csv))).toEqual({
      created: 19_000,
      updated: 0,
      unchanged: 1000,
      rejected: [],
    });
    // On a loaded machine; row by row it takes minutes.
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(await database.db.contact.count({ where: { workspaceId: house.workspaceId } })).toBe(19_000);
    expect(await importContacts(house.desk, call(csv))).toMatchObject({ created: 0, unchanged: 20_000 });
  }, 120_000);

  it("refuses more rows than it takes as a whole, names the limit and the way out, and keeps nothing", async () => {
    const before = await database.db.contact.count();
    const rows = Array.from({ length: ROW_LIMIT + 1 }, (_, n) => `big-1,Person ${n}`);
    const report = await importContacts(house.desk, call(["account,name", ...rows].join("\n")));
    expect(report).toMatchObject({ created: 0, updated: 0, unchanged: 0 });
    expect(report.rejected).toHaveLength(1);
    expect(report.rejected[0]?.message).toContain("more than 50,000 rows");
    expect(report.rejected[0]?.remedy).toContain("Split it");
    expect(await database.db.contact.count()).toBe(before);
  });
});

describe("one file that says a thing twice", () => {
  it("counts the same line once, and refuses the second of two that contradict each other", async () => {
    const rows = [
      "external_ref,name,product,tier,zone",
      "twice-1,Alder,campaigns,high,UTC",
      "twice-1,Alder,campaigns,high,UTC",
      "twice-2,Birch,campaigns,high,UTC",
      "twice-2,Birch,campaigns,low,UTC",
      "twice-3,Cedar,nothing,low,UTC",
      "twice-3,Cedar,nothing,low,UTC",
      "twice-3,Cedar,campaigns,low,UTC",
    ];
    const report = await importAccounts(house.desk, call(rows.join("\n")));
    expect(report).toMatchObject({ created: 3, updated: 0, unchanged: 1 });
    expect(report.rejected.map(({ line, column, message }) => [line, column, message])).toEqual([
      [5, "", "Line 4 is about the same and says something else."],
      [6, "product", 'There is no product "nothing".'],
      [7, "product", 'There is no product "nothing".'],
    ]);
    const birch = await database.db.account.findFirstOrThrow({ where: { externalRef: "twice-2" } });
    expect(birch.tier).toBe("high");
  });

  it("finds a row that was written a line before: by address, by name, by reference", async () => {
    const { account } = await aHandover(house);
    const rows = [
      "external_ref,account,name,email,title",
      `,${account.name},Ola Nord,,`,
      `,${account.name},Ola Nord,ola@nord.test,`,
      `ola-1,${account.name},Ola Nord,OLA@nord.test,Head`,
      `,${account.name},Ola Nord,other@nord.test,`,
    ];
    expect(await importContacts(house.desk, call(rows.join("\n")))).toMatchObject({
      created: 2,
      updated: 2,
      rejected: [],
    });
    const people = await database.db.contact.findMany({
      where: { accountId: account.id, name: "Ola Nord" },
      orderBy: { email: "asc" },
    });
    expect(people.map(({ email, externalRef, title }) => [email?.toLowerCase(), externalRef, title])).toEqual(
      [
        ["ola@nord.test", "ola-1", "Head"],
        ["other@nord.test", null, null],
      ],
    );
  });
});

describe("the record of an import", () => {
  it("names the rows that changed and their fields, and nothing of what they hold", async () => {
    const { account } = await aHandover(house);
    const csv = (title: string) =>
      `external_ref,account,name,title\nrec-1,${account.name},Kari Berg,${title}`;
    await importContacts(house.desk, call(csv("Buyer")));
    await importContacts(house.desk, call(csv("Director")));
    await importContacts(house.desk, call(csv("Director")));
    const person = await database.db.contact.findFirstOrThrow({ where: { externalRef: "rec-1" } });
    const entries = await database.db.auditEntry.findMany({
      where: { workspaceId: house.workspaceId, action: "contacts-imported" },
      orderBy: { id: "desc" },
      take: 2,
    });
    expect(entries.map(({ after }) => after)).toMatchObject([
      { updated: 1, createdIds: [], updatedFields: { [person.id]: ["title"] } },
      { created: 1, createdIds: [person.id], updatedFields: {} },
    ]);
    expect(JSON.stringify(entries.map(({ after }) => after))).not.toMatch(/Kari|Director|Buyer/);
  });

  it("saves the other rows when the database refuses one that no rule foresaw", async () => {
    const { account, turnover } = await aHandover(house);
    await database.db.$executeRawUnsafe(
      `alter table csm_task add constraint no_owls check (text not like '%owl%')`,
    );
    const rows = [
      "external_ref,account,text",
      `o-1,${account.name},Ask`,
      `o-2,${account.name},An owl`,
      `o-3,${account.name},Call`,
    ];
    const report = await importTasks(house.desk, call(rows.join("\n")));
    expect(report).toMatchObject({
      created: 2,
      rejected: [{ line: 3, message: "This row could not be saved." }],
    });
    const kept = await database.db.csmTask.findMany({
      where: { caseId: turnover.id, externalRef: { not: null } },
      orderBy: { externalRef: "asc" },
    });
    expect(kept.map(({ externalRef }) => externalRef)).toEqual(["o-1", "o-3"]);
    await database.db.$executeRawUnsafe("alter table csm_task drop constraint no_owls");
  });
});
