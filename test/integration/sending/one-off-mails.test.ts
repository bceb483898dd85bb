import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../../src/app.ts";
import type { OutgoingMail } from "../../../src/domain/sending/outcome.ts";
import { type SmtpSink, startSmtpSink } from "../../../src/lab/smtp-sink.ts";
import { readSinkLog } from "../../../src/lab/smtp-sink-process.ts";
import { cancelOneOff } from "../../../src/operations/cancel-one-off.ts";
import { planDueSteps } from "../../../src/operations/plan-due-steps.ts";
import { scheduleOneOff } from "../../../src/operations/schedule-one-off.ts";
import { sendMessages } from "../../../src/operations/send-messages.ts";
import { unsubscribe } from "../../../src/operations/unsubscribe.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, enrolled, type House } from "../../support/desk.ts";
import { freshFolder, handClock, openEngine } from "../../support/engine.ts";

/** Monday morning; in Toronto it is four o'clock at night. */
const MONDAY = new Date("2026-03-02T09:00:00Z");

describe("a mail of the bank to one person (S0-37, S0-38)", () => {
  let database: TestDatabase;
  let sink: SmtpSink;
  let app: App;
  let house: House;
  const clock = handClock(MONDAY);
  const logFile = join(freshFolder(), "sink.jsonl");
  beforeAll(async () => {
    database = await freshDatabase();
    sink = await startSmtpSink({ logFile });
    app = await openEngine({ databaseUrl: database.url, smtpUrl: sink.url }, clock);
    house = await aHouse(database.db);
  });
  afterAll(async () => {
    await app.close();
    await sink.close();
    await database.close();
  });

  async function aTemplate(more: { body?: string } = {}) {
    return database.db.mailTemplate.create({
      data: {
        workspaceId: house.workspaceId,
        key: `thanks-${Math.random().toString(36).slice(2)}`,
        title: "Thanks",
        topics: [],
        subject: "Thank you, {{contact.firstName}}",
        body: "Thank you for the numbers of {{account.name}}.",
        updatedAt: MONDAY,
        ...more,
      },
    });
  }
  const inToronto = () => enrolled(house, { contact: { zone: "America/Toronto" } });
  const actor = () => `user:${house.csm.id}` as const;

  async function schedule(caseId: string, on: string | null, templateId?: string) {
    return scheduleOneOff(app.parts, {
      workspaceId: house.workspaceId,
      caseId,
      templateId: templateId ?? (await aTemplate()).id,
      when: on === null ? null : { on, at: "10:00" },
      actor: actor(),
    });
  }

  async function planned(caseId: string, on: string | null) {
    const result = await schedule(caseId, on);
    if (!result.ok) throw new Error(result.problem.message);
    return result;
  }

  /** What was handed to the server, as it stood. */
  const left: OutgoingMail[] = [];

  /** What a worker does when it is woken at this moment. */
  async function workAt(at: string, sendId: string) {
    clock.set(new Date(at));
    const sending = app.openSending({ stopping: new AbortController().signal });
    const { submitter } = sending.parts;
    const watched = {
      submit: (mail: OutgoingMail) => {
        left.push(mail);
        return submitter.submit(mail);
      },
    };
    await sendMessages({ ...sending.parts, submitter: watched }, [sendId]);
    await sending.transport.close();
    return database.db.send.findUniqueOrThrow({ where: { id: sendId } });
  }
  const accepted = (messageId: string | null) =>
    readSinkLog(logFile).filter((mail) => mail.messageId === messageId);

  it("goes once, at the local time, as the CSM, in the words that were seen", async () => {
    clock.set(MONDAY);
    const { turnover, contact, account } = await inToronto();
    const template = await aTemplate();
    const result = await schedule(turnover.id, "2026-03-10", template.id);
    if (!result.ok) throw new Error(result.problem.message);
    // The clocks of Toronto go forward on 8 March: ten o'clock there is two in the afternoon in UTC.
    expect(result.send.dueAt.toISOString()).toBe("2026-03-10T14:00:00.000Z");
    await database.db.mailTemplate.update({ where: { id: template.id }, data: { body: "Other words." } });
    expect((await workAt("2026-03-10T13:59:00Z", result.send.id)).status).toBe("planned");
    const sent = await workAt("2026-03-10T14:00:00Z", result.send.id);
    expect([sent.status, sent.subject]).toEqual(["submitted", `Thank you, ${contact.firstName}`]);
    await workAt("2026-03-10T14:05:00Z", result.send.id);
    const mails = accepted(sent.messageId);
    expect(mails).toHaveLength(1);
    const [mail] = left.filter(({ messageId }) => messageId === sent.messageId);
    expect(mail?.from).toEqual({ name: "Dana Whitlock", address: "dana@fernwick.test" });
    expect(mail?.replyTo.name).toBe("Dana Whitlock");
    expect(mail?.text).toContain(`Thank you for the numbers of ${account.name}.`);
    expect(mail?.text).not.toContain("Other words.");
    expect(mail?.text).toContain("/u/");
  });

  it("counts as the mail of its day: a second one is refused, and the program goes on another day", async () => {
    clock.set(MONDAY);
    const { turnover, enrollment } = await inToronto();
    const first = await planned(turnover.id, null);
    expect(first.send.localDate.toISOString().slice(0, 10)).toBe("2026-03-02");
    const second = await schedule(turnover.id, "2026-03-02");
    expect(second.ok ? null : second.problem.code).toBe("day-taken");
    await planDueSteps(app.parts);
    const steps = await database.db.send.findMany({
      where: { enrollmentId: enrollment.id, kind: "step", mailClass: "program" },
    });
    expect(steps.map(({ localDate }) => localDate.toISOString().slice(0, 10))).not.toContain("2026-03-02");
  });

  it("A21: is refused on a day that has all the mails the workspace lets go, and finds another", async () => {
    clock.set(MONDAY);
    const [one, other] = [await inToronto(), await inToronto()];
    const { workspaceId } = one.turnover;
    const { dailyMailCap } = await database.db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    const onDay = { workspaceId, localDate: new Date("2026-03-25"), mailClass: "program" };
    expect(await database.db.send.count({ where: onDay })).toBe(0);
    await database.db.workspace.update({ where: { id: workspaceId }, data: { dailyMailCap: 1 } });
    await planned(one.turnover.id, "2026-03-25");
    const second = await schedule(other.turnover.id, "2026-03-25");
    expect(second.ok ? null : second.problem).toMatchObject({ code: "day-crowded", place: "on" });
    expect((await schedule(other.turnover.id, "2026-03-26")).ok).toBe(true);
    await database.db.workspace.update({ where: { id: workspaceId }, data: { dailyMailCap } });
  });

  it("never goes to who unsubscribed: refused when it is asked for, taken back when it already waits", async () => {
    clock.set(MONDAY);
    const { turnover } = await inToronto();
    const waiting = await planned(turnover.id, "2026-03-11");
    await unsubscribe(app.parts, { sendId: waiting.send.id, source: "one-click" });
    const after = await workAt("2026-03-11T14:00:00Z", waiting.send.id);
    expect(["skipped", "suppressed"]).toContain(after.status);
    expect(accepted(after.messageId)).toHaveLength(0);
    clock.set(MONDAY);
    const other = await inToronto();
    await database.db.suppression.create({
      data: {
        workspaceId: house.workspaceId,
        email: other.contact.email ?? "",
        reason: "manual",
        createdAt: MONDAY,
      },
    });
    const refused = await schedule(other.turnover.id, null);
    expect(refused.ok ? null : refused.problem.code).toBe("suppressed");
    expect(await database.db.oneOffMail.count({ where: { caseId: other.turnover.id } })).toBe(0);
  });

  it("is suppressed at the last moment when the address is blocked while it waits", async () => {
    clock.set(MONDAY);
    const { turnover, contact } = await inToronto();
    const { send } = await planned(turnover.id, "2026-03-12");
    await database.db.suppression.create({
      data: {
        workspaceId: house.workspaceId,
        email: contact.email ?? "",
        reason: "complaint",
        createdAt: MONDAY,
      },
    });
    const after = await workAt("2026-03-12T14:00:00Z", send.id);
    expect([after.status, after.reason]).toEqual(["suppressed", "Reported as spam."]);
  });

  it("is taken back until it leaves, and not after", async () => {
    clock.set(MONDAY);
    const { turnover } = await inToronto();
    const { mail, send } = await planned(turnover.id, "2026-03-13");
    const input = { workspaceId: house.workspaceId, mailId: mail.id, actor: actor() };
    expect(await cancelOneOff(app.parts, input)).toMatchObject({ ok: true, repeated: false });
    expect(await cancelOneOff(app.parts, input)).toMatchObject({ ok: true, repeated: true });
    expect((await workAt("2026-03-13T14:00:00Z", send.id)).status).toBe("skipped");
    clock.set(MONDAY);
    // The day is free again.
    const again = await planned(turnover.id, "2026-03-13");
    expect((await workAt("2026-03-13T14:00:00Z", again.send.id)).status).toBe("submitted");
    const late = await cancelOneOff(app.parts, { ...input, mailId: again.mail.id });
    expect(late.ok ? null : late.problem.code).toBe("already-left");
    const trail = await database.db.auditEntry.findMany({
      where: { subjectId: { in: [send.id, again.send.id] }, action: { startsWith: "one-off-" } },
      orderBy: { id: "asc" },
    });
    expect(trail.map(({ action }) => action)).toEqual([
      "one-off-scheduled",
      "one-off-cancelled",
      "one-off-scheduled",
    ]);
  });

  it("is refused on a day off, for a closed case, and where nobody is enrolled", async () => {
    clock.set(MONDAY);
    const { turnover } = await inToronto();
    const sunday = await schedule(turnover.id, "2026-03-08");
    expect(sunday.ok ? null : [sunday.problem.code, sunday.problem.remedy]).toEqual([
      "day-off",
      "Choose another, such as 2026-03-09.",
    ]);
    const past = await schedule(turnover.id, "2026-02-27");
    expect(past.ok ? null : past.problem.code).toBe("past");
    await database.db.case.update({ where: { id: turnover.id }, data: { status: "closed" } });
    const closed = await schedule(turnover.id, null);
    expect(closed.ok ? null : closed.problem.code).toBe("case-closed");
  });
});
