import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addEffort } from "../../../src/operations/add-effort.ts";
import { addEvidence } from "../../../src/operations/add-evidence.ts";
import { answerQuestion } from "../../../src/operations/answer-question.ts";
import { bookMeeting } from "../../../src/operations/book-meeting.ts";
import { captureFact } from "../../../src/operations/capture-fact.ts";
import { caseRoom } from "../../../src/operations/case-room.ts";
import { enrollContact } from "../../../src/operations/enroll-contact.ts";
import { eraseContact } from "../../../src/operations/erase-contact.ts";
import { finishCsmTask } from "../../../src/operations/finish-csm-task.ts";
import { holdMeeting } from "../../../src/operations/hold-meeting.ts";
import { pauseEnrollment } from "../../../src/operations/pause-enrollment.ts";
import { resumeEnrollment } from "../../../src/operations/resume-enrollment.ts";
import { aHandover, enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, bearer, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let actor: `user:${string}`;
beforeAll(async () => {
  house = await aWebHouse();
  actor = `user:${house.csm.id}`;
});
afterAll(() => house.close());

async function effortOf(caseId: string) {
  const room = await caseRoom(house.desk, { workspaceId: house.workspaceId, caseId });
  if (room === null) throw new Error("There is no such case.");
  return room.effort;
}
const linesOf = (lines: readonly { act: string; count: number }[]) =>
  Object.fromEntries(lines.map(({ act, count }) => [act, count]));

async function show(url: string) {
  const { cookie } = await signIn(house);
  return load((await house.server.inject({ url, headers: { cookie } })).body);
}

describe("S0-27: minutes per case", () => {
  it("counts what people did by the rows that it left, each act once", async () => {
    const { db } = house.desk;
    const { workspaceId } = house;
    const { turnover, enrollment, contact } = await enrolled(house);
    const enrollmentId = enrollment.id;
    expect((await effortOf(turnover.id)).spent).toEqual({ minutes: 0, lines: [] });

    const question = await db.question.create({
      data: { workspaceId, enrollmentId, contactId: contact.id, text: "Why?", askedAt: new Date() },
    });
    const asked = { workspaceId, caseId: turnover.id, enrollmentId, text: "t", dueAt: new Date() };
    const own = { ...asked, createdAt: new Date(), kind: "own" };
    // The duty to answer is closed by the answer: it must not count a second time.
    await db.csmTask.create({ data: { ...own, key: `question.${question.id}` } });
    const duty = await db.csmTask.create({ data: { ...own, key: "call-them" } });
    const task = await db.task.create({
      data: {
        workspaceId,
        enrollmentId,
        stepKey: "s",
        key: "first-draft",
        text: "t",
        must: true,
        weight: 1,
        changedAt: new Date(),
      },
    });
    const acts = [
      answerQuestion(house.desk, { workspaceId, questionId: question.id, answer: "So.", actor }),
      finishCsmTask(house.desk, { workspaceId, taskId: duty.id, outcome: "Called.", actor }),
      addEvidence(house.desk, { workspaceId, enrollmentId, task: task.key, what: "verify", actor }),
    ];
    for (const act of acts) expect(await act).toMatchObject({ ok: true });
    const booked = await bookMeeting(house.desk, {
      workspaceId,
      enrollmentId,
      slotAt: new Date("2026-03-10T13:00:00Z"),
      actor,
    });
    if (!booked.ok) throw new Error(booked.problem.message);
    await holdMeeting(house.desk, {
      workspaceId,
      meetingId: booked.meeting.id,
      outcome: "held",
      demo: "no",
      actor,
    });
    const { spent } = await effortOf(turnover.id);
    expect(linesOf(spent.lines)).toEqual({
      "question-answered": 1,
      "duty-done": 1,
      "task-checked": 1,
      "meeting-booked": 1,
      "meeting-held": 1,
    });
    expect(spent.minutes).toBe(10 + 10 + 5 + 5 + 45);
  });

  it("counts opening, what was found out and enrolling when a person did it, and nothing that a machine did", async () => {
    const { workspaceId } = house;
    const handover = await aHandover(house, { turnover: { openedBy: actor } });
    const caseId = handover.turnover.id;
    const fact = {
      workspaceId,
      caseId,
      field: "destination" as const,
      newCompany: "",
      name: "",
      email: "",
      title: "",
    };
    expect(await captureFact(house.desk, { ...fact, value: "external", actor })).toMatchObject({ ok: true });
    expect(await captureFact(house.desk, { ...fact, value: "retired", actor: "system" })).toMatchObject({
      ok: true,
    });
    const whom = { workspaceId, caseId, contactId: handover.contact.id, actor };
    const made = await enrollContact(house.desk, whom);
    if (!made.ok) throw new Error(made.problem.message);
    const of = { workspaceId, enrollmentId: made.enrollment.id, actor };
    expect(await pauseEnrollment(house.desk, { ...of, until: null, reason: "They are away." })).toMatchObject(
      { ok: true },
    );
    expect(await resumeEnrollment(house.desk, of)).toMatchObject({ ok: true });
    const { spent } = await effortOf(caseId);
    expect(linesOf(spent.lines)).toEqual({
      "case-opened": 1,
      "fact-captured": 1,
      "contact-enrolled": 1,
      "course-changed": 2,
    });
    expect(spent.minutes).toBe(10 + 3 + 15 + 6);
  });

  it("counts as avoided only mails that have left, also those to the sponsor", async () => {
    const { turnover, enrollment, sponsorEnrollment } = await enrolled(house);
    if (sponsorEnrollment === null) throw new Error("No sponsor's brief was started.");
    await aMail(house, enrollment, "the-job");
    const on = (day: string) => ({ localDate: new Date(day) });
    await aMail(house, enrollment, "another", { status: "uncertain", ...on("2026-03-04") });
    await aMail(house, enrollment, "a-third", { status: "suppressed", ...on("2026-03-05") });
    await aMail(house, enrollment, "one-off.x", { kind: "one_off", ...on("2026-03-06") });
    await aMail(house, sponsorEnrollment, "what-changed");
    const { avoided } = await effortOf(turnover.id);
    expect(avoided).toEqual({
      minutes: 24,
      lines: [{ act: "step-mail", count: 2, each: 12, minutes: 24 }],
    });
  });

  it("takes minutes written down by hand on a page, with an audit entry, and takes a wrong entry back", async () => {
    const { turnover } = await enrolled(house);
    const { headers, csrf } = await signIn(house);
    const post = (url: string, fields: Record<string, string>) =>
      house.server.inject({
        method: "POST",
        url,
        headers,
        payload: new URLSearchParams({ csrf, ...fields }).toString(),
      });
    const url = `/cases/${turnover.id}/effort`;
    const right = { minutes: "35", what: "Call with their IT", spentOn: "2026-03-02" };
    const wrong: [string, string][] = [
      ["minutes", "0"],
      ["minutes", "-5"],
      ["minutes", "1441"],
      ["minutes", "half an hour"],
      ["what", "  "],
      ["spentOn", "2026-04-01"],
      ["spentOn", "soon"],
    ];
    for (const [field, value] of wrong) {
      const refused = await post(url, { ...right, [field]: value });
      expect(refused.statusCode, `${field}: ${value}`).toBe(422);
      const $ = load(refused.body);
      expect($(`#${field}-complaint`).text(), `${field}: ${value}`).not.toBe("");
      if (field !== "what") expect($("#what").val()).toBe(right.what);
      expect($(`#${field}`).val()).toBe(value);
    }
    expect((await effortOf(turnover.id)).entries).toEqual([]);

    expect((await post(url, right)).statusCode).toBe(303);
    const [entry] = (await effortOf(turnover.id)).entries;
    expect(entry).toMatchObject({
      minutes: 35,
      what: right.what,
      spentOn: "2026-03-02",
      by: house.csm.name,
    });
    expect((await effortOf(turnover.id)).spent.minutes).toBe(35);
    for (let twice = 0; twice < 2; twice += 1)
      expect((await post(`/effort/${entry?.id}/take-back`, {})).statusCode).toBe(303);
    expect(await effortOf(turnover.id)).toMatchObject({ spent: { minutes: 0 }, entries: [] });
    const audited = await house.desk.db.auditEntry.findMany({
      where: { subjectId: turnover.id, action: { startsWith: "effort-" } },
      orderBy: { id: "asc" },
    });
    expect(audited).toMatchObject([
      { action: "effort-added", actor, after: { minutes: 35 }, reason: right.what },
      { action: "effort-taken-back", actor, before: { minutes: 35 } },
    ]);
  });

  it("stands on the case as an estimate with how it is counted, and says when the tier's budget is passed", async () => {
    const { turnover, enrollment } = await enrolled(house, { account: { tier: "low" } });
    await aMail(house, enrollment, "the-job");
    const write = (minutes: number) =>
      addEffort(house.desk, {
        workspaceId: house.workspaceId,
        caseId: turnover.id,
        minutes,
        what: "A visit",
        spentOn: "2026-03-02",
        actor,
      });
    await write(120);
    const before = (await show(`/cases/${turnover.id}`))("#effort");
    expect(before.text()).toContain("120 minutes of 120");
    expect(before.text()).toContain("12 minutes (estimate)");
    expect(before.text()).not.toContain("Over");
    expect(before.find("a").attr("href")).toBe(`/cases/${turnover.id}/effort`);
    expect((await show(`/cases/${turnover.id}/effort`))("main").text()).toContain(
      "1 mail of the program × 12: 12 minutes",
    );
    await write(1);
    expect((await show(`/cases/${turnover.id}`))("#effort").text()).toContain("Over");
  });

  it("is summed by CSM on the manager's board, over open cases", async () => {
    const board = await show("/manager");
    const { items } = (
      await house.server.inject({
        url: "/api/v1/cases?limit=100",
        headers: await bearer(house, ["read"]),
      })
    ).json() as { items: { id: string }[] };
    const all = await Promise.all(items.map(({ id }) => effortOf(id)));
    const sum = (of: "spent" | "avoided") => all.reduce((total, one) => total + one[of].minutes, 0);
    expect(sum("spent")).toBeGreaterThan(0);
    expect(board("#by-csm").text()).toContain(`${sum("spent")}\u00a0/ ${sum("avoided")}`);
  });

  it("is in the API, of this workspace's cases alone", async () => {
    const { turnover } = await enrolled(house);
    const url = `/api/v1/cases/${turnover.id}/effort`;
    const headers = await bearer(house, ["write"]);
    const made = await house.server.inject({
      method: "POST",
      url,
      headers,
      payload: { minutes: 15, what: "Their numbers", spentOn: "2026-03-01" },
    });
    expect(made.statusCode).toBe(201);
    expect((await house.server.inject({ url, headers })).json()).toMatchObject({
      spent: { minutes: 15, lines: [{ act: "written-down", count: 1, each: null }] },
      avoided: { minutes: 0 },
      budgetMinutes: 720,
      overBudget: false,
      entries: [{ what: "Their numbers", spentOn: "2026-03-01" }],
    });
    const other = await aWebHouse();
    try {
      const stranger = await bearer(other, ["write"]);
      expect((await other.server.inject({ url, headers: stranger })).statusCode).toBe(404);
    } finally {
      await other.close();
    }
  });

  it("goes out with the file of all cases, whose headings say that it is an estimate", async () => {
    const { turnover } = await enrolled(house);
    await addEffort(house.desk, {
      workspaceId: house.workspaceId,
      caseId: turnover.id,
      minutes: 77,
      what: "A visit",
      spentOn: "2026-03-02",
      actor,
    });
    const { cookie } = await signIn(house);
    const { body } = await house.server.inject({ url: "/cases.csv", headers: { cookie } });
    const [head, ...lines] = body.split("\r\n");
    expect(head).toContain('"minutes_spent_estimate","minutes_avoided_estimate"');
    expect(lines.find((line) => line.includes(turnover.id))).toMatch(/"77","0"$/);
  });

  it("forgets a person's name in what the minutes went into", async () => {
    const { workspaceId } = house;
    const { turnover, contact } = await enrolled(house);
    const written = await addEffort(house.desk, {
      workspaceId,
      caseId: turnover.id,
      minutes: 20,
      what: `Call with ${contact.name} about lists, Imani was late`,
      spentOn: "2026-03-02",
      actor,
    });
    if (!written.ok) throw new Error(written.problem.message);
    const erased = await eraseContact(house.desk, {
      workspaceId,
      contactId: contact.id,
      actor,
      reason: "asked",
    });
    expect(erased).toMatchObject({ ok: true });
    const [entry] = (await effortOf(turnover.id)).entries;
    expect(entry).toMatchObject({ minutes: 20, what: "Call with (erased) about lists, (erased) was late" });
    const audits = await house.desk.db.auditEntry.findMany({ where: { subjectId: turnover.id } });
    expect(JSON.stringify(audits.map(({ reason, after }) => [reason, after]))).not.toContain("Imani");
  });
});
