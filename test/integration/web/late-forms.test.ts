import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { voidPageLinks } from "../../../src/operations/void-page-links.ts";
import { enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, FORM, signIn, type WebHouse } from "../../support/web-house.ts";

const WORDS = "We tried this in spring, and Lee said:\n“never on Mondays” <b>& so on</b>.";

let house: WebHouse;
beforeAll(async () => {
  house = await aWebHouse();
});
afterAll(() => house.close());

const written = (body: string) =>
  load(body)("textarea[readonly]")
    .toArray()
    .map((box) => load(body)(box).text());
const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = FORM) =>
  house.server.inject({ method: "POST", url, headers, payload: new URLSearchParams(fields).toString() });

describe("a form that comes too late gives back what was written", () => {
  it("when the link of the page has ended or was made void; one button mails a fresh one", async () => {
    const { enrollment } = await enrolled(house);
    const { page } = await aMail(house, enrollment, "the-job");
    const form = { act: "question-asked", form: "question", once: "abc", text: WORDS };
    house.desk.setNow("2026-03-02T10:00:00Z");
    const ended = async () => {
      const answer = await post(page, form);
      expect(answer.statusCode).toBe(410);
      expect(written(answer.body)).toEqual([WORDS]);
      expect(answer.body).not.toContain("<b>&");
      expect(load(answer.body)(`form[action="${page}/renew"]`).length).toBe(1);
    };
    const { workspaceId } = house;
    await voidPageLinks(house.parts, {
      workspaceId,
      enrollmentId: enrollment.id,
      reason: "Forwarded",
      actor: "cli",
    });
    await ended();
    house.desk.setNow("2026-08-02T10:00:00Z");
    await ended();
    expect(await house.parts.db.question.count({ where: { enrollmentId: enrollment.id } })).toBe(0);
    // One word of a ranking is written too; what was only chosen is not.
    const ranked = await post(`${page}`, { act: "priorities-set", "priority.1": "webinars", pace: "slow" });
    expect(written(ranked.body)).toEqual(["webinars"]);
    house.desk.setNow("2026-03-02T09:00:00Z");
  });

  it("when the session has ended: the way on is to sign in; no secret is repeated, and nothing was done", async () => {
    const { enrollment } = await enrolled(house);
    const { headers } = await signIn(house);
    const { cookie: _gone, ...signedOut } = headers;
    const url = `/questions/${enrollment.id}/answer`;
    const fields = {
      csrf: "c".repeat(43),
      password: "hunter two",
      apiToken: "a b c",
      back: "/cases",
      text: WORDS,
    };
    const answer = await post(url, fields, signedOut);
    expect(answer.statusCode).toBe(401);
    expect(written(answer.body)).toEqual([WORDS]);
    for (const secret of [fields.csrf, fields.password, fields.apiToken])
      expect(answer.body).not.toContain(secret);
    expect(load(answer.body)("a[href='/sign-in']").length).toBe(1);
    // Another site's form is told nothing.
    const foreign = await post(url, fields, { ...signedOut, origin: "https://elsewhere.test" });
    expect([foreign.statusCode, written(foreign.body)]).toEqual([403, []]);
  });

  it("when somebody signed in anew in another tab: the old page's form is refused, its text is not lost", async () => {
    const { enrollment } = await enrolled(house);
    const { headers } = await signIn(house);
    const answer = await post(`/questions/${enrollment.id}/answer`, { csrf: "old", text: WORDS }, headers);
    expect(answer.statusCode).toBe(403);
    expect(written(answer.body)).toEqual([WORDS]);
  });
});
