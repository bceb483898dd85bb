import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proposePlan } from "../../../src/operations/accept-plan.ts";
import { answerQuestion } from "../../../src/operations/answer-question.ts";
import { recordHistory } from "../../../src/operations/record-history.ts";
import { enrolled } from "../../support/desk.ts";
import {
  aMail,
  aWebHouse,
  FORM,
  postForm,
  rowCounts,
  signIn,
  type WebHouse,
} from "../../support/web-house.ts";

let house: WebHouse;
beforeAll(async () => {
  house = await aWebHouse();
});
afterAll(() => house.close());

async function aReader(more: Parameters<typeof enrolled>[1] = {}) {
  const handover = await enrolled(house, more);
  const mail = await aMail(house, handover.enrollment, "the-job");
  return { ...handover, ...mail };
}
/** Ids of the parts that stand open. */
const openParts = (body: string) => {
  const $ = load(body);
  return $("details.part[open] > .inside")
    .toArray()
    .map((part) => $(part).attr("id"));
};
const lineOf = (body: string, id: string) => load(body)(`details.part:has(> #${id}) > summary`).text();
const textOf = (body: string) => load(body)("main").text();
const eventsOf = async (enrollmentId: string) =>
  (await house.parts.db.engagementEvent.findMany({ where: { enrollmentId }, orderBy: { id: "asc" } })).map(
    ({ kind, evidenceClass, source }) => ({ kind, evidenceClass, source }),
  );

describe("the contact's page, without any script", () => {
  it("S0-39: shows the whole course, one next thing and the minutes left; no score and no grade", async () => {
    const { page } = await aReader();
    const answer = await house.server.inject({ url: page });
    expect(answer.statusCode).toBe(200);
    const text = textOf(answer.body);
    expect(text).toContain("Hello Imani");
    expect(text).toContain("Your one next thing");
    expect(text).toMatch(/0 of 10 steps done, about \d+ minutes left/);
    expect(text).toContain("What we record and who sees it");
    expect(text).not.toMatch(/\bscore\b|\bverdict\b|readiness/i);
    // Every act is a form that posts; the only script is the optional hint, by nonce and from ourselves.
    const $ = load(answer.body);
    expect(
      $("form")
        .toArray()
        .every((form) => $(form).attr("method") === "post"),
    ).toBe(true);
    expect(
      $("script")
        .toArray()
        .map((script) => $(script).attr("src")),
    ).toEqual([
      expect.stringMatching(/^\/assets\/contact\.js/),
      expect.stringMatching(/^\/assets\/visit\.js/),
    ]);
    expect(answer.body).not.toMatch(/\sstyle="|\son[a-z]+="/);
  });

  it("takes a task with evidence as strong and shows what was written", async () => {
    const { page, enrollment } = await aReader();
    const answer = await postForm(house, page, "task:what-good-means-here", {
      text: "Somebody books a visit.",
    });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toContain("said=task-done");
    expect(await eventsOf(enrollment.id)).toContainEqual({
      kind: "task-done",
      evidenceClass: "strong",
      source: "page",
    });
    const [back] = String(answer.headers.location).split("#");
    const after = await house.server.inject({ url: back ?? "" });
    expect(textOf(after.body)).toContain("Somebody books a visit.");
  });

  it("answers a check at once and kindly, and lets it be tried again", async () => {
    const { page } = await aReader();
    const $ = load((await house.server.inject({ url: page })).body);
    const name = $("#the-job-check input[type=radio]").first().attr("name") ?? "";
    const wrong = $("#the-job-check input[type=radio]").first().attr("value") ?? "";
    const answer = await postForm(house, page, "check:the-job-check", { [name]: wrong });
    expect(answer.statusCode).toBe(303);
    const after = load((await house.server.inject({ url: page })).body)("#the-job-check").text();
    expect(after).toMatch(/Not quite yet\..*What fits best:|Yes\./s);
    expect(after).not.toMatch(/\bwrong\b/i);
    expect(after).toContain("Try again");
  });

  it("S0-28, S0-41: always takes a question, stores it with its mail's step, and shows resources beside it", async () => {
    const { page, enrollment } = await aReader();
    const answer = await postForm(house, page, "question", { text: "Who may send to all clinics?" });
    expect(answer.statusCode).toBe(303);
    const after = await house.server.inject({ url: String(answer.headers.location).split("#")[0] ?? "" });
    expect(textOf(after.body)).toContain("Your question is with us");
    expect(textOf(after.body)).toContain("Who may send to all clinics?");
    expect(await house.parts.db.question.count({ where: { enrollmentId: enrollment.id } })).toBe(1);
  });

  it("S0-42: ranks priorities by their place; the up buttons move a row and store nothing", async () => {
    const { page, enrollment } = await aReader();
    const typed = { "priority.1": "One clean list", "priority.2": "Fewer no-shows" };
    const moved = await postForm(house, page, "priorities", { ...typed, move: "2" });
    expect(moved.statusCode).toBe(200);
    expect(load(moved.body)("input[name='priority.1']").attr("value")).toBe("Fewer no-shows");
    expect(await house.parts.db.priority.count({ where: { enrollmentId: enrollment.id } })).toBe(0);
    await postForm(house, page, "priorities", typed);
    const stored = await house.parts.db.priority.findMany({
      where: { enrollmentId: enrollment.id, validTo: null },
      orderBy: { rank: "asc" },
    });
    expect(stored.map(({ text }) => text)).toEqual(["One clean list", "Fewer no-shows"]);
  });

  it("S0-15: keeps, changes and drops goals; a change makes a new version of the plan", async () => {
    const { page, account } = await aReader();
    const { workspaceId } = house;
    const goals = [
      { key: "waiting", statement: "Keep waiting under 35 minutes", status: "on_track" as const },
      { key: "lists", statement: "One list", status: "on_track" as const },
    ];
    await proposePlan(house.parts, { workspaceId, accountId: account.id, goals, actor: "cli" });
    const refused = await postForm(house, page, "goals", { "decision.waiting": "change" });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain("write the goal as you would say it");
    const answer = await postForm(house, page, "goals", {
      "decision.waiting": "change",
      "statement.waiting": "Keep waiting under 30 minutes",
      "decision.lists": "keep",
    });
    expect(answer.statusCode).toBe(303);
    const plans = await house.parts.db.successPlan.findMany({
      where: { accountId: account.id },
      orderBy: { version: "asc" },
    });
    expect(plans.length).toBe(2);
    expect(JSON.stringify(plans.at(-1)?.goals)).toContain("under 30 minutes");
  });

  it("confirms or corrects a number, states intent, and says who sees it", async () => {
    const { page, enrollment, account } = await aReader();
    await recordHistory(house.parts, {
      workspaceId: house.workspaceId,
      accountId: account.id,
      actor: "cli",
      values: [
        {
          metric: "Median wait",
          unit: "minutes",
          baseline: "48",
          current: "34",
          period: "2025",
          source: "review",
          capturedOn: "2026-01-15",
        },
      ],
    });
    const value = await house.parts.db.valueStatement.findFirstOrThrow({ where: { accountId: account.id } });
    const refused = await postForm(house, page, `value:${value.id}`, { decision: "correct" });
    expect(refused.statusCode).toBe(422);
    await postForm(house, page, `value:${value.id}`, { decision: "correct", correction: "36" });
    await postForm(house, page, "intent", { intent: "keep", why: "It works" });
    const kinds = (await eventsOf(enrollment.id)).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(["value-confirmed", "intent-stated"]));
    const shown = load((await house.server.inject({ url: page })).body)("#intent").text();
    expect(shown).toContain(`It is not shown to anybody at ${account.name}`);
  });

  it("chooses a time, asks for one, and edits the agenda", async () => {
    const { page, enrollment } = await aReader();
    const $ = load((await house.server.inject({ url: page })).body);
    const slotAt = $("input[name=slotAt]").first().attr("value") ?? "";
    expect((await postForm(house, page, "slot", { slotAt })).statusCode).toBe(303);
    expect((await postForm(house, page, "meeting", { note: "Mornings" })).statusCode).toBe(303);
    const points = { "point.1": "Recalls", "point.2": "Prices", "point.3": " " };
    const moved = await postForm(house, page, "agenda", { ...points, move: "2" });
    expect(load(moved.body)("input[name='point.1']").attr("value")).toBe("Prices");
    expect((await postForm(house, page, "agenda", points)).statusCode).toBe(303);
    const meeting = await house.parts.db.meeting.findFirstOrThrow({ where: { enrollmentId: enrollment.id } });
    expect(meeting.slotAt?.toISOString()).toBe(new Date(slotAt).toISOString());
    expect(meeting.points).toEqual(["Recalls", "Prices"]);
    const agenda = load((await house.server.inject({ url: page })).body)("#agenda ol").first();
    expect(agenda.text()).toMatch(/Recalls.*yours.*Prices/s);
    await postForm(house, page, "agenda", { "point.1": "Prices" });
    const later = await house.parts.db.meeting.findUniqueOrThrow({ where: { id: meeting.id } });
    expect(later.points).toEqual(["Prices"]);
  });

  it("leaves a proposed item out, puts it back and moves it up; the CSM reads what was left out", async () => {
    const { page, enrollment, turnover } = await aReader();
    await postForm(house, page, "objection", { text: "The price list is unclear" });
    await postForm(house, page, "question", { text: "Who may send to all clinics?" });
    const agenda = async () => {
      const $ = load((await house.server.inject({ url: page })).body);
      const texts = (selector: string) =>
        $(selector)
          .toArray()
          .map((one) => $(one).text());
      const button = (words: RegExp) =>
        $("#agenda button[name=do]")
          .toArray()
          .map((one) => ({ words: $(one).text(), value: $(one).attr("value") ?? "" }))
          .find((one) => words.test(one.words))?.value ?? "";
      return { items: texts("#agenda ol.arranged bdi"), left: texts("#left-out bdi"), button };
    };
    const proposed = await agenda();
    expect(proposed.items.slice(0, 2)).toEqual(["The price list is unclear", "Who may send to all clinics?"]);
    await postForm(house, page, "arrange", { do: proposed.button(/Move up: Who may send/) });
    const moved = await agenda();
    expect(moved.items.slice(0, 2)).toEqual(["Who may send to all clinics?", "The price list is unclear"]);
    const kept = await postForm(house, page, "arrange", { do: moved.button(/Leave this out: The price/) });
    expect(kept.statusCode).toBe(303);
    const shorter = await agenda();
    expect([shorter.items.slice(0, 1), shorter.left]).toEqual([
      ["Who may send to all clinics?"],
      ["The price list is unclear"],
    ]);
    const { cookie } = await signIn(house);
    const room = await house.server.inject({ url: `/cases/${turnover.id}`, headers: { cookie } });
    expect(load(room.body)("#meeting").text()).toContain("Left out by Imani: The price list is unclear.");
    await postForm(house, page, "arrange", { do: shorter.button(/Put it back/) });
    const again = await agenda();
    expect([again.items.slice(0, 2), again.left]).toEqual([moved.items.slice(0, 2), []]);
    expect(await house.parts.db.meeting.count({ where: { enrollmentId: enrollment.id } })).toBe(1);
  });

  it("S0-40: changes the pace, pauses until a day and goes on", async () => {
    const { page, enrollment } = await aReader();
    await postForm(house, page, "pace", { pace: "slow" });
    await postForm(house, page, "pause", { until: "2026-03-20" });
    const paused = await house.parts.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(paused.pace).toBe("slow");
    expect(textOf((await house.server.inject({ url: page })).body)).toContain("Mails are paused until");
    expect((await postForm(house, page, "resume")).statusCode).toBe(303);
    expect(textOf((await house.server.inject({ url: page })).body)).not.toContain("Mails are paused");
  });

  it("folds everything but the course, each part with one line on how it stands", async () => {
    const { page, account } = await aReader();
    const goals = [
      { key: "waiting", statement: "Keep waiting under 35 minutes", status: "on_track" as const },
      { key: "lists", statement: "One list", status: "on_track" as const },
    ];
    await proposePlan(house.parts, {
      workspaceId: house.workspaceId,
      accountId: account.id,
      goals,
      actor: "cli",
    });
    const first = await house.server.inject({ url: page });
    expect(openParts(first.body)).toEqual([]);
    expect(lineOf(first.body, "goals")).toContain("0 of 2 goals kept");
    expect(lineOf(first.body, "question")).toContain("None yet");
    await postForm(house, page, "goals", { "decision.waiting": "keep", "decision.lists": "drop" });
    await postForm(house, page, "priorities", { "priority.1": "Fewer no-shows" });
    await postForm(house, page, "pace", { pace: "slow" });
    await postForm(house, page, "intent", { intent: "replace" });
    const { body } = await house.server.inject({ url: page });
    expect(lineOf(body, "goals")).toContain("1 of 1 goal kept");
    expect(lineOf(body, "priorities")).toContain("First: Fewer no-shows");
    expect(lineOf(body, "pace")).toContain("Slower mails");
    // Where they stand is not read over a shoulder.
    expect(lineOf(body, "intent")).toMatch(/Said on Monday 2 March/);
  });

  it("opens a part for a link, after its form, when it was refused, and for an answer that is new", async () => {
    const { page, enrollment } = await aReader();
    const opened = async (url: string) => openParts((await house.server.inject({ url })).body);
    expect(await opened(`${page}?open=agreement`)).toEqual(["goals"]);
    expect(await opened(`${page}?open=nothing-here`)).toEqual([]);
    const kept = await postForm(house, page, "question", { text: "Who may send to all clinics?" });
    expect(await opened(String(kept.headers.location).split("#")[0] ?? "")).toEqual(["question"]);
    const refused = await postForm(house, page, "introduction", { email: "lee@customer.test" });
    expect(openParts(refused.body)).toEqual(["people"]);
    house.desk.setNow("2026-03-03T09:00:00Z");
    const { id } = await house.parts.db.question.findFirstOrThrow({ where: { enrollmentId: enrollment.id } });
    const { workspaceId } = house;
    await answerQuestion(house.parts, { workspaceId, questionId: id, answer: "You and Lee.", actor: "cli" });
    const waiting = await house.server.inject({ url: page });
    expect(openParts(waiting.body)).toEqual(["question"]);
    expect(lineOf(waiting.body, "question")).toMatch(/1 question: 1 answered.*New answer/s);
    // Whoever has acted since has been here; the answer is no longer news.
    house.desk.setNow("2026-03-03T09:05:00Z");
    await postForm(house, page, "pace", { pace: "slow" });
    expect(await opened(page)).toEqual([]);
    house.desk.setNow("2026-03-02T09:00:00Z");
  });

  it("keeps what was typed when a form is refused, and says what to change", async () => {
    const { page } = await aReader();
    const answer = await postForm(house, page, "introduction", { email: "lee@customer.test" });
    expect(answer.statusCode).toBe(422);
    const $ = load(answer.body);
    expect($("[role=alert]").text()).toContain("colleague's name");
    expect($("#f-introduction input[name=email]").attr("value")).toBe("lee@customer.test");
  });

  it("takes the same form twice as one act, and an edited one as another", async () => {
    const { page, enrollment } = await aReader();
    const once = "7d8f2f1c-6f57-4f0e-9f1c-0a4f4be01c11";
    const post = (text: string) =>
      house.server.inject({
        method: "POST",
        url: page,
        headers: FORM,
        payload: new URLSearchParams({ act: "question-asked", form: "question", once, text }).toString(),
      });
    await post("Where is the list?");
    await post("Where is the list?");
    await post("Who owns the recall mails?");
    expect(await house.parts.db.question.count({ where: { enrollmentId: enrollment.id } })).toBe(2);
  });

  it("S0-23: shows the story to the customer and never what is internal", async () => {
    const { page, account } = await aReader();
    await recordHistory(house.parts, {
      workspaceId: house.workspaceId,
      accountId: account.id,
      actor: "cli",
      timeline: [
        {
          kind: "decision",
          date: "2025-05-01",
          text: "Tuesdays only",
          visibility: "customer",
          source: "import",
        },
        {
          kind: "note",
          date: "2025-06-01",
          text: "They may leave us",
          visibility: "internal",
          source: "import",
        },
      ],
    });
    for (const about of [
      "",
      "/story-so-far",
      "/decisions",
      "/overview",
      "/setup",
      "/open-items",
      "/people",
    ]) {
      const { body, statusCode } = await house.server.inject({ url: `${page}${about}` });
      expect(statusCode).toBe(200);
      expect(body).not.toContain("They may leave us");
    }
    expect((await house.server.inject({ url: `${page}/story-so-far` })).body).toContain("Tuesdays only");
  });

  it("stops at once when the person says so or is the wrong one, and stays readable", async () => {
    const stopped = await aReader();
    expect((await postForm(house, stopped.page, "stop")).statusCode).toBe(303);
    const wrong = await aReader();
    await postForm(house, wrong.page, "wrong-person", { whoInstead: "Lee Brandt" });
    for (const { page, enrollment } of [stopped, wrong]) {
      const row = await house.parts.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
      expect(row.status).toBe("exited");
      const shown = await house.server.inject({ url: page });
      expect(shown.statusCode).toBe(200);
      expect(textOf(shown.body)).toContain("This program has ended");
      expect(load(shown.body)("form").length).toBe(0);
      // The person's rights to their data do not end with the program.
      const record = load((await house.server.inject({ url: `${page}/record` })).body);
      const left = record("form").toArray();
      expect(left.map((form) => record(form).attr("action"))).toEqual([`${page}/data`, `${page}/forget`]);
    }
  });

  it("A6: shows a name that looks like markup or a template as letters", async () => {
    const name = `<img src=x onerror=alert(1)> {{constructor}} \${7*7} [a](javascript:alert(1))`;
    const { page } = await aReader({ contact: { firstName: name, name } });
    const { body } = await house.server.inject({ url: page });
    expect(body).not.toContain("<img");
    expect(body).not.toMatch(/href="javascript:/i);
    expect(textOf(body)).toContain("<img src=x onerror=alert(1)>");
  });
});

describe("looking changes nothing", () => {
  it("A12: GET and HEAD a hundred times add raw hits, told as machine signals, and nothing else", async () => {
    const { page, unsubscribe, sendId } = await aReader();
    const link = `/c/${house.desk.links.sign("link", sendId, 0)}`;
    const acts = () => house.parts.db.engagementEvent.count({ where: { evidenceClass: { not: "machine" } } });
    const before = { ...(await rowCounts(house)), engagement_event: await acts() };
    for (let round = 0; round < 100; round++) {
      await house.server.inject({ url: page });
      await house.server.inject({ method: "HEAD", url: page });
      await house.server.inject({ url: unsubscribe });
      await house.server.inject({ method: "HEAD", url: unsubscribe });
      if (round < 5) await house.server.inject({ url: link });
    }
    const after: Record<string, number> = { ...(await rowCounts(house)), engagement_event: await acts() };
    expect({ ...after, hit: 0 }).toEqual({ ...before, hit: 0 });
    expect(await house.parts.db.hit.count({ where: { sendId } })).toBeGreaterThan(0);
    const heads = await house.parts.db.hit.findMany({ where: { sendId, method: "HEAD" } });
    expect(heads.length).toBeGreaterThan(0);
    expect(heads.every((hit) => hit.label === "machine")).toBe(true);
  });

  it("answers HEAD with a status and no body, and runs no page", async () => {
    const { page } = await aReader();
    const head = await house.server.inject({ method: "HEAD", url: page });
    expect([head.statusCode, head.body]).toEqual([200, ""]);
    expect((await house.server.inject({ method: "HEAD", url: "/p/nothing" })).statusCode).toBe(404);
    expect((await house.server.inject({ method: "HEAD", url: "/cases" })).statusCode).toBe(404);
  });
});

describe("the sponsor's page", () => {
  it("S0-25: has three lines, the goals and one ask, and nothing private of the contact", async () => {
    const { page, sponsorEnrollment } = await aReader();
    await postForm(house, page, "intent", { intent: "replace", why: "We liked the old one" });
    await postForm(house, page, "question", { text: "Is my sponsor reading this?" });
    if (sponsorEnrollment === null) throw new Error("The handover has a sponsor.");
    const [first] = await aSponsorsSteps(sponsorEnrollment.versionId);
    const mail = await aMail(house, sponsorEnrollment, first ?? "");
    for (const about of ["", "/overview", "/story-so-far", "/questions"]) {
      const shown = await house.server.inject({ url: `${mail.page}${about}` });
      expect(shown.statusCode).toBe(200);
      expect(shown.body).not.toMatch(/We liked the old one|reading this|replace/i);
    }
    expect((await postForm(house, mail.page, "endorse", { text: "Meet Imani" })).statusCode).toBe(303);
    expect(textOf((await house.server.inject({ url: mail.page })).body)).toContain("Meet Imani");
  });
});

async function aSponsorsSteps(versionId: string): Promise<string[]> {
  const version = await house.parts.db.sequenceVersion.findUniqueOrThrow({ where: { id: versionId } });
  return (version.definition as { steps: { key: string }[] }).steps.map(({ key }) => key);
}
