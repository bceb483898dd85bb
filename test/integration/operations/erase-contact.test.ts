import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAuditBreak, recordAudit } from "../../../src/drivers/store/audit.ts";
import { findSuppression, suppressAddress } from "../../../src/drivers/store/suppressions.ts";
import { askDeletion } from "../../../src/operations/ask-deletion.ts";
import { contactData } from "../../../src/operations/contact-data.ts";
import { eraseContact } from "../../../src/operations/erase-contact.ts";
import { recordAct } from "../../../src/operations/record-act.ts";
import { saveContact } from "../../../src/operations/save-contact.ts";
import { setReaderSettings } from "../../../src/operations/set-reader-settings.ts";
import { aWorkspace } from "../../support/builders.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, enrolled, type House } from "../../support/desk.ts";

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

const NAME = `Zephyrine O'Quell "Zed"`;
const EMAIL = "zephyrine.oquell@wherever.test";

/** Somebody who has done, said and been sent all that leaves words behind. */
async function aTalker(name = NAME, email = EMAIL, firstName = "Zephyrine") {
  const handover = await enrolled(house, { contact: { name, firstName, email, title: "Head of recalls" } });
  const { enrollment, contact, turnover, account } = handover;
  const { db } = house.desk;
  const { workspaceId } = house;
  let n = 0;
  const act = async (input: Parameters<typeof recordAct>[1]["act"]) => {
    const result = await recordAct(house.desk, {
      workspaceId,
      enrollmentId: enrollment.id,
      act: input,
      source: "page",
      dedupeKey: `act-${n++}`,
    });
    if (!result.ok) throw new Error(result.problem.message);
  };
  await act({ kind: "task-done", task: "what-good-means-here", text: `Signed ${name}` });
  await act({ kind: "question-asked", text: `May ${firstName} send to all? Write to ${email}` });
  await act({ kind: "priorities-set", items: [{ text: "Fewer no-shows", why: `${name} says so` }] });
  await act({ kind: "intent-stated", intent: "keep", why: "It works for me" });
  await act({ kind: "meeting-requested", note: `${name} prefers mornings` });
  await act({ kind: "colleague-introduced", who: "Lee Brandt", email: "lee@wherever.test", delegate: false });
  const now = house.desk.clock.now();
  const { id: sendId } = await db.send.create({
    data: {
      workspaceId,
      enrollmentId: enrollment.id,
      contactId: contact.id,
      accountId: account.id,
      stepKey: "the-job",
      status: "submitted",
      subject: `${firstName}, your first task`,
      response: `250 ok <${email}>`,
      dueAt: now,
      nextAttemptAt: now,
      localDate: new Date("2026-03-02"),
      plannedAt: now,
      submittedAt: now,
    },
  });
  await db.hit.create({
    data: { workspaceId, sendId, at: now, method: "GET", target: "page", ipHash: "x", ruleSetVersion: "1" },
  });
  await db.inboundMail.create({
    data: {
      workspaceId,
      enrollmentId: enrollment.id,
      kind: "reply",
      fromAddress: email,
      subject: `Re: ${firstName}`,
      text: `Regards, ${name}`,
      detail: { from: `${name} <${email}>` },
      rawHash: createHash("sha256").update(email).digest("hex"),
      receivedAt: now,
    },
  });
  await db.timelineEntry.create({
    data: {
      workspaceId,
      accountId: account.id,
      kind: "note",
      date: now,
      text: `Met ${name.toUpperCase()} (${email})`,
      source: "csm",
      author: `user:${house.csm.id}`,
    },
  });
  await db.webhookDelivery.create({
    data: {
      workspaceId,
      endpointId: (
        await db.webhookEndpoint.create({
          data: { workspaceId, url: "https://hook.test", secret: "s", events: [], createdAt: now },
        })
      ).id,
      eventId: `msg_${email}`.slice(0, 4) + n,
      eventType: "contact.enrolled",
      payload: { contact: { name, email, list: [name] }, score: 41 },
      createdAt: now,
    },
  });
  await recordAudit(db, {
    workspaceId,
    at: now,
    actor: `user:${house.csm.id}`,
    action: "contact-changed",
    subjectType: "contact",
    subjectId: contact.id,
    before: { name: "Z. Quell" },
    after: { name, email },
    reason: `${name} married`,
  });
  return { ...handover, caseId: turnover.id, sendId };
}

/** Every text, list and JSON column of every table, whatever tables there are. */
async function placesWith(word: string): Promise<string[]> {
  const { db } = house.desk;
  const columns = await db.$queryRaw<{ table: string; column: string }[]>`
    select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and udt_name in ('text', 'varchar', '_text', '_varchar', 'json', 'jsonb')`;
  const places: string[] = [];
  for (const { table, column } of columns) {
    for (const form of new Set([word, JSON.stringify(word).slice(1, -1)])) {
      const [row] = await db.$queryRawUnsafe<{ count: bigint }[]>(
        `select count(*) from "${table}" where position(lower($1) in lower("${column}"::text)) > 0`,
        form,
      );
      if (Number(row?.count) > 0) places.push(`${table}.${column}`);
    }
  }
  return [...new Set(places)].sort();
}

describe("erasing a person", () => {
  it("leaves no occurrence of name or address in any column of any table, and keeps the numbers", async () => {
    const { contact, enrollment, sendId } = await aTalker();
    const other = await aTalker("Imre Halloran Voss", "imre@wherever.test", "Imre");
    const { db } = house.desk;
    const { workspaceId } = house;
    expect((await placesWith(EMAIL)).length).toBeGreaterThan(6);
    expect((await placesWith(NAME)).length).toBeGreaterThan(6);
    const events = await db.engagementEvent.count({ where: { enrollmentId: enrollment.id } });

    const erased = await eraseContact(house.desk, {
      workspaceId,
      contactId: contact.id,
      actor: `user:${house.csm.id}`,
      reason: `${NAME} asked on their page`,
    });
    expect(erased).toMatchObject({ ok: true, repeated: false });
    expect(await placesWith(EMAIL)).toEqual([]);
    expect(await placesWith(NAME)).toEqual([]);
    expect(await placesWith("Zephyrine")).toEqual([]);

    expect(await db.engagementEvent.count({ where: { enrollmentId: enrollment.id } })).toBe(events);
    expect(await db.hit.count({ where: { sendId } })).toBe(0);
    const question = await db.question.findFirstOrThrow({ where: { contactId: contact.id } });
    expect(question.text).toBe("(erased)");
    const delivery = await db.webhookDelivery.findFirstOrThrow({
      where: { workspaceId, eventType: "contact.enrolled" },
      orderBy: { id: "asc" },
    });
    expect(delivery.payload).toMatchObject({ score: 41, contact: { list: ["(erased)"] } });
    // The other person's words are where they were.
    expect((await placesWith("Imre Halloran Voss")).length).toBeGreaterThan(6);
    expect((await db.question.findFirstOrThrow({ where: { contactId: other.contact.id } })).text).toContain(
      "May Imre send to all?",
    );
  });

  it("ends programs and page links, and knows the address again by a keyed hash only", async () => {
    const { contact, enrollment } = await aTalker("Orla Fenn-Castle", "orla@wherever.test", "Orla");
    const { db } = house.desk;
    const { workspaceId } = house;
    const input = { workspaceId, contactId: contact.id, actor: "system", reason: "asked" } as const;
    await eraseContact(house.desk, input);
    const ended = await db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(ended).toMatchObject({ status: "exited", linksVoidBefore: house.desk.clock.now() });
    expect(ended.pageKey).not.toBe(enrollment.pageKey);
    const found = await findSuppression(db, workspaceId, " Orla@Wherever.test");
    expect(found?.email).toMatch(/^erased:[0-9a-f]{64}$/);
    expect(await findSuppression(db, workspaceId, "nobody@wherever.test")).toBeNull();
  });

  it("keeps the audit's chain whole, names what it emptied, and does nothing a second time", async () => {
    const { contact } = await aTalker("Tamsin Yarrow", "tamsin@wherever.test", "Tamsin");
    const { db } = house.desk;
    const { workspaceId } = house;
    const input = { workspaceId, contactId: contact.id, actor: "system", reason: "asked" } as const;
    await eraseContact(house.desk, input);
    expect(await findAuditBreak(db, workspaceId)).toBeNull();
    const count = await db.auditEntry.count({ where: { workspaceId } });
    expect(await eraseContact(house.desk, input)).toMatchObject({ ok: true, repeated: true });
    expect(await db.auditEntry.count({ where: { workspaceId } })).toBe(count);
    const unknown = { ...input, contactId: workspaceId };
    expect(await eraseContact(house.desk, unknown)).toMatchObject({
      ok: false,
      problem: { code: "unknown-contact" },
    });
  });

  it("counts the chain as broken when an entry is emptied that no erasure names", async () => {
    const { db } = house.desk;
    const { id: workspaceId } = await aWorkspace(db);
    const { id } = await recordAudit(db, {
      workspaceId,
      at: house.desk.clock.now(),
      actor: "system",
      action: "something-done",
      subjectType: "case",
      subjectId: "1",
      reason: "not to be seen",
    });
    await db.$executeRaw`update audit_entry set before = null, after = null, reason = null, "redactedAt" = now() where id = ${id}`;
    expect(await findAuditBreak(db, workspaceId)).toEqual({ id, problem: "emptied" });
    await expect(
      db.$executeRaw`update audit_entry set actor = 'x', "redactedAt" = now() where id = ${id}`,
    ).rejects.toThrow(/append-only/);
  });
});

describe("what an erasure finds besides", () => {
  const erase = (contactId: string, more: object = {}) =>
    eraseContact(
      { ...house.desk, ...more },
      {
        workspaceId: house.workspaceId,
        contactId,
        actor: "system",
        reason: "asked",
      },
    );

  it("finds a name after a line break, a tab or a carriage return inside JSON", async () => {
    const [name, email] = ["Perpetua Quist", "perpetua@wherever.test"];
    const { contact, account, enrollment } = await enrolled(house, {
      contact: { name, firstName: "Perpetua", email },
    });
    const { db } = house.desk;
    const { workspaceId } = house;
    const at = house.desk.clock.now();
    const texts = ["\n", "\t", "\r", "\b", "\f", "\u0001", '"'].map(
      (gap) => `Hello${gap}${name}${gap}${email}`,
    );
    const endpoint = await db.webhookEndpoint.create({
      data: { workspaceId, url: "https://hook.test", secret: "s", events: [], createdAt: at },
    });
    await db.webhookDelivery.create({
      data: {
        workspaceId,
        endpointId: endpoint.id,
        eventId: `msg_${contact.id}`,
        eventType: "x",
        payload: { texts },
        createdAt: at,
      },
    });
    await db.idempotencyKey.create({
      data: {
        workspaceId,
        tokenId: workspaceId,
        key: name,
        requestHash: "",
        response: { texts },
        createdAt: at,
      },
    });
    await db.successPlan.create({
      data: {
        workspaceId,
        accountId: account.id,
        version: 1,
        goals: texts.map((statement, n) => ({ key: `g${n}`, statement, status: "open" })),
        createdAt: at,
        createdBy: "system",
      },
    });
    await db.engagementEvent.create({
      data: {
        workspaceId,
        enrollmentId: enrollment.id,
        contactId: contact.id,
        kind: "other",
        evidenceClass: "system",
        occurredAt: at,
        receivedAt: at,
        payload: { said: texts },
        source: "csm",
        dedupeKey: "texts",
      },
    });
    await erase(contact.id);
    expect(await placesWith(name)).toEqual([]);
    expect(await placesWith(email)).toEqual([]);
    const plan = await db.successPlan.findFirstOrThrow({ where: { accountId: account.id } });
    expect(plan.goals).toMatchObject([
      { statement: "Hello\n(erased)\n(erased)", status: "open" },
      {},
      {},
      {},
      {},
      {},
      {},
    ]);
  });

  it("bites into no longer word: neither before nor after", async () => {
    const { contact, turnover } = await enrolled(house, {
      contact: { name: "Mar Lind", firstName: "Mar", email: "mar@wherever.test" },
    });
    const detail = "Marlind, Omar Lindgren and Ömar Lind; Mar Lind.";
    await house.desk.db.csmTask.create({
      data: {
        workspaceId: house.workspaceId,
        caseId: turnover.id,
        key: "a",
        kind: "a",
        text: "a",
        detail,
        dueAt: new Date(),
        createdAt: new Date(),
      },
    });
    await erase(contact.id);
    const task = await house.desk.db.csmTask.findFirstOrThrow({ where: { caseId: turnover.id, key: "a" } });
    expect(task.detail).toBe("Marlind, Omar Lindgren and Ömar (erased); (erased).");
  });

  it("finds earlier names and addresses, in the audit, the list of suppressions and what was written then", async () => {
    const { db } = house.desk;
    const { workspaceId } = house;
    const { contact, account } = await enrolled(house, {
      contact: { name: "Odalys Brack", firstName: "Odalys", email: "odalys.brack@wherever.test" },
    });
    const saved = await saveContact(house.desk, {
      workspaceId,
      contactId: contact.id,
      row: { name: "Odalys Wren-Hale", first_name: "Oda", email: "oda@elsewhere.test", roles: "poc" },
      sponsor: false,
      actor: "system",
    });
    expect(saved).toMatchObject({ ok: true });
    await suppressAddress(db, {
      workspaceId,
      email: "odalys.brack@wherever.test",
      reason: "hard_bounce",
      at: house.desk.clock.now(),
    });
    await db.timelineEntry.create({
      data: {
        workspaceId,
        accountId: account.id,
        kind: "note",
        date: house.desk.clock.now(),
        text: "Odalys Brack (odalys.brack@wherever.test) asked for samples; Brack likes mornings",
        source: "csm",
        author: "system",
      },
    });
    expect((await placesWith("odalys.brack@wherever.test")).length).toBe(3);
    await erase(contact.id);
    for (const word of ["Odalys", "Brack", "Wren-Hale", "odalys.brack", "oda@elsewhere.test"])
      expect([word, await placesWith(word)]).toEqual([word, []]);
    for (const email of ["odalys.brack@wherever.test", "oda@elsewhere.test"])
      expect((await findSuppression(db, workspaceId, email))?.email).toMatch(/^erased:/);
    expect(await findAuditBreak(db, workspaceId)).toBeNull();
  });

  it("finds a lone first or last name of somebody who left and was never enrolled", async () => {
    const { db } = house.desk;
    const { workspaceId } = house;
    const { leaver, account, turnover, contact } = await enrolled(house);
    await db.contact.update({
      where: { id: leaver.id },
      data: { name: "Ottoline van Strand", firstName: "Ottoline", email: null },
    });
    await db.case.update({
      where: { id: turnover.id },
      data: { newCompany: "Strand & Daughters" },
    });
    // What other programs are told of the duty, now and when it is emptied, is swept too.
    await db.webhookEndpoint.create({
      data: {
        workspaceId,
        url: "https://tasks.fernwick.test/in",
        secret: "whsec_x",
        events: ["task.changed"],
        createdAt: new Date(),
      },
    });
    await db.csmTask.create({
      data: {
        workspaceId,
        caseId: turnover.id,
        key: "call-her",
        kind: "call",
        text: "Call Ottoline",
        detail: "Ms Strand is at van Dyck's",
        dueAt: new Date(),
        createdAt: new Date(),
      },
    });
    const note = await db.timelineEntry.create({
      data: {
        workspaceId,
        accountId: account.id,
        kind: "note",
        date: house.desk.clock.now(),
        text: "Ottoline set this up; ask Ms Strand",
        source: "csm",
        author: "system",
      },
    });
    await erase(leaver.id);
    expect(await placesWith("Ottoline")).toEqual([]);
    expect(await placesWith("Strand")).toEqual([]);
    const told = await db.webhookDelivery.findMany({ where: { workspaceId, eventType: "task.changed" } });
    expect(told.length).toBeGreaterThan(1);
    expect(await db.timelineEntry.findUniqueOrThrow({ where: { id: note.id } })).toMatchObject({
      text: "(erased) set this up; ask Ms (erased)",
    });
    const duty = await db.csmTask.findFirstOrThrow({ where: { caseId: turnover.id, key: "call-her" } });
    expect(duty).toMatchObject({ text: "Call (erased)", detail: "Ms (erased) is at van Dyck's" });
    // Who took over is still called what they are called.
    expect((await db.contact.findUniqueOrThrow({ where: { id: contact.id } })).name).toBe("Imani Okafor");
  });

  it("tells the captured mailbox which words to forget, and keeps the person where that fails", async () => {
    const { contact } = await enrolled(house, {
      contact: { name: "Solveig Marchetti", firstName: "Solveig", email: "solveig@wherever.test" },
    });
    const broken = {
      forget: async () => {
        throw new Error("the disk is away");
      },
    };
    await expect(erase(contact.id, { mailbox: broken })).rejects.toThrow("the disk is away");
    const row = () => house.desk.db.contact.findUniqueOrThrow({ where: { id: contact.id } });
    expect((await row()).name).toBe("Solveig Marchetti");
    const forgotten: string[] = [];
    const mailbox = { forget: async (words: readonly string[]) => forgotten.push(...words) };
    await erase(contact.id, { mailbox });
    expect(forgotten).toEqual(["solveig@wherever.test", "Solveig Marchetti"]);
    expect((await row()).name).toBe("(erased)");
  });
});

describe("asking to be forgotten", () => {
  it("makes one duty with a date, however often it is asked, and an audit entry", async () => {
    const { enrollment, contact, turnover } = await enrolled(house);
    const { workspaceId } = house;
    const first = await askDeletion(house.desk, { workspaceId, enrollmentId: enrollment.id });
    const second = await askDeletion(house.desk, { workspaceId, enrollmentId: enrollment.id });
    expect(first).toMatchObject({ ok: true, repeated: false });
    expect(second).toMatchObject({ ok: true, repeated: true });
    const tasks = await house.desk.db.csmTask.findMany({
      where: { caseId: turnover.id, kind: "delete-request" },
    });
    expect(tasks.length).toBe(1);
    expect(tasks[0]?.dueAt.getTime()).toBeGreaterThan(house.desk.clock.now().getTime());
    expect(
      await house.desk.db.auditEntry.count({
        where: { workspaceId, action: "deletion-asked", subjectId: contact.id },
      }),
    ).toBe(1);
  });
});

describe("a person's own data", () => {
  it("holds what they said, what was sent to them and what was requested, and nobody else's", async () => {
    const { contact } = await aTalker("Bram Ostergaard", "bram@wherever.test", "Bram");
    const data = await contactData(house.desk, { workspaceId: house.workspaceId, contactId: contact.id });
    const text = JSON.stringify(data?.sections);
    for (const part of [
      "bram@wherever.test",
      "Signed Bram",
      "Fewer no-shows",
      "your first task",
      "Regards, Bram",
    ])
      expect(text).toContain(part);
    expect(text).not.toContain("Imre");
    expect(data?.lines.length).toBeGreaterThan(10);
    expect(data?.lines.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["You", "Question", "Mail", "Mail from you", "Request to a link"]),
    );
  });
});

describe("a person's zone and language", () => {
  it("are kept as they say, from the next mail on; an unknown zone is refused with an example", async () => {
    const { enrollment, contact } = await enrolled(house);
    const input = { workspaceId: house.workspaceId, enrollmentId: enrollment.id };
    const refused = await setReaderSettings(house.desk, { ...input, language: "de", zone: "Olso" });
    expect(refused).toMatchObject({ ok: false, problem: { code: "unknown-zone", place: "zone" } });
    const kept = await setReaderSettings(house.desk, { ...input, language: "de", zone: "Europe/Oslo" });
    expect(kept).toEqual({ ok: true, changed: true });
    const again = await setReaderSettings(house.desk, { ...input, language: "de", zone: "Europe/Oslo" });
    expect(again).toEqual({ ok: true, changed: false });
    const row = await house.desk.db.contact.findUniqueOrThrow({ where: { id: contact.id } });
    expect(row).toMatchObject({ language: "de", zone: "Europe/Oslo" });
  });
});
