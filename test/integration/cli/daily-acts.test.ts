import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse } from "../../support/desk.ts";
import { type Ran, runBaton, settings, workFolder } from "./run-baton.ts";

const folder = workFolder();
let database: TestDatabase;
let env: Record<string, string>;
const baton = (...args: string[]): Promise<Ran> => runBaton(args, env);

const ACCOUNTS = `external_ref,name,product,zone,csm_email,arr,currency
A1,Halden Outdoor,campaigns,Europe/Oslo,dana@fernwick.test,28000,USD
A2,Corvane Logistics,campaigns,Europe/Atlantis,dana@fernwick.test,15000,USD
A3,Brightmoor Clinics,campaigns,America/Denver,dana@fernwick.test,40000,USD
`;
const CONTACTS = `external_ref,account,name,email,roles,sponsor
P1,A1,Sigrid Moe,sigrid@halden.test,departed,
P2,A1,Jonas Lie,jonas@halden.test,poc,
P3,A1,Ingrid Dahl,ingrid@halden.test,decision_maker,yes
P4,A1,No Address,,poc,
P5,A1,Line Break,"line@halden.test
Bcc: all@halden.test",poc,
P6,A9,Lost Soul,lost@halden.test,poc,
`;

beforeAll(async () => {
  database = await freshDatabase({ poolSize: 3 });
  await aHouse(database.db);
  env = settings(database.url, folder.path);
});

afterAll(async () => {
  await database?.close();
  folder.remove();
});

describe("from a file to an enrollment, by hand", () => {
  it("accounts import keeps the good rows and names the wrong one with line, column and remedy", async () => {
    const file = folder.file("accounts.csv", ACCOUNTS);
    const first = await baton("accounts", "import", file, "--json");
    expect(first.code).toBe(1);
    expect(JSON.parse(first.out)).toMatchObject({
      created: 2,
      rejected: [{ line: 3, column: "zone", message: expect.stringContaining("Europe/Atlantis") }],
    });
    expect(first.err).toMatch(/accounts\.csv:3 zone: .*\n {2}→ /);
    expect(await database.db.account.count()).toBe(2);
  });

  it("is safe to repeat: nothing is doubled", async () => {
    const file = folder.file("accounts.csv", ACCOUNTS.replace("Europe/Atlantis", "America/Toronto"));
    const again = await baton("accounts", "import", file, "--json");
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ created: 1, unchanged: 2, rejected: [] });
  });

  it("contacts import refuses an address with a line break and an unknown account, and keeps the rest", async () => {
    const { code, out, err } = await baton(
      "contacts",
      "import",
      folder.file("contacts.csv", CONTACTS),
      "--json",
    );
    expect(code).toBe(1);
    const report = JSON.parse(out) as { created: number; rejected: { column: string; remedy: string }[] };
    expect(report.created).toBe(4);
    expect(report.rejected.map(({ column }) => column).sort()).toEqual(["account", "email"]);
    expect(report.rejected.every(({ remedy }) => remedy !== "")).toBe(true);
    expect(err).toContain("contacts.csv");
    expect(await database.db.contact.count({ where: { email: { contains: "Bcc" } } })).toBe(0);
  });

  it("case open, list and show", async () => {
    const opened = await baton(
      ...["case", "open", "A1", "--departed", "P1", "--reason", "promotion", "--role", "replacing"],
      ...["--replacement", "P2", "--type", "internal", "--json"],
    );
    expect(opened).toMatchObject({ code: 0, err: "" });
    const { id } = JSON.parse(opened.out) as { id: string };
    const list = JSON.parse((await baton("case", "list", "--json")).out) as { id: string }[];
    expect(list.map((row) => row.id)).toEqual([id]);
    const shown = await baton("case", "show", "A1", "--json");
    expect(JSON.parse(shown.out)).toMatchObject({ id, replacementType: "internal" });
  });

  it("an unknown competitor is refused by name, and nothing is opened", async () => {
    const { code, err } = await baton(
      ...["case", "open", "A3", "--type", "ex_competitor", "--competitor", "nobody-knows"],
    );
    expect(code).toBe(1);
    expect(err).toContain("nobody-knows");
    expect(err).toContain("→");
    expect(await database.db.case.count()).toBe(1);
  });

  it("a contact without address cannot be enrolled", async () => {
    const { code, err } = await baton("enroll", "P4");
    expect(code).toBe(1);
    expect(err).toMatch(/contact\.email: .*no mail address[\s\S]*→/);
    expect(await database.db.enrollment.count()).toBe(0);
  });

  it("enrolls once; the second time says where they are already", async () => {
    const first = await baton("enroll", "jonas@halden.test", "--json");
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(first.out)).toMatchObject({
      enrollment: { status: "active", zone: "Europe/Oslo" },
      reason: expect.any(String),
    });
    const second = await baton("enroll", "P2");
    expect(second.code).toBe(1);
    expect(second.err).toMatch(/already/);
    expect(await database.db.enrollment.count({ where: { audience: "contact" } })).toBe(1);
    expect(await database.db.send.count({ where: { status: "submitted" } })).toBe(0);
  });

  it("preview for the real contact takes zone and case from the data", async () => {
    const { code, out } = await baton("preview", "internal", "--contact", "P2", "--json");
    expect(code).toBe(0);
    const { steps } = JSON.parse(out) as { steps: { zone: string }[] };
    expect(steps.length).toBeGreaterThanOrEqual(6);
    expect(steps[0]?.zone).toBe("Europe/Oslo");
  });

  it("preview --render writes the mails of the published program as this very person gets them", async () => {
    // Published since the files were read: what goes is the version, not the file.
    const version = await database.db.sequenceVersion.findFirstOrThrow({ where: { key: "internal" } });
    const definition = version.definition as { steps: { subject: string; class: string }[] };
    const first = definition.steps.findIndex((step) => step.class !== "csm-task");
    const steps = definition.steps.map((step, index) =>
      index === first ? { ...step, subject: "As published for {{contact.firstName}}" } : step,
    );
    await database.db.sequenceVersion.update({
      where: { id: version.id },
      data: { definition: { ...definition, steps } as object },
    });
    const to = join(folder.path, "jonas");
    const { code, err } = await baton("preview", "internal", "--contact", "P2", "--render", to);
    expect(err).toMatch(/mails written to/);
    expect(code).toBe(0);
    const sources = readdirSync(to)
      .filter((name) => name.endsWith(".eml"))
      .map((name) => readFileSync(join(to, name), "utf8"));
    expect(sources.length).toBeGreaterThanOrEqual(6);
    expect(sources.filter((source) => /^Subject: As published for Jonas\r?$/m.test(source))).toHaveLength(1);
    const readers = sources.map((source) => /^To: (.*?)\r?$/m.exec(source)?.[1] ?? "");
    expect(new Set(readers)).toEqual(new Set(["Jonas Lie <jonas@halden.test>"]));
    expect(sources.every((source) => /^From: Dana Whitlock <dana@fernwick\.test>/m.test(source))).toBe(true);
    expect(sources.join("")).not.toMatch(/Imani|Brightmoor/);
    expect(sources.join("")).toContain("Halden Outdoor");
  });

  it("readiness show explains where the contact stands, and refuses somebody who was never enrolled", async () => {
    const shown = await baton("readiness", "show", "P2", "--json");
    expect(shown.code).toBe(0);
    expect(JSON.parse(shown.out)).toMatchObject({ readiness: { verdict: "not_started", score: 0 } });
    const never = await baton("readiness", "show", "P3");
    expect(never.code).toBe(1);
    expect(never.err).toContain("never enrolled");
  });

  it("case close needs an outcome that exists", async () => {
    const wrong = await baton("case", "close", "A1", "--outcome", "vanished");
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(/--outcome[\s\S]*vanished[\s\S]*saved, [\s\S]*lost/);
    const right = await baton("case", "close", "A1", "--outcome", "saved", "--reason", "He knows it all");
    expect(right).toMatchObject({ code: 0, err: "" });
    expect(await database.db.case.count({ where: { closedAt: null } })).toBe(0);
  });

  it("doctor says what is there", async () => {
    const { code, out } = await baton("doctor", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      { what: "database", state: "ok" },
      { what: "queue", state: "ok" },
      { what: "audit", state: "ok" },
      { what: "smtp", state: "not used" },
      { what: "answers", state: "ok" },
    ]);
  });

  it("a fault is no refusal: exit code 2 when the database cannot be reached", async () => {
    const gone = { ...env, DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" };
    const { code, err } = await runBaton(["case", "list"], gone);
    expect(code).toBe(2);
    expect(err).not.toBe("");
  });
});
