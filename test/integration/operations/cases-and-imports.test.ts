import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeCase } from "../../../src/operations/close-case.ts";
import { consumeSignIn, endSession, readSession } from "../../../src/operations/consume-sign-in.ts";
import { enrollContact } from "../../../src/operations/enroll-contact.ts";
import { claimKey, keepResponse } from "../../../src/operations/idempotency.ts";
import { importAccounts } from "../../../src/operations/import-accounts.ts";
import { importContacts } from "../../../src/operations/import-contacts.ts";
import { issueSignInLink } from "../../../src/operations/issue-sign-in-link.ts";
import { openCase } from "../../../src/operations/open-case.ts";
import { publishSequences } from "../../../src/operations/publish-sequence.ts";
import { updateCase } from "../../../src/operations/update-case.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHandover, aHouse, enrolled, type House, ownSequences } from "../../support/desk.ts";

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

describe("imports", () => {
  const ACCOUNTS = [
    "external_ref,name,product,arr,currency,tier,zone,renewal_on,csm_email,work_week",
    "crm-1,Halden Outdoor,campaigns,28000,USD,mid,Europe/Oslo,2026-11-30,dana@fernwick.test,mon-fri",
    "crm-2,Najm Retail,campaigns,75000.50,SAR,high,Asia/Riyadh,2026-07-01,,sun-thu",
    "crm-3,Broken Zone,campaigns,1,USD,low,Mars/Base,,,",
    "crm-4,Broken Money,campaigns,12.345,USD,low,UTC,,,",
    "crm-5,No Product,nothing,1,USD,low,UTC,,,",
    "crm-6,Broken Day,campaigns,1,USD,low,UTC,2026-02-30,,",
    "crm-7,Too,few",
  ].join("\n");

  it("keeps the good rows, names line, column and remedy of the others, and can be repeated", async () => {
    const call = { workspaceId: house.workspaceId, csv: ACCOUNTS, actor: "cli" as const };
    const first = await importAccounts(house.desk, call);
    expect(first).toMatchObject({ created: 2, updated: 0, unchanged: 0 });
    expect(first.rejected.map(({ line, column }) => [line, column])).toEqual([
      [4, "zone"],
      [5, "arr"],
      [6, "product"],
      [7, "renewal_on"],
      [8, ""],
    ]);
    expect(first.rejected.every(({ remedy }) => remedy.length > 5)).toBe(true);
    expect(await importAccounts(house.desk, call)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    const najm = await database.db.account.findFirstOrThrow({ where: { externalRef: "crm-2" } });
    expect(najm).toMatchObject({ arrMinor: 7_500_050n, workWeek: [1, 2, 3, 4, 7] });
  });

  it("refuses an address with a line break or two addresses, and a contact of no account", async () => {
    const csv = [
      "account,name,email,roles,sponsor",
      "crm-1,Jonas Lie,Jonas.Lie@HALDEN.test,poc,",
      "crm-1,Sigrid Moe,sigrid@halden.test,decision_maker,yes",
      '"crm-1",Eve,"eve@halden.test\r\nBcc: all@halden.test",poc,',
      'crm-1,Two,"a@halden.test,b@halden.test",poc,',
      "nowhere,Nobody,n@halden.test,poc,",
      "crm-1,Odd Role,o@halden.test,king,",
    ].join("\n");
    const call = { workspaceId: house.workspaceId, csv, actor: "cli" as const };
    const report = await importContacts(house.desk, call);
    expect(report).toMatchObject({ created: 2 });
    expect(report.rejected.map(({ column }) => column)).toEqual(["email", "email", "account", "roles"]);
    expect(await importContacts(house.desk, call)).toMatchObject({ created: 0, unchanged: 2 });
    const account = await database.db.account.findFirstOrThrow({
      where: { externalRef: "crm-1" },
      include: { contacts: true },
    });
    expect(account.contacts.find(({ id }) => id === account.sponsorContactId)?.name).toBe("Sigrid Moe");
    expect(account.contacts.map(({ email }) => email)).toContain("Jonas.Lie@halden.test");
  });

  it("refuses a file with an unknown column as a whole", async () => {
    const report = await importContacts(house.desk, {
      workspaceId: house.workspaceId,
      csv: "account,name,shoe\nx,y,z",
      actor: "cli",
    });
    expect(report).toMatchObject({ created: 0, rejected: [{ line: 1, column: "shoe" }] });
  });
});

describe("publishing", () => {
  it("leaves an unchanged file alone, numbers a changed one, and keeps what runs when one is broken", async () => {
    const files = ownSequences();
    const call = (more: { name: string; source: string }[]) =>
      publishSequences(house.desk, { workspaceId: house.workspaceId, files: more, actor: "cli" });
    expect((await call(files)).published).toEqual([]);
    const internal = files.find(({ name }) => name.endsWith("internal.yaml"));
    if (internal === undefined) throw new Error("no internal.yaml");
    const changed = await call([{ ...internal, source: `${internal.source}\n# read again\n` }]);
    expect(changed.published).toMatchObject([{ key: "internal", version: 2 }]);
    const broken = await call([
      { ...internal, source: internal.source.replace("audience: contact", "audiance: contact") },
    ]);
    expect(broken.published).toEqual([]);
    expect(broken.refused[0]?.problems[0]).toMatchObject({ file: internal.name, line: expect.any(Number) });
    const current = await database.db.sequenceVersion.findFirstOrThrow({
      where: { workspaceId: house.workspaceId, key: "internal" },
      orderBy: { version: "desc" },
    });
    expect(current).toMatchObject({ version: 2, status: "published" });
  });
});

describe("cases", () => {
  it("S0-1, S0-21, S1-9, S1-13: derives severity and when we learned, and asks for the right calls", async () => {
    const { account, leaver } = await aHandover(house);
    await database.db.case.deleteMany({ where: { accountId: account.id } });
    const call = {
      workspaceId: house.workspaceId,
      accountId: account.id,
      departedContactId: leaver.id,
      departureReason: "promotion" as const,
      departureEffectiveOn: "2026-03-16",
      actor: "cli" as const,
    };
    const opened = await openCase(house.desk, call);
    expect(opened).toMatchObject({
      ok: true,
      case: { severity: 1, destination: "internal", learnedWhen: "pre" },
      repeated: false,
    });
    expect(await openCase(house.desk, call)).toMatchObject({ ok: true, repeated: true });
    if (!opened.ok) return;
    const tasks = await database.db.csmTask.findMany({ where: { caseId: opened.case.id } });
    expect(tasks.map(({ key }) => key).sort()).toEqual(["call-known-person", "sponsor-outreach"]);
    const after = await updateCase(house.desk, {
      workspaceId: house.workspaceId,
      caseId: opened.case.id,
      destination: "external",
      actor: "cli",
    });
    expect(after).toMatchObject({ ok: true, case: { severity: 3 } });
    expect(
      await updateCase(house.desk, {
        workspaceId: house.workspaceId,
        caseId: opened.case.id,
        learnedWhen: "post",
        actor: "cli",
      }),
    ).toMatchObject({ ok: false, problem: { code: "reason-needed" } });
  });

  it("S1-13b: with nobody left there, asks for the main line and for nobody by name", async () => {
    const { account, leaver, sponsor, contact } = await aHandover(house);
    await database.db.case.deleteMany({ where: { accountId: account.id } });
    await database.db.account.update({ where: { id: account.id }, data: { sponsorContactId: null } });
    await database.db.contact.deleteMany({ where: { id: { in: [sponsor.id, contact.id] } } });
    const opened = await openCase(house.desk, {
      workspaceId: house.workspaceId,
      accountId: account.id,
      departedContactId: leaver.id,
      actor: "cli",
    });
    if (!opened.ok) throw new Error(opened.problem.message);
    const tasks = await database.db.csmTask.findMany({ where: { caseId: opened.case.id } });
    expect(tasks.map(({ key }) => key)).toContain("call-main-line");
    expect(tasks.map(({ key }) => key)).not.toContain("call-known-person");
  });

  it("S0-1, S1-15: a sponsor who only moved inside the company is asked by name, and nobody looks for another", async () => {
    const { account, sponsor } = await aHandover(house);
    await database.db.case.deleteMany({ where: { accountId: account.id } });
    const opened = await openCase(house.desk, {
      workspaceId: house.workspaceId,
      accountId: account.id,
      departedContactId: sponsor.id,
      departureReason: "promotion",
      actor: "cli",
    });
    if (!opened.ok) throw new Error(opened.problem.message);
    const tasks = await database.db.csmTask.findMany({
      where: { caseId: opened.case.id },
      orderBy: { key: "asc" },
    });
    expect(tasks.map(({ key, text }) => [key, text])).toEqual([
      ["call-known-person", expect.stringContaining("Harriet Doyle")],
      ["sponsor-outreach", "Ask Harriet Doyle, who stays the sponsor, to stand behind their successor"],
    ]);
    expect(tasks[1]?.detail).toMatch(/^Harriet, you are handing over/);
    expect(tasks[1]?.detail).not.toContain("moving on");
  });

  it("S1-15: when the one who moved inside the company is all we know there, they are called, not the main line", async () => {
    const { account, leaver, sponsor, contact } = await aHandover(house);
    await database.db.case.deleteMany({ where: { accountId: account.id } });
    await database.db.account.update({ where: { id: account.id }, data: { sponsorContactId: null } });
    await database.db.contact.deleteMany({ where: { id: { in: [sponsor.id, contact.id] } } });
    const opened = await openCase(house.desk, {
      workspaceId: house.workspaceId,
      accountId: account.id,
      departedContactId: leaver.id,
      destination: "internal",
      actor: "cli",
    });
    if (!opened.ok) throw new Error(opened.problem.message);
    const call = await database.db.csmTask.findFirstOrThrow({
      where: { caseId: opened.case.id, kind: { startsWith: "call-" } },
    });
    expect(call).toMatchObject({ kind: "call-known-person", text: `Call ${leaver.name} at ${account.name}` });
  });

  it("S0-19, S0-21: when the decision maker is the one who left, asks for a new one by no name", async () => {
    const { account, sponsor } = await aHandover(house);
    await database.db.case.deleteMany({ where: { accountId: account.id } });
    const opened = await openCase(house.desk, {
      workspaceId: house.workspaceId,
      accountId: account.id,
      departedContactId: sponsor.id,
      actor: "cli",
    });
    if (!opened.ok) throw new Error(opened.problem.message);
    const task = await database.db.csmTask.findFirstOrThrow({
      where: { caseId: opened.case.id, key: "sponsor-outreach" },
    });
    expect(task.text).toBe(`Find the decision maker at ${account.name} and bring them in`);
    expect(task.detail).toMatch(/^Harriet Doyle is moving on/);
    expect(task.dueAt).not.toBeNull();
  });

  it("a competitor without a card is refused with those there are, and nothing of the case changes", async () => {
    const { turnover, account } = await aHandover(house);
    const actor = "cli" as const;
    const { workspaceId } = house;
    const refused = { ok: false, problem: { code: "unknown-competitor", place: "competitorKey" } };
    const update = {
      workspaceId,
      caseId: turnover.id,
      competitorKey: "mailharbour",
      newCompany: "Tarn",
      actor,
    };
    expect(await updateCase(house.desk, update)).toMatchObject(refused);
    const open = {
      workspaceId,
      accountId: account.id,
      kind: "champion" as const,
      competitorKey: "nobody",
      actor,
    };
    const result = await openCase(house.desk, open);
    expect(result).toMatchObject(refused);
    expect(result.ok ? "" : result.problem.remedy).toContain("mailharbor");
    const after = await house.desk.db.case.findFirstOrThrow({ where: { id: turnover.id } });
    expect(after).toMatchObject({ competitorKey: turnover.competitorKey, newCompany: turnover.newCompany });
    expect(await updateCase(house.desk, { ...update, competitorKey: "mailharbor" })).toMatchObject({
      ok: true,
    });
  });

  it("closing a case ends its programs and what was planned for them", async () => {
    const { turnover, enrollment } = await enrolled(house);
    const closed = await closeCase(house.desk, {
      workspaceId: house.workspaceId,
      caseId: turnover.id,
      outcome: "saved",
      actor: "cli",
    });
    expect(closed).toMatchObject({ ok: true, case: { status: "closed", outcome: "saved" } });
    if (closed.ok) expect(closed.exited).toContain(enrollment.id);
    expect(
      await closeCase(house.desk, {
        workspaceId: house.workspaceId,
        caseId: turnover.id,
        outcome: "lost",
        actor: "cli",
      }),
    ).toMatchObject({ ok: false });
  });
});

describe("closing and enrolling at the same moment", () => {
  it("never leaves a live program in a closed case", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { turnover, contact } = await aHandover(house);
      const call = { workspaceId: house.workspaceId, caseId: turnover.id, actor: "cli" as const };
      await Promise.all([
        enrollContact(house.desk, { ...call, contactId: contact.id }),
        closeCase(house.desk, { ...call, outcome: "dismissed" }),
      ]);
      const after = await database.db.case.findUniqueOrThrow({
        where: { id: turnover.id },
        include: { enrollments: true },
      });
      expect(after.status).toBe("closed");
      expect(after.enrollments.filter(({ status }) => status === "active")).toEqual([]);
    }
  });
});

describe("keys of the house", () => {
  it("A14: of sixteen uses of one sign-in link one gets a session", async () => {
    const issued = await issueSignInLink(house.desk, {
      workspaceId: house.workspaceId,
      email: "DANA@fernwick.test",
      byMail: false,
    });
    const token = issued.url?.split("/").at(-1) ?? "";
    const results = await Promise.all(Array.from({ length: 16 }, () => consumeSignIn(house.desk, { token })));
    const [session, ...others] = results.filter((result) => result !== null);
    expect(others).toEqual([]);
    expect(await readSession(house.desk, session?.sessionToken ?? "")).toMatchObject({
      user: { id: house.csm.id },
    });
    await endSession(house.desk, session?.sessionToken ?? "");
    expect(await readSession(house.desk, session?.sessionToken ?? "")).toBeNull();
  });

  it("an expired link, an unknown address and a link of another purpose open nothing", async () => {
    const expired = await issueSignInLink(house.desk, {
      workspaceId: house.workspaceId,
      email: "dana@fernwick.test",
      byMail: false,
      lifetimeSeconds: -1,
    });
    expect(await consumeSignIn(house.desk, { token: expired.url?.split("/").at(-1) ?? "" })).toBeNull();
    expect(
      await issueSignInLink(house.desk, {
        workspaceId: house.workspaceId,
        email: "who@fernwick.test",
        byMail: true,
      }),
    ).toEqual({ url: null, sendId: null });
    expect(
      await consumeSignIn(house.desk, { token: house.desk.links.sign("page", house.csm.id) }),
    ).toBeNull();
  });

  it("an idempotency key repeats the answer, and refuses another request", async () => {
    const key = { workspaceId: house.workspaceId, tokenId: house.csm.id, key: "k-1" };
    const claims = await Promise.all(
      Array.from({ length: 10 }, () => claimKey(house.desk, { ...key, request: { a: 1, b: 2 } })),
    );
    const [first, ...more] = claims.filter((claim) => claim.kind === "first");
    if (first === undefined) throw new Error("nobody was first");
    expect(more).toEqual([]);
    await keepResponse(house.desk, { ...first.held, status: 201, response: { id: "x" } });
    expect(await claimKey(house.desk, { ...key, request: { b: 2, a: 1 } })).toEqual({
      kind: "repeat",
      status: 201,
      response: { id: "x" },
    });
    expect(await claimKey(house.desk, { ...key, request: { a: 2 } })).toEqual({ kind: "mismatch" });
  });
});
