import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../../src/app.ts";
import type { ActInput } from "../../../src/domain/engagement/acts.ts";
import type { Enrollment } from "../../../src/drivers/store/generated/client.ts";
import { answerQuestion } from "../../../src/operations/answer-question.ts";
import { bookMeeting } from "../../../src/operations/book-meeting.ts";
import { endEnrollment } from "../../../src/operations/end-enrollment.ts";
import { holdMeeting } from "../../../src/operations/hold-meeting.ts";
import { planDueSteps } from "../../../src/operations/plan-due-steps.ts";
import { recordAct } from "../../../src/operations/record-act.ts";
import { sendMessages } from "../../../src/operations/send-messages.ts";
import { unsubscribe } from "../../../src/operations/unsubscribe.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, enrolled, type House } from "../../support/desk.ts";
import { handClock, openEngine } from "../../support/engine.ts";
import { type RoughServer, roughSmtpServer } from "../../support/rough-smtp-server.ts";

/** A Monday afternoon in Berlin. */
const NOW = new Date("2026-03-02T13:00:00Z");
const SLOT = new Date("2026-03-05T15:00:00Z");

let database: TestDatabase;
let server: RoughServer;
let app: App;
let house: House;
const clock = handClock(NOW);
beforeAll(async () => {
  database = await freshDatabase();
  server = await roughSmtpServer();
  app = await openEngine({ databaseUrl: database.url, smtpUrl: `smtp://127.0.0.1:${server.port}` }, clock);
  house = await aHouse(database.db);
  await database.db.user.update({ where: { id: house.csm.id }, data: { zone: "America/Chicago" } });
});
afterAll(async () => {
  await app.close();
  await server.close();
  await database.close();
});

const person = async () => {
  const { enrollment, contact, turnover } = await enrolled(house, { contact: { zone: "Europe/Berlin" } });
  return { enrollment, contact, turnover };
};
let posts = 0;
const act = async (enrollment: Enrollment, what: ActInput) => {
  const done = await recordAct(app.parts, {
    workspaceId: house.workspaceId,
    enrollmentId: enrollment.id,
    act: what,
    source: "page",
    dedupeKey: `post-${++posts}`,
  });
  if (!done.ok) throw new Error(done.problem.message);
  return done;
};
const ask = async (enrollment: Enrollment, text: string) => {
  await act(enrollment, { kind: "question-asked", text });
  return database.db.question.findFirstOrThrow({ where: { enrollmentId: enrollment.id, text } });
};
const answer = (questionId: string, words: string) =>
  answerQuestion(app.parts, {
    workspaceId: house.workspaceId,
    questionId,
    answer: words,
    actor: `user:${house.csm.id}`,
  });
const book = async (enrollment: Enrollment, slotAt: Date) => {
  const booked = await bookMeeting(app.parts, {
    workspaceId: house.workspaceId,
    enrollmentId: enrollment.id,
    slotAt,
    actor: `user:${house.csm.id}`,
  });
  if (!booked.ok) throw new Error(booked.problem.message);
  return booked.meeting;
};
const owed = (enrollment: Enrollment, kind: "answer" | "meeting" | "completion") =>
  database.db.send.findMany({ where: { enrollmentId: enrollment.id, kind }, orderBy: { id: "asc" } });

/** What a worker does with everything that waits for this person; the mails that arrived. */
async function deliver(enrollment: Enrollment, email: string | null): Promise<string[]> {
  const before = server.taken.length;
  const waiting = await database.db.send.findMany({
    where: { enrollmentId: enrollment.id, status: "planned", userId: null },
  });
  const sending = app.openSending({ stopping: new AbortController().signal });
  await sendMessages(
    sending.parts,
    waiting.map(({ id }) => id),
  );
  await sending.transport.close();
  return server.taken
    .slice(before)
    .filter(({ to }) => to[0] === email)
    .map(({ raw }) => unfolded(raw));
}

/** Quoted-printable undone, so that a sentence can be looked for whole. */
const unfolded = (raw: string): string =>
  raw
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\r?\n(?=\S)/g, "\n");

describe("the answer to a question", () => {
  it("goes to the person who asked by mail, once, in their CSM's words and with their page", async () => {
    const { enrollment, contact } = await person();
    const question = await ask(enrollment, "Who may change the template?");
    expect(await answer(question.id, "You may, since Friday.\n\nTry a copy first.")).toMatchObject({
      ok: true,
    });
    const [mail, ...more] = await deliver(enrollment, contact.email);
    expect(more).toEqual([]);
    expect(mail).toMatch(/^Subject: Your question was answered: Who may change the template\?$/m);
    expect(mail).toContain("You may, since Friday.");
    expect(mail).toContain("Try a copy first.");
    expect(mail).toMatch(/http:\/\/localhost:4400\/p\/[\w.-]+/);
    expect(mail).toContain("text/plain");
    // A second thought is on the page; nobody is mailed twice about one question.
    expect(await answer(question.id, "You may, and so may Nils.")).toMatchObject({ ok: true });
    expect(await deliver(enrollment, contact.email)).toEqual([]);
    expect(await owed(enrollment, "answer")).toMatchObject([{ status: "submitted", mailClass: "service" }]);
  });

  it("leaves the day to the program: both mails go on one date", async () => {
    const { enrollment, contact } = await person();
    const question = await ask(enrollment, "What runs on Mondays?");
    await answer(question.id, "The weekly letter.");
    expect(await deliver(enrollment, contact.email)).toHaveLength(1);
    await database.db.enrollment.update({ where: { id: enrollment.id }, data: { dueAt: NOW } });
    await planDueSteps(app.parts, { workspaceId: house.workspaceId });
    expect(await deliver(enrollment, contact.email)).toHaveLength(1);
    const sends = await database.db.send.findMany({
      where: { enrollmentId: enrollment.id, status: "submitted", userId: null },
    });
    expect(sends.map(({ mailClass }) => mailClass).sort()).toEqual(["program", "service"]);
    expect(new Set(sends.map(({ localDate }) => localDate.toISOString())).size).toBe(1);
  });

  it.each([
    ["whose address bounced for good", { mailStatus: "hard_bounced" }, "The address bounced for good."],
    ["who reported our mail as spam", { mailStatus: "complained" }, "Reported as spam."],
    ["who left the account", { roles: ["departed"] }, "The contact has left the account."],
  ])("is not mailed to somebody %s, and the row says why", async (_, data, reason) => {
    const { enrollment, contact } = await person();
    const question = await ask(enrollment, "Is there an export?");
    await database.db.contact.update({ where: { id: contact.id }, data });
    await answer(question.id, "Yes.");
    expect(await deliver(enrollment, contact.email)).toEqual([]);
    expect(await owed(enrollment, "answer")).toMatchObject([{ status: "suppressed", reason }]);
  });

  it("is not mailed to somebody who wants no more mails, and one that was waiting is stopped", async () => {
    const { enrollment, contact } = await person();
    const before = await ask(enrollment, "Who owns the list?");
    const after = await ask(enrollment, "And who owns the archive?");
    await answer(before.id, "Nils.");
    await unsubscribe(app.parts, { enrollmentId: enrollment.id, source: "page" });
    await answer(after.id, "Nils, too.");
    expect(await deliver(enrollment, contact.email)).toEqual([]);
    expect((await owed(enrollment, "answer")).map(({ status }) => status)).toEqual([
      "suppressed",
      "suppressed",
    ]);
    // The answer itself is kept: it stands on their page.
    expect((await database.db.question.findUniqueOrThrow({ where: { id: after.id } })).answer).toBe(
      "Nils, too.",
    );
  });
});

describe("a meeting that is booked", () => {
  it("is confirmed by mail with the time on both clocks, the calendar file and ten minutes of preparation", async () => {
    const { enrollment, contact } = await person();
    await book(enrollment, SLOT);
    const [mail, ...more] = await deliver(enrollment, contact.email);
    expect(more).toEqual([]);
    expect(mail).toMatch(/^Subject: Our meeting: Thursday 5 March 2026, 16:00/m);
    expect(mail).toContain("Thursday 5 March 2026, 16:00 (Europe/Berlin)");
    expect(mail).toContain("Thursday 5 March 2026, 09:00 (America/Chicago)");
    expect(mail).toMatch(/\/p\/[\w.-]+\/meeting\.ics/);
    expect(mail).toMatch(/(10|[5-9]) MINUTES BEFORE WE MEET/);
    expect(mail).not.toContain("Choose a time");
  });

  it("is confirmed again when its time moves, and once however often the same time is booked", async () => {
    const { enrollment, contact } = await person();
    await book(enrollment, SLOT);
    await book(enrollment, SLOT);
    expect(await deliver(enrollment, contact.email)).toHaveLength(1);
    await book(enrollment, new Date("2026-03-06T15:00:00Z"));
    const [moved] = await deliver(enrollment, contact.email);
    expect(moved).toContain("Friday 6 March 2026, 16:00 (Europe/Berlin)");
  });

  it("is confirmed with its last time alone when it moved before the mail left, and not at all when called off", async () => {
    const { enrollment, contact } = await person();
    await book(enrollment, SLOT);
    const meeting = await book(enrollment, new Date("2026-03-06T15:00:00Z"));
    expect((await owed(enrollment, "meeting")).map(({ status }) => status)).toEqual(["skipped", "planned"]);
    await holdMeeting(app.parts, {
      workspaceId: house.workspaceId,
      meetingId: meeting.id,
      outcome: "cancelled",
      actor: "system",
    });
    expect(await deliver(enrollment, contact.email)).toEqual([]);
    expect((await owed(enrollment, "meeting")).map(({ status }) => status)).toEqual(["skipped", "skipped"]);
  });
});

describe("the goal of a program", () => {
  /** They met, and are ready when the planner looks: the verdict itself is readiness's own matter. */
  const meet = async (enrollment: Enrollment, agreed?: string) => {
    const meeting = await book(enrollment, SLOT);
    await deliver(enrollment, null);
    const held = await holdMeeting(app.parts, {
      workspaceId: house.workspaceId,
      meetingId: meeting.id,
      outcome: "held",
      demo: "no",
      ...(agreed === undefined ? {} : { agreed }),
      actor: `user:${house.csm.id}`,
    });
    if (!held.ok) throw new Error(held.problem.message);
  };
  const look = async (enrollment: Enrollment, data: object = {}) => {
    await database.db.enrollment.update({
      where: { id: enrollment.id },
      data: { dueAt: clock.now(), ...data },
    });
    await planDueSteps(app.parts, { workspaceId: house.workspaceId });
    return database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
  };
  const ready = { verdict: "ready" };

  it("is thanked for once, with what was agreed, who to ask and the page, and nothing is asked", async () => {
    const { enrollment, contact } = await person();
    await meet(enrollment, "Imani moves the reminders to 48 hours.\nDana looks at the figures on 7 May.");
    expect((await look(enrollment)).status).toBe("active");
    expect(await owed(enrollment, "completion")).toEqual([]);

    expect((await look(enrollment, ready)).status).toBe("completed");
    expect(await look(enrollment, { status: "active" })).toMatchObject({ status: "completed" });
    const [mail, ...more] = await deliver(enrollment, contact.email);
    expect(more).toEqual([]);
    expect(mail).toMatch(/^Subject: Thank you, Imani: the handover is done/m);
    expect(mail).toMatch(
      /WHAT WE AGREED\s+Imani moves the reminders to 48 hours\.\s+Dana looks at the figures on 7 May\./,
    );
    expect(mail).toMatch(/WHO TO ASK FROM NOW ON\s+Dana Whitlock, as before/);
    expect(mail).toMatch(/https?:\/\/\S+\/p\/[\w.-]+/);
    expect(mail).not.toContain("Choose a time");
    expect(await owed(enrollment, "completion")).toMatchObject([
      { status: "submitted", mailClass: "service", contactId: contact.id },
    ]);
  });

  it("leaves out what was agreed when nobody wrote it down", async () => {
    const { enrollment, contact } = await person();
    await meet(enrollment, "  ");
    await look(enrollment, ready);
    const [mail] = await deliver(enrollment, contact.email);
    expect(mail).toContain("WHO TO ASK FROM NOW ON");
    expect(mail).not.toContain("WHAT WE AGREED");
  });

  it("that is reached at night is thanked for when their window opens", async () => {
    const { enrollment } = await person();
    await meet(enrollment);
    clock.set(new Date("2026-03-02T23:30:00Z"));
    await look(enrollment, ready);
    clock.set(NOW);
    const [send] = await owed(enrollment, "completion");
    expect(send?.dueAt).toEqual(new Date("2026-03-03T07:30:00Z"));
    expect(send?.localDate).toEqual(new Date("2026-03-03T00:00:00Z"));
  });

  it.each([
    ["unsubscribe", "unsubscribed"],
    ["complaint", "complained"],
    ["contact-departed", "replaced-contact-left"],
    ["wrong-person", "wrong-person"],
  ])(
    "is not spoken of to somebody whose program ended by %s, though they were ready and had met",
    async (kind, reason) => {
      const { enrollment } = await person();
      await meet(enrollment);
      await database.db.engagementEvent.create({
        data: {
          workspaceId: house.workspaceId,
          enrollmentId: enrollment.id,
          contactId: enrollment.contactId,
          kind,
          evidenceClass: "strong",
          occurredAt: NOW,
          receivedAt: NOW,
          payload: {},
          source: "reply",
          dedupeKey: kind,
        },
      });
      expect(await look(enrollment, ready)).toMatchObject({ status: "exited", exitReason: reason });
      expect(await owed(enrollment, "completion")).toEqual([]);
    },
  );

  it("is not spoken of when the case was closed, nor to somebody who is ready and has not met", async () => {
    const { enrollment } = await person();
    await meet(enrollment);
    await endEnrollment(database.db, {
      workspaceId: house.workspaceId,
      enrollmentId: enrollment.id,
      reason: "case_closed",
      at: NOW,
    });
    expect(await look(enrollment, ready)).toMatchObject({ status: "exited", exitReason: "case_closed" });
    const other = await person();
    expect(await look(other.enrollment, ready)).toMatchObject({ status: "active" });
    expect(await owed(enrollment, "completion")).toEqual([]);
    expect(await owed(other.enrollment, "completion")).toEqual([]);
  });

  it.each([
    ["whose address bounced for good", { mailStatus: "hard_bounced" }, "The address bounced for good."],
    ["who wants no more mails", { mailStatus: "unsubscribed" }, "Unsubscribed."],
    ["who left the account", { roles: ["departed"] }, "The contact has left the account."],
  ])("is not mailed to somebody %s before the mail leaves, and the row says why", async (_, data, reason) => {
    const { enrollment, contact } = await person();
    await meet(enrollment);
    await look(enrollment, ready);
    await database.db.contact.update({ where: { id: contact.id }, data });
    expect(await deliver(enrollment, contact.email)).toEqual([]);
    expect(await owed(enrollment, "completion")).toMatchObject([{ status: "suppressed", reason }]);
  });
});

describe("a wish to meet", () => {
  const duties = (caseId: string) =>
    database.db.csmTask.findMany({
      where: { caseId, OR: [{ kind: "meeting-request" }, { key: { startsWith: "meeting" } }] },
      orderBy: { id: "asc" },
      select: { kind: true, doneAt: true, outcome: true },
    });
  const look = async (enrollment: Enrollment) => {
    await database.db.enrollment.update({ where: { id: enrollment.id }, data: { dueAt: NOW } });
    await planDueSteps(app.parts, { workspaceId: house.workspaceId });
  };

  it("is one duty, which the planner does not double and the booking closes", async () => {
    const { enrollment, turnover } = await person();
    await act(enrollment, { kind: "meeting-requested", note: "Before Friday" });
    await look(enrollment);
    expect(await duties(turnover.id)).toMatchObject([{ kind: "meeting-request", doneAt: null }]);
    await book(enrollment, SLOT);
    await look(enrollment);
    expect(await duties(turnover.id)).toMatchObject([{ doneAt: NOW, outcome: "booked" }]);
  });

  it("is closed by calling the meeting off as well", async () => {
    const { enrollment, turnover } = await person();
    await act(enrollment, { kind: "meeting-requested" });
    const meeting = await database.db.meeting.findFirstOrThrow({ where: { enrollmentId: enrollment.id } });
    await holdMeeting(app.parts, {
      workspaceId: house.workspaceId,
      meetingId: meeting.id,
      outcome: "cancelled",
      actor: "system",
    });
    expect(await duties(turnover.id)).toMatchObject([{ doneAt: NOW, outcome: "cancelled" }]);
  });

  it("that changes a booked time is a duty of its own, and the next booking closes it", async () => {
    const { enrollment, turnover } = await person();
    await act(enrollment, { kind: "meeting-requested" });
    await book(enrollment, SLOT);
    await act(enrollment, { kind: "slot-chosen", slotAt: "2026-03-06T15:00:00Z" });
    expect(await duties(turnover.id)).toMatchObject([{ doneAt: NOW }, { doneAt: null }]);
    expect(
      await database.db.readinessSignal.count({
        where: { enrollmentId: enrollment.id, kind: "meeting_requested" },
      }),
    ).toBe(2);
    await book(enrollment, new Date("2026-03-06T15:00:00Z"));
    expect(await duties(turnover.id)).toMatchObject([{ doneAt: NOW }, { doneAt: NOW }]);
  });
});
