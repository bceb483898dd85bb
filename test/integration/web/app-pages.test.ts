import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CapturedMail } from "../../../src/web/web-parts.ts";
import { enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, postForm, signIn, type WebHouse } from "../../support/web-house.ts";

const MAIL: CapturedMail = {
  id: "m1",
  receivedAt: new Date("2026-03-02T09:00:00Z"),
  from: "dana@fernwick.test",
  to: ["imani@customer.test"],
  subject: "Welcome <b>you</b>",
  html: '<html><head></head><body><script>alert(1)</script><a href="https://baton.test/p/x">Open</a></body></html>',
  text: "Welcome",
  headers: [{ name: "Subject", value: "Welcome <b>you</b>" }],
  source: "Subject: Welcome\r\n\r\nWelcome",
};
let house: WebHouse;
let clockActs: string[];
beforeAll(async () => {
  clockActs = [];
  house = await aWebHouse({
    mailbox: {
      list: async () => [MAIL],
      get: async (id) => (id === MAIL.id ? MAIL : null),
      forget: async () => 0,
    },
    demo: {
      state: () => ({ now: new Date("2026-03-02T09:00:00Z"), playing: true, daySeconds: 4 }),
      pause: () => void clockActs.push("pause"),
      play: () => void clockActs.push("play"),
      step: (hours) => void clockActs.push(`step ${hours}`),
      setDaySeconds: (seconds) => void clockActs.push(`rate ${seconds}`),
    },
  });
});
afterAll(() => house.close());

describe("the CSM's pages", () => {
  it("S0-43: show readiness with its reasons, gates and agenda before a meeting is booked", async () => {
    const { turnover, enrollment } = await enrolled(house);
    const { page } = await aMail(house, enrollment, "the-job");
    await postForm(house, page, "question", { text: "Which list is right?" });
    const { cookie, csrf, headers } = await signIn(house);
    const room = await house.server.inject({ url: `/cases/${turnover.id}`, headers: { cookie } });
    expect(room.statusCode).toBe(200);
    const text = load(room.body)("main").text();
    expect(text).toMatch(/What “ready” asks/);
    expect(text).toContain("What it should be about");
    expect(text).toContain("Which list is right?");
    const question = await house.parts.db.question.findFirstOrThrow({
      where: { enrollmentId: enrollment.id },
    });
    const answered = await house.server.inject({
      method: "POST",
      url: `/questions/${question.id}/answer`,
      headers,
      payload: new URLSearchParams({
        csrf,
        answer: "The second.",
        back: `/cases/${turnover.id}#questions`,
      }).toString(),
    });
    expect(answered.headers.location).toBe(`/cases/${turnover.id}?said=answered#questions`);
    expect((await house.server.inject({ url: page })).body).toContain("The second.");
  });

  it("shows an uncertain send in my week with a button that a person has to press", async () => {
    const { enrollment } = await enrolled(house);
    const { sendId } = await aMail(house, enrollment, "the-job", { status: "uncertain", submittedAt: null });
    const { cookie, csrf, headers } = await signIn(house);
    const week = load((await house.server.inject({ url: "/", headers: { cookie } })).body);
    expect(week(`form[action='/sends/${sendId}/send-again'] button`).text()).toMatch(/^Send again/);
    const url = `/sends/${sendId}/send-again`;
    await house.server.inject({ method: "POST", url, headers, payload: `csrf=${csrf}&back=/` });
    expect((await house.parts.db.send.findUniqueOrThrow({ where: { id: sendId } })).status).toBe("planned");
  });

  it("shows what the contact sees without the contact's forms: nobody acts in another's name", async () => {
    const { enrollment } = await enrolled(house);
    const { cookie } = await signIn(house);
    const shown = await house.server.inject({
      url: `/enrollments/${enrollment.id}/page`,
      headers: { cookie },
    });
    expect(shown.body).toContain("Hello Imani");
    const $ = load(shown.body);
    expect($("form, script").length).toBe(0);
    // Every way on leads somewhere, and to nothing that only its reader may do.
    const ways = $("main a[href^='/']")
      .toArray()
      .map((link) => $(link).attr("href")?.split("#")[0] ?? "");
    expect(ways.length).toBeGreaterThan(3);
    for (const url of new Set(ways)) {
      const answer = await house.server.inject({ url, headers: { cookie } });
      expect([url, answer.statusCode]).toEqual([url, 200]);
      expect(load(answer.body)("main form, script").length).toBe(0);
    }
    for (const only of ["record", "data", "meeting.ics"]) {
      const url = `/enrollments/${enrollment.id}/page/${only}`;
      expect((await house.server.inject({ url, headers: { cookie } })).statusCode).toBe(404);
    }
  });

  it("frames a captured mail without scripts, and shows its headers and source as letters", async () => {
    const { cookie } = await signIn(house);
    const get = (url: string) => house.server.inject({ url, headers: { cookie } });
    expect((await get("/mailbox")).body).toContain("Welcome &lt;b&gt;you&lt;/b&gt;");
    const mail = load((await get("/mailbox/m1")).body);
    expect(mail("iframe").attr("sandbox")).not.toContain("allow-scripts");
    const framed = await get("/mailbox/m1/html");
    const policy = String(framed.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toContain("allow-scripts");
    expect(policy).not.toContain("script-src");
    expect((await get("/mailbox/m1/source")).headers["content-type"]).toContain("text/plain");
    expect((await get("/mailbox/other")).statusCode).toBe(404);
    expect((await house.server.inject({ url: "/mailbox/m1/html" })).statusCode).toBe(401);
  });

  it("moves the demo's clock, and answers wrong forms with the place and the remedy", async () => {
    const { csrf, headers } = await signIn(house);
    const post = (body: string) =>
      house.server.inject({ method: "POST", url: "/demo/clock", headers, payload: `csrf=${csrf}&${body}` });
    for (const body of ["do=pause", "do=play", "do=step", "do=rate&daySeconds=10"])
      expect((await post(body)).statusCode).toBe(303);
    expect(clockActs).toEqual(["pause", "play", "step 24", "rate 10"]);
    const wrong = await post("do=explode");
    expect(wrong.statusCode).toBe(422);
    expect(load(wrong.body)("main").text()).toContain("Go back and correct it.");
  });
});
