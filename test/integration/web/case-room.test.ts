import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EvidenceClass, LogEvent } from "../../../src/domain/engagement/events.ts";
import { type NewEvent, recordEvents } from "../../../src/drivers/store/events.ts";
import type { ClaimedSend } from "../../../src/drivers/store/sends.ts";
import { assessDue } from "../../../src/operations/assess-due.ts";
import { escalationMailWriters } from "../../../src/operations/write-escalation-mail.ts";
import { START } from "../../support/builders.ts";
import { aHandover, enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, postForm, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let signed: Awaited<ReturnType<typeof signIn>>;
beforeAll(async () => {
  house = await aWebHouse();
  signed = await signIn(house);
});
afterAll(() => house.close());

const get = (url: string) => house.server.inject({ url, headers: { cookie: signed.cookie } });
const page = async (url: string) => load((await get(url)).body);
const post = (url: string, fields: Record<string, string>) =>
  house.server.inject({
    method: "POST",
    url,
    headers: signed.headers,
    payload: new URLSearchParams({ csrf: signed.csrf, ...fields }).toString(),
  });

describe("the case room", () => {
  it("shows the head, the next act, readiness, the drawn program and its list", async () => {
    const { turnover, enrollment } = await enrolled(house);
    await aMail(house, enrollment, "the-job");
    const $ = await page(`/cases/${turnover.id}`);
    expect($("h1").text()).toContain("Imani Okafor");
    expect($("main").text()).toMatch(/Severity \d of 5/);
    expect($("main").text()).toMatch(/High risk|Expected to stay/);
    expect($("[data-live=head] .button").length).toBeLessThanOrEqual(1);
    expect($(".drawing svg a.mark").length).toBeGreaterThan(5);
    expect($(".drawing .off").attr("d")).toMatch(/^M/);
    expect($(".line > li").length).toBeGreaterThan(8);
    expect($(".line .now").text()).toContain("Today");
  });

  it("leads from each step to its mail as this contact sees it, framed without scripts", async () => {
    const { turnover, enrollment } = await enrolled(house);
    const $ = await page(`/cases/${turnover.id}`);
    const link = $(".line a").first().attr("href") ?? "";
    const moved = await get(`/cases/${turnover.id}${link}`);
    expect(moved.headers.location).toMatch(new RegExp(`^/enrollments/${enrollment.id}/mails/`));
    const mail = await page(String(moved.headers.location));
    expect(mail("iframe").attr("sandbox")).toBe("");
    const framed = await get(mail("iframe").attr("src") ?? "");
    expect(framed.body).toContain("Imani");
    expect(String(framed.headers["content-security-policy"])).toContain("default-src 'none'");
    const tabs = mail("nav[aria-label='How the mail is shown'] a").toArray();
    expect(tabs.map((tab) => mail(tab).text())).toEqual(["Desktop", "Phone", "Text", "Dark"]);
    const [, phone, text, dark] = tabs.map((tab) => mail(tab).attr("href") ?? "");
    expect((await page(phone ?? ""))(".mail-look.phone iframe")).toHaveLength(1);
    expect((await page(text ?? ""))("pre.mail-text").text()).toContain("Imani");
    const night = (await page(dark ?? ""))("iframe").attr("src") ?? "";
    expect((await get(night)).body).toContain("color-scheme:only dark");
    expect(framed.body).toContain("color-scheme:only light");
  });

  it("takes each missing fact where it is missed, and somebody new who takes over", async () => {
    const { turnover, account } = await aHandover(house, {
      turnover: { replacementContactId: null, replacementType: null, departureReason: null },
    });
    const missing = await page(`/cases/${turnover.id}`);
    expect(missing("#capture-replacementContactId form").length).toBe(1);
    expect(missing("main").text()).toContain("Name who takes over");
    const url = `/cases/${turnover.id}/facts`;
    const named = await post(url, { field: "replacementContactId", value: "", name: "Noor Haddad" });
    expect(named.headers.location).toBe(`/cases/${turnover.id}?said=captured#facts`);
    await post(url, { field: "replacementType", value: "internal" });
    await post(url, { field: "departureEffectiveOn", value: "2026-03-20" });
    await post(url, { field: "destination", value: "external", newCompany: "Elsewhere" });
    const { db } = house.parts;
    const row = await db.case.findUniqueOrThrow({ where: { id: turnover.id } });
    const noor = await db.contact.findFirstOrThrow({ where: { accountId: account.id, name: "Noor Haddad" } });
    expect(row).toMatchObject({
      replacementContactId: noor.id,
      replacementType: "internal",
      destination: "external",
      newCompany: "Elsewhere",
    });
    const filled = await page(`/cases/${turnover.id}`);
    expect(filled("#capture-replacementContactId").length).toBe(0);
    expect(filled("main").text()).toContain("Proposed track");
    expect(filled(`a[href='/enroll?case=${turnover.id}']`).length).toBeGreaterThan(0);
  });

  it("refuses a fact that was not chosen, and keeps what was typed", async () => {
    const { turnover } = await aHandover(house, { turnover: { departureReason: null } });
    const answer = await post(`/cases/${turnover.id}/facts`, { field: "departureReason", value: "bored" });
    expect(answer.statusCode).toBe(422);
    expect(load(answer.body)("main").text()).toContain("Nothing was chosen.");
  });

  it("S0-28: answers a question right there, with a resource", async () => {
    const { turnover, enrollment } = await enrolled(house);
    const { page: theirs } = await aMail(house, enrollment, "the-job");
    await postForm(house, theirs, "question", { text: "Which list is right?" });
    const $ = await page(`/cases/${turnover.id}`);
    const action = $("#questions form").attr("action") ?? "";
    await post(action, { answer: "The second.", resource: "", back: `/cases/${turnover.id}#questions` });
    expect((await page(`/cases/${turnover.id}`))("#questions").text()).toContain("The second.");
  });

  it("books a day and a time in the contact's zone", async () => {
    const { turnover, enrollment } = await enrolled(house);
    const booked = await post(`/enrollments/${enrollment.id}/meetings`, {
      date: "2026-03-11",
      time: "10:00",
      back: `/cases/${turnover.id}#meeting`,
    });
    expect(booked.statusCode).toBe(303);
    const meeting = await house.parts.db.meeting.findFirstOrThrow({ where: { enrollmentId: enrollment.id } });
    expect(meeting.state).toBe("booked");
    const wrong = await post(`/enrollments/${enrollment.id}/meetings`, { date: "", time: "", back: "/" });
    expect(wrong.statusCode).toBe(422);
  });

  it("leads from a phrase to all the lines behind it, marked, wherever in the list they stand (D7)", async () => {
    const { turnover, enrollment } = await enrolled(house);
    const line = (minute: number, key: string, event: object, evidence: EvidenceClass): NewEvent => ({
      workspaceId: house.workspaceId,
      enrollmentId: enrollment.id,
      contactId: enrollment.contactId,
      event: { at: new Date(START.getTime() + minute * 60_000).toISOString(), ...event } as LogEvent,
      evidence,
      receivedAt: START,
      source: "page",
      dedupeKey: key,
    });
    const asked = (question: string) => ({ kind: "question-asked", question, text: `About ${question}?` });
    await recordEvents(house.parts.db, [
      line(1, "first", asked("exports"), "strong"),
      ...Array.from({ length: 60 }, (_, index) =>
        line(2 + index, `visit-${index}`, { kind: "page-visit", seconds: 20 }, "human_probable"),
      ),
      line(70, "second", asked("imports"), "strong"),
      line(71, "opened", { kind: "open" }, "machine"),
    ]);
    house.desk.setNow("2026-03-02T11:00:00Z");
    const room = await page(`/cases/${turnover.id}`);
    const address = room("#readiness a:contains('2 questions')").attr("href") ?? "";
    const near = await page(address);
    expect(near("#marked").text()).toContain("imports");
    expect(near("mark")).toHaveLength(1);
    expect(near(".pager").text()).toMatch(/^1–50 of/);
    const other = near("[role=status] a:contains('1 on page 2')").attr("href") ?? "";
    const far = await page(other);
    expect(far("#marked mark").text()).toContain("exports");
    expect(far("[role=status]").text()).toContain("1 on page 1");
    // A number of the score opens its lines too, and what looks machine-made stands in its own list.
    const part = await page(room("#components a[href*='part=questions']").attr("href") ?? "");
    expect(part("#marked").text()).toContain("imports");
    const opened = await house.parts.db.engagementEvent.findFirstOrThrow({
      where: { enrollmentId: enrollment.id, kind: "open" },
    });
    const machine = await page(`/cases/${turnover.id}/evidence?event=${opened.id}`);
    expect(machine("h1").text()).toBe("Signals that look machine-made");
    expect(machine("mark")).toHaveLength(1);
    const gone = await page(`/cases/${turnover.id}/evidence?event=${turnover.id}`);
    expect(gone("[role=status]").text()).toContain("not on record any more");
    expect(gone("mark")).toHaveLength(0);
    house.desk.setNow(START);
  });

  it("has the evidence, the history, the tasks, the facts and what is rare on pages of their own", async () => {
    const { turnover, enrollment } = await enrolled(house);
    for (const url of [
      `/cases/${turnover.id}/evidence`,
      `/cases/${turnover.id}/evidence?machines=yes`,
      `/cases/${turnover.id}/history`,
      `/cases/${turnover.id}/tasks`,
      `/cases/${turnover.id}/facts`,
      `/enrollments/${enrollment.id}/stop`,
      `/enrollments/${enrollment.id}/switch`,
    ]) {
      const answer = await get(url);
      expect([url, answer.statusCode]).toEqual([url, 200]);
      expect(load(answer.body)("h1").length).toBe(1);
    }
  });

  it("switches the track after showing why and what changes", async () => {
    const { turnover, enrollment } = await enrolled(house);
    const $ = await page(`/enrollments/${enrollment.id}/switch?track=internal`);
    expect($("main").text()).toContain("What changes");
    const moved = await post(`/enrollments/${enrollment.id}/switch`, {
      track: "internal",
      reason: "Was here before",
    });
    expect(moved.headers.location).toBe(`/cases/${turnover.id}?said=switched`);
    const ended = await house.parts.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(ended.exitReason).toBe("superseded_by_track");
    expect((await page(`/cases/${turnover.id}`))("#program").length).toBe(1);
  });

  it("answers 404 for a case of another workspace, on every page of it", async () => {
    const other = await aWebHouse();
    try {
      const { turnover, enrollment } = await enrolled(other);
      for (const path of ["", "/events", "/escalate", "/evidence", "/history", "/facts", "/tasks"])
        expect((await get(`/cases/${turnover.id}${path}`)).statusCode).toBe(404);
      expect((await get(`/enrollments/${enrollment.id}/mails/the-job`)).statusCode).toBe(404);
    } finally {
      await other.close();
    }
  });

  it("shows a viewer the room without any form that acts, and refuses the acts", async () => {
    const { turnover } = await enrolled(house);
    await house.parts.db.user.create({
      data: {
        workspaceId: house.workspaceId,
        name: "Vera Low",
        email: "vera@fernwick.test",
        roles: ["viewer"],
      },
    });
    const viewer = await signIn(house, "vera@fernwick.test");
    const shown = await house.server.inject({
      url: `/cases/${turnover.id}`,
      headers: { cookie: viewer.cookie },
    });
    expect(shown.statusCode).toBe(200);
    expect(load(shown.body)("main form[method=post]").length).toBe(0);
    const tried = await house.server.inject({
      method: "POST",
      url: `/cases/${turnover.id}/escalate`,
      headers: viewer.headers,
      payload: `csrf=${viewer.csrf}&do=draft`,
    });
    expect(tried.statusCode).toBe(403);
  });
});

describe("the brief to the sponsor (D9)", () => {
  const address = (caseId: string) => `/cases/${caseId}/escalate`;

  async function drafted() {
    const made = await enrolled(house);
    await post(address(made.turnover.id), { do: "draft" });
    const { db } = house.parts;
    const draft = await db.escalation.findFirstOrThrow({ where: { caseId: made.turnover.id } });
    return { ...made, draft };
  }
  const sends = (contactId: string) =>
    house.parts.db.send.findMany({ where: { contactId, kind: "escalation" } });

  it("is drafted once, sends nothing by itself, and shows the mail as it will arrive", async () => {
    const { turnover, sponsor, draft } = await drafted();
    await post(address(turnover.id), { do: "draft" });
    expect(await house.parts.db.escalation.count({ where: { caseId: turnover.id } })).toBe(1);
    expect(await sends(sponsor.id)).toEqual([]);
    expect(draft.body).toContain("My ask:");
    const framed = await get(`/escalations/${draft.id}/html`);
    expect(framed.body).toContain("My ask:");
    expect(String(framed.headers["content-security-policy"])).toContain("default-src 'none'");
  });

  it("goes once, in exactly the words that were approved, however often the button is pressed", async () => {
    const { turnover, sponsor, draft } = await drafted();
    const words = {
      do: "approve",
      escalation: draft.id,
      subject: "One ask",
      body: "Harriet, please call.\n\n- one\n- two",
    };
    const first = await post(address(turnover.id), words);
    expect(first.headers.location).toBe(`/cases/${turnover.id}?said=escalated`);
    await post(address(turnover.id), { ...words, body: "Something else" });
    const [send, ...more] = await sends(sponsor.id);
    expect(more).toEqual([]);
    expect(send).toMatchObject({ mailClass: "service", status: "planned" });
    const write = escalationMailWriters(house.parts)["escalation"];
    const mail = await write?.({
      ...send,
      senderName: "Dana Whitlock",
      workspaceName: "Fernwick Software",
    } as unknown as ClaimedSend);
    expect(mail).toMatchObject({ kind: "written", subject: "One ask" });
    expect(mail?.kind === "written" && mail.text).toContain("please call");
    expect(mail?.kind === "written" && mail.text).not.toContain("Something else");
    const audit = await house.parts.db.auditEntry.findFirst({
      where: { action: "escalation-approved", subjectId: draft.id },
    });
    expect(audit?.actor).toBe(`user:${house.csm.id}`);
  });

  it("refuses more than 150 words, keeps what was typed and says so at the field", async () => {
    const { turnover, sponsor, draft } = await drafted();
    const body = "word ".repeat(151).trim();
    const answer = await post(address(turnover.id), {
      do: "approve",
      escalation: draft.id,
      subject: "S",
      body,
    });
    expect(answer.statusCode).toBe(422);
    const $ = load(answer.body);
    expect($("#body").text()).toBe(body);
    expect($("#body-complaint").text()).toContain("151 words");
    expect(await sends(sponsor.id)).toEqual([]);
  });

  it("is refused for ten business days after the last one, with the date on which it may go again", async () => {
    const { turnover, draft } = await drafted();
    await post(address(turnover.id), { do: "approve", escalation: draft.id, subject: "S", body: "B" });
    const answer = await post(address(turnover.id), { do: "draft" });
    expect(answer.statusCode).toBe(422);
    expect(load(answer.body)("main").text()).toContain("16 March 2026");
    expect((await page(`/cases/${turnover.id}`))("#sponsor a.button").length).toBe(0);
  });

  it("is refused for a sponsor who unsubscribed, with the reason", async () => {
    const { turnover, sponsor } = await enrolled(house);
    await house.parts.db.contact.update({ where: { id: sponsor.id }, data: { mailStatus: "unsubscribed" } });
    const answer = await post(address(turnover.id), { do: "draft" });
    expect(answer.statusCode).toBe(422);
    expect(load(answer.body)("main").text()).toContain("asked us not to write");
    expect(await house.parts.db.escalation.count({ where: { caseId: turnover.id } })).toBe(0);
  });

  it("is dismissed with a reason, and not without one", async () => {
    const { turnover, draft } = await drafted();
    const bare = await post(address(turnover.id), { do: "dismiss", escalation: draft.id, reason: " " });
    expect(bare.statusCode).toBe(422);
    await post(address(turnover.id), { do: "dismiss", escalation: draft.id, reason: "They spoke today" });
    const row = await house.parts.db.escalation.findUniqueOrThrow({ where: { id: draft.id } });
    expect(row).toMatchObject({ status: "dismissed", reason: "They spoke today" });
  });

  it("is asked for once by the daily look when a condition holds, and never sent by it", async () => {
    const { turnover, enrollment, sponsor } = await enrolled(house);
    await house.parts.db.intent.create({
      data: {
        workspaceId: house.workspaceId,
        enrollmentId: enrollment.id,
        value: "review_alternatives",
        statedAt: house.desk.clock.now(),
        source: "page",
      },
    });
    for (const day of ["2026-03-03", "2026-03-04"]) {
      house.desk.setNow(`${day}T23:00:00Z`);
      await assessDue(house.parts, { limit: 1000 });
    }
    house.desk.setNow("2026-03-02T09:00:00Z");
    const duties = await house.parts.db.csmTask.findMany({
      where: { caseId: turnover.id, kind: "escalate" },
    });
    expect(duties.map(({ text }) => text)).toEqual(["Escalate to Harriet Doyle?"]);
    expect(await sends(sponsor.id)).toEqual([]);
  });
});

describe("the live connection", () => {
  it("tells an open room that something changed, and ends when the server stops", async () => {
    const own = await aWebHouse();
    const base = await own.server.listen({ port: 0, host: "127.0.0.1" });
    const { turnover } = await enrolled(own);
    const { cookie } = await signIn(own);
    const listen = () => fetch(`${base}/cases/${turnover.id}/events`, { headers: { cookie } });
    const answer = await listen();
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    await own.parts.db.case.update({ where: { id: turnover.id }, data: { severity: 4 } });
    let heard = "";
    while (!heard.includes("event: changed")) heard += (await reader?.read())?.value ?? "";
    expect(heard).toContain("retry:");
    const more = await Promise.all([listen(), listen(), listen()]);
    expect(more.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await listen()).status).toBe(429);
    const started = performance.now();
    await own.close();
    expect(performance.now() - started).toBeLessThan(5_000);
    await expect(reader?.read()).resolves.toMatchObject({ done: true });
  });
});
