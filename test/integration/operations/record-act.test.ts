import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActInput } from "../../../src/domain/engagement/acts.ts";
import { readinessBytes } from "../../../src/domain/readiness/assess-readiness.ts";
import type { Readiness } from "../../../src/domain/readiness/readiness.ts";
import { acceptPlan, proposePlan } from "../../../src/operations/accept-plan.ts";
import { answerQuestion } from "../../../src/operations/answer-question.ts";
import { assessDue } from "../../../src/operations/assess-due.ts";
import { caseRoom } from "../../../src/operations/case-room.ts";
import { contactPage } from "../../../src/operations/contact-page.ts";
import { myWeek } from "../../../src/operations/my-week.ts";
import { recordAct } from "../../../src/operations/record-act.ts";
import { recordHistory } from "../../../src/operations/record-history.ts";
import { assess } from "../../../src/operations/refresh-readiness.ts";
import { sponsorPage } from "../../../src/operations/sponsor-page.ts";
import { unsubscribe } from "../../../src/operations/unsubscribe.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, enrolled, type House } from "../../support/desk.ts";

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

let posts = 0;
const act = (enrollment: { id: string }, what: ActInput, more: object = {}) =>
  recordAct(house.desk, {
    workspaceId: house.workspaceId,
    enrollmentId: enrollment.id,
    act: what,
    source: "page",
    dedupeKey: `post-${++posts}`,
    ...more,
  });
const events = (enrollment: { id: string }) =>
  database.db.engagementEvent.findMany({
    where: { enrollmentId: enrollment.id, kind: { not: "enrolled" } },
    orderBy: { id: "asc" },
  });

describe("acts on the contact's page", () => {
  it("keeps a task with evidence as strong and a bare button as weak", async () => {
    const { enrollment } = await enrolled(house);
    const [first, second] = await database.db.task.findMany({
      where: { enrollmentId: enrollment.id },
      orderBy: { id: "asc" },
    });
    expect(
      await act(enrollment, { kind: "task-done", task: first?.key ?? "", text: "Ran the weekly mail" }),
    ).toMatchObject({ ok: true });
    expect(await act(enrollment, { kind: "task-done", task: second?.key ?? "" })).toMatchObject({ ok: true });
    const log = await events(enrollment);
    expect(log.map(({ kind, evidenceClass }) => [kind, evidenceClass])).toEqual([
      ["task-done", "strong"],
      ["task-done", "weak"],
    ]);
    const states = await database.db.task.findMany({
      where: { enrollmentId: enrollment.id },
      orderBy: { id: "asc" },
    });
    expect(states.slice(0, 2).map(({ state }) => state)).toEqual(["done_evidence", "done_self"]);
  });

  it("takes a form posted twenty times at once as one act", async () => {
    const { enrollment } = await enrolled(house);
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        act(enrollment, { kind: "question-asked", text: "Who owns the API key?" }, { dedupeKey: "same" }),
      ),
    );
    expect(results.filter((result) => result.ok && !result.repeated)).toHaveLength(1);
    expect(await database.db.question.count({ where: { enrollmentId: enrollment.id } })).toBe(1);
    const kinds = (await events(enrollment)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "question-asked")).toHaveLength(1);
    // The task that asked for a question is answered by it, once as well.
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  it("S0-28, S0-41: a question can always be asked, keeps its step, and shows resources only beside it", async () => {
    const { enrollment } = await enrolled(house);
    const asked = await act(enrollment, {
      kind: "question-asked",
      text: "Where is the story so far?",
      step: "welcome",
    });
    expect(asked).toMatchObject({ ok: true, repeated: false });
    const again = await act(enrollment, { kind: "question-asked", text: "where is the Story so far" });
    expect(again).toMatchObject({ ok: true });
    const questions = await database.db.question.findMany({
      where: { enrollmentId: enrollment.id },
      orderBy: { id: "asc" },
    });
    expect(questions.map(({ stepKey, duplicateOf }) => [stepKey, duplicateOf])).toEqual([
      ["welcome", null],
      [null, questions[0]?.id],
    ]);
  });

  it("S0-33: hands a question about a demo or a price to sales, not to the CSM's meeting", async () => {
    const { enrollment, turnover } = await enrolled(house);
    await act(enrollment, { kind: "question-asked", text: "Can I get a demo of the new pricing?" });
    const tasks = await database.db.csmTask.findMany({
      where: { caseId: turnover.id, kind: "sales-request" },
    });
    expect(tasks).toHaveLength(1);
  });

  it("S0-42: priorities are ranked, and a new order takes the place of the old one", async () => {
    const { enrollment } = await enrolled(house);
    await act(enrollment, { kind: "priorities-set", items: [{ text: "Webinars" }, { text: "Reports" }] });
    await act(enrollment, { kind: "priorities-set", items: [{ text: "Reports" }] });
    const standing = await database.db.priority.findMany({
      where: { enrollmentId: enrollment.id, validTo: null },
    });
    expect(standing.map(({ rank, text }) => [rank, text])).toEqual([[1, "Reports"]]);
    expect(await database.db.priority.count({ where: { enrollmentId: enrollment.id } })).toBe(3);
  });

  it("S0-17: another first priority than the sponsor's is a mismatch and stands on the agenda", async () => {
    const { enrollment, sponsorEnrollment, turnover } = await enrolled(house);
    if (sponsorEnrollment === null) throw new Error("no sponsor");
    await act(enrollment, { kind: "priorities-set", items: [{ text: "Webinars" }] });
    await act(sponsorEnrollment, { kind: "priorities-set", items: [{ text: "Pipeline attribution" }] });
    const room = await caseRoom(house.desk, { workspaceId: house.workspaceId, caseId: turnover.id });
    expect(room?.mismatch).toEqual({ contact: "Webinars", sponsor: "Pipeline attribution" });
    const main = room?.enrollments.find((one) => one.audience === "contact");
    expect(main?.agenda?.items.map(({ kind }) => kind)).toContain("mismatch");
    // A sponsor who did anything is engaged, and the contact's own log says so.
    expect((await events(enrollment)).map(({ kind }) => kind)).toContain("account-changed");
  });

  it("S0-15, S0-18: the plan is agreed by three acceptances of one version, and a changed goal begins again", async () => {
    const { enrollment, sponsorEnrollment, account } = await enrolled(house);
    const { workspaceId } = house;
    const goal = { key: "reach", statement: "Reach 40 % of members", status: "on_track" as const };
    await proposePlan(house.desk, { workspaceId, accountId: account.id, goals: [goal], actor: "cli" });
    const accept = { kind: "agreement-accepted" as const, version: 1 };
    await act(enrollment, accept);
    await act(sponsorEnrollment ?? enrollment, accept);
    const plan = () =>
      database.db.successPlan.findFirstOrThrow({
        where: { accountId: account.id },
        orderBy: { version: "desc" },
      });
    expect((await plan()).state).toBe("partly_accepted");
    await acceptPlan(house.desk, {
      workspaceId,
      accountId: account.id,
      party: "csm",
      version: 1,
      actor: "cli",
    });
    expect((await plan()).state).toBe("agreed");
    await act(enrollment, {
      kind: "goals-reviewed",
      decisions: [{ goal: "reach", decision: "change", statement: "Reach half" }],
    });
    expect(await plan()).toMatchObject({ version: 2, state: "proposed" });
    expect(await act(enrollment, accept)).toMatchObject({ ok: false, problem: { code: "plan-changed" } });
    const old = await database.db.successPlan.findFirstOrThrow({
      where: { accountId: account.id, version: 1 },
      include: { agreements: true },
    });
    expect(old.agreements.map(({ textHash }) => textHash.length)).toEqual([64, 64, 64]);
  });

  it("a meeting request reaches the CSM at once, whatever the score, and once", async () => {
    const { enrollment, turnover } = await enrolled(house);
    await act(enrollment, { kind: "meeting-requested", note: "Before Friday if you can" });
    await act(enrollment, { kind: "meeting-requested" });
    const signals = await database.db.readinessSignal.findMany({
      where: { enrollmentId: enrollment.id, kind: "meeting_requested" },
    });
    expect(signals).toHaveLength(1);
    const [send] = await database.db.send.findMany({
      where: { enrollmentId: enrollment.id, kind: "signal", stepKey: `signal.${signals[0]?.id}` },
    });
    expect(send).toMatchObject({ userId: house.csm.id, mailClass: "internal", status: "planned" });
    const week = await myWeek(house.desk, {
      workspaceId: house.workspaceId,
      userId: house.csm.id,
      limit: 500,
    });
    expect(week.needsYou.filter((row) => row.caseId === turnover.id).map(({ kind }) => kind)).toContain(
      "meeting_requested",
    );
  });

  it("a pause until a day holds in the person's zone, and pace and wrong person do what they say", async () => {
    const { enrollment, turnover } = await enrolled(house, { contact: { zone: "America/Denver" } });
    await act(enrollment, { kind: "pause-asked", until: "2026-03-20" });
    await act(enrollment, { kind: "pace-changed", pace: "slow" });
    const paused = await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(paused.pace).toBe("slow");
    expect(paused.pauses).toMatchObject([{ until: "2026-03-20T14:30:00.000Z" }]);
    await act(enrollment, { kind: "wrong-person", whoInstead: "Nils Brand" });
    const ended = await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(ended).toMatchObject({ status: "exited", exitReason: "wrong_person", dueAt: null });
    const tasks = await database.db.csmTask.findMany({
      where: { caseId: turnover.id, kind: "wrong-person" },
    });
    expect(tasks[0]?.detail).toContain("Nils Brand");
    expect(await act(enrollment, { kind: "meeting-requested" })).toMatchObject({
      ok: false,
      problem: { code: "enrollment-ended" },
    });
  });

  it.each<[string, ActInput]>([
    ["unknown-task", { kind: "task-done", task: "no-such-task" }],
    ["unknown-check", { kind: "check-answered", check: "none", answers: [{ item: "a", choice: "b" }] }],
    ["unknown-goal", { kind: "goals-reviewed", decisions: [{ goal: "none", decision: "keep" }] }],
    ["unknown-value", { kind: "value-reviewed", value: "none", decision: "confirm" }],
    ["slot-passed", { kind: "slot-chosen", slotAt: "2020-01-01T10:00:00Z" }],
    ["pause-passed", { kind: "pause-asked", until: "2020-01-01" }],
    ["not-the-sponsor", { kind: "endorsed", text: "Yes" }],
    ["address-form", { kind: "colleague-introduced", who: "Nils", email: "nils@a.test, all@b.test" }],
    ["bad-act", { kind: "question-asked", text: "  " }],
  ])("refuses with %s and leaves the log as it was", async (code, what) => {
    const { enrollment } = await enrolled(house);
    expect(await act(enrollment, what)).toMatchObject({ ok: false, problem: { code } });
    expect(await events(enrollment)).toEqual([]);
  });
});

describe("readiness from the log", () => {
  it("gives the same bytes when computed again from the log", async () => {
    const { enrollment } = await enrolled(house);
    await act(enrollment, { kind: "priorities-set", items: [{ text: "Webinars" }] });
    await act(enrollment, { kind: "intent-stated", intent: "keep" });
    await act(enrollment, { kind: "no-question", because: "The guide says it all" });
    const stored = await database.db.readinessAssessment.findMany({ where: { enrollmentId: enrollment.id } });
    expect(stored.length).toBeGreaterThan(0);
    for (const row of stored) {
      // Acts of the same instant share one row, which the last one wrote.
      const again = await assess(
        database.db,
        await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } }),
        row.at,
      );
      expect(again === null ? "" : readinessBytes(again)).toBe(
        readinessBytes(row.result as unknown as Readiness),
      );
    }
  });

  it("signals a change of verdict exactly once, by mail and to each endpoint, however many refresh at once", async () => {
    const { enrollment } = await enrolled(house);
    await database.db.webhookEndpoint.create({
      data: {
        workspaceId: house.workspaceId,
        url: "https://hooks.test/in",
        secret: "whsec_dGVzdA==",
        events: [],
        createdAt: house.desk.clock.now(),
      },
    });
    await Promise.all([
      act(enrollment, { kind: "intent-stated", intent: "replace", why: "A tool we know" }),
      act(enrollment, { kind: "question-asked", text: "How do we export everything?" }),
    ]);
    const signals = await database.db.readinessSignal.findMany({
      where: { enrollmentId: enrollment.id, toVerdict: "at_risk" },
    });
    expect(signals).toHaveLength(1);
    const sends = await database.db.send.findMany({ where: { stepKey: `signal.${signals[0]?.id}` } });
    expect(sends).toHaveLength(1);
    const deliveries = await database.db.webhookDelivery.findMany({
      where: { eventId: `msg_${signals[0]?.id}` },
    });
    expect(deliveries).toHaveLength(1);
  });

  it("an objection blocks until it is answered", async () => {
    const { enrollment } = await enrolled(house);
    const raised = await act(enrollment, { kind: "objection-raised", text: "The API limit is too low" });
    if (!raised.ok || raised.questionId === null) throw new Error("not kept");
    const gate = async () => {
      const row = await database.db.readinessAssessment.findFirstOrThrow({
        where: { enrollmentId: enrollment.id },
        orderBy: { at: "desc" },
      });
      return (row.result as unknown as Readiness).gates.find(({ id }) => id === "G7")?.text ?? "";
    };
    const before = await gate();
    await answerQuestion(house.desk, {
      workspaceId: house.workspaceId,
      questionId: raised.questionId,
      answer: "It is 100 a minute now.",
      actor: "cli",
    });
    expect(await gate()).not.toBe(before);
  });

  it("assesses each enrollment once a day", async () => {
    const { enrollment } = await enrolled(house);
    house.desk.setNow("2026-03-04T06:00:00Z");
    await assessDue(house.desk, { limit: 1000 });
    await assessDue(house.desk, { limit: 1000 });
    const rows = await database.db.readinessAssessment.findMany({
      where: { enrollmentId: enrollment.id, cause: "daily" },
    });
    expect(rows).toHaveLength(1);
  });
});

describe("the pages", () => {
  it("S0-23, S0-39: shows the whole course and the customer's story, and nothing internal", async () => {
    const { enrollment, account } = await enrolled(house);
    await recordHistory(house.desk, {
      workspaceId: house.workspaceId,
      accountId: account.id,
      timeline: [
        { kind: "milestone", date: "2025-01-10", text: "Went live", visibility: "customer", source: "csm" },
        { kind: "note", date: "2025-02-10", text: "They pay late", visibility: "internal", source: "csm" },
      ],
      values: [
        {
          metric: "Orders",
          unit: "a month",
          baseline: "310",
          current: "540",
          period: "2025",
          source: "crm",
          capturedOn: "2026-01-15",
        },
      ],
      actor: "cli",
    });
    const page = await contactPage(house.desk, enrollment.pageKey);
    expect(page?.story.map(({ text }) => text)).toEqual(["Went live"]);
    expect(JSON.stringify(page)).not.toContain("pay late");
    expect(page?.course.total).toBeGreaterThan(5);
    expect(page?.course.next).not.toBeNull();
    expect(page?.slots.length).toBeGreaterThan(5);
    expect(JSON.stringify(page)).not.toContain("{{");
    // Which answer is right is not on the page before an answer.
    expect(JSON.stringify(page?.course)).not.toContain('"right"');
    const value = page?.values[0];
    await act(enrollment, {
      kind: "value-reviewed",
      value: value?.id ?? "",
      decision: "correct",
      correction: "560",
    });
    expect((await contactPage(house.desk, enrollment.pageKey))?.values).toMatchObject([
      { current: "560", confirmed: true },
    ]);
  });

  it("a name is text on the page, whatever characters it has (A6)", async () => {
    const { enrollment } = await enrolled(house, {
      contact: { firstName: "<img src=x onerror=alert(1)>", name: "[x](javascript:1)" },
    });
    const page = await contactPage(house.desk, enrollment.pageKey);
    expect(page?.course.steps.map(({ opening }) => opening).join()).not.toMatch(/(?<!\\)<img/);
  });

  it("the sponsor sees counts and goals, never what the contact wrote", async () => {
    const { enrollment, sponsorEnrollment } = await enrolled(house);
    await act(enrollment, { kind: "question-asked", text: "Why is my boss never there?" });
    await act(enrollment, { kind: "intent-stated", intent: "undecided", why: "Secret doubts" });
    const page = await sponsorPage(house.desk, sponsorEnrollment?.pageKey ?? "");
    expect(page?.status).toHaveLength(3);
    expect(JSON.stringify(page)).not.toMatch(/boss never|Secret doubts/);
    expect(page?.ask?.blocks.length).toBeGreaterThan(0);
  });

  it("a page whose key was replaced shows nothing", async () => {
    const { enrollment } = await enrolled(house);
    expect(await contactPage(house.desk, "11111111-1111-4111-8111-111111111111")).toBeNull();
    expect(await sponsorPage(house.desk, enrollment.pageKey)).toBeNull();
  });

  it("stopping is immediate, holds for the address, and can be asked for again", async () => {
    const { enrollment, contact } = await enrolled(house);
    const stop = () => unsubscribe(house.desk, { enrollmentId: enrollment.id, source: "page" });
    const results = await Promise.all([stop(), stop(), stop()]);
    expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
    const row = await database.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(row).toMatchObject({ status: "exited", exitReason: "unsubscribed" });
    expect(await database.db.suppression.count({ where: { email: contact.email ?? "" } })).toBe(1);
  });
});
