import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordHistory } from "../../../src/operations/record-history.ts";
import { enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, FORM, postForm, type WebHouse } from "../../support/web-house.ts";

/** What one page may weigh with everything it asks for (issue 3). */
const MOST_BYTES = 60 * 1024;
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

let house: WebHouse;
beforeAll(async () => {
  house = await aWebHouse();
});
afterAll(() => house.close());

async function aReader(more: Parameters<typeof enrolled>[1] = {}) {
  const handover = await enrolled(house, more);
  return { ...handover, ...(await aMail(house, handover.enrollment, "the-job")) };
}
const get = (url: string) => house.server.inject({ url });
const post = (url: string, fields: Record<string, string> = {}) =>
  house.server.inject({
    method: "POST",
    url,
    headers: FORM,
    payload: new URLSearchParams(fields).toString(),
  });

describe("the weight of the contact's page", () => {
  it("stays within 60 KB whichever step is open, style and script included", async () => {
    const { page } = await aReader();
    const shown = await get(page);
    let assets = 0;
    for (const [, address] of shown.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g))
      assets += (await get(address ?? "")).body.length;
    const steps = load(shown.body)("a[data-step]")
      .toArray()
      .map((link) => load(shown.body)(link).attr("href")?.split("#")[0] ?? "");
    expect(steps.length).toBeGreaterThan(5);
    for (const step of [page, ...steps]) {
      const { body } = await get(step);
      expect(Buffer.byteLength(body) + assets, step.split("?")[1] ?? "mail").toBeLessThanOrEqual(MOST_BYTES);
    }
  });
});

describe("the reader's language and zone", () => {
  it("dates stand in their language, marked as such, and times in both zones by name", async () => {
    const { page, enrollment } = await aReader({ contact: { language: "de", zone: "Europe/Berlin" } });
    await house.parts.db.user.update({ where: { id: house.csm.id }, data: { zone: "America/Denver" } });
    const $ = load((await get(page)).body);
    expect($("html").attr("lang")).toBe("en");
    expect($(".slots").text()).toMatch(/Dienstag|Mittwoch|Donnerstag/);
    expect($("#meeting").text()).toMatch(/Berlin \(Europe\).*Denver \(America\)/s);
    const refused = await postForm(house, `${page}/record`, "settings", {
      zone: "Nowhere/Land",
      language: "ar",
    });
    expect(refused.statusCode).toBe(422);
    expect(load(refused.body)("input[name=zone]").attr("value")).toBe("Nowhere/Land");
    const saved = await postForm(house, `${page}/record`, "settings", {
      zone: "Asia/Riyadh",
      language: "ar",
    });
    expect(saved.statusCode).toBe(303);
    const row = await house.parts.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(row.zone).toBe("Asia/Riyadh");
    expect(
      load((await get(page)).body)("time")
        .first()
        .attr("lang"),
    ).toBe("ar");
  });
});

describe("a chosen time", () => {
  it("can be put into a calendar: published, UTC, one UID however it moves, folded, with our organizer", async () => {
    const { page } = await aReader();
    expect((await get(`${page}/meeting.ics`)).statusCode).toBe(404);
    const choose = async (index: number) => {
      const $ = load((await get(page)).body);
      await postForm(house, page, "slot", { slotAt: $("input[name=slotAt]").eq(index).attr("value") ?? "" });
      const file = await get(`${page}/meeting.ics`);
      expect(file.headers["content-type"]).toContain("text/calendar");
      return file.body;
    };
    const first = await choose(0);
    const second = await choose(3);
    const line = (body: string, name: string) => new RegExp(`^${name}[:;].*$`, "m").exec(body)?.[0].trim();
    expect(line(first, "METHOD")).toBe("METHOD:PUBLISH");
    expect(line(first, "DTSTART")).toMatch(/^DTSTART:\d{8}T\d{6}Z$/);
    expect(line(second, "UID")).toBe(line(first, "UID"));
    expect([line(first, "SEQUENCE"), line(second, "SEQUENCE")]).toEqual(["SEQUENCE:0", "SEQUENCE:1"]);
    expect(line(first, "ORGANIZER")).toContain("mailto:dana@fernwick.test");
    expect(first.split("\r\n").every((one) => Buffer.byteLength(one) <= 75)).toBe(true);
  });
});

describe("the CSM's picture", () => {
  it("is served under the token with its type, kept by the browser, and is initials without one", async () => {
    const { page } = await aReader();
    expect((await get(`${page}/photo`)).statusCode).toBe(404);
    expect(
      load((await get(page)).body)(".avatar")
        .first()
        .text(),
    ).toBe("DW");
    const photo = { photo: PNG, photoType: "image/png" };
    await house.parts.db.user.update({ where: { id: house.csm.id }, data: photo });
    expect(load((await get(page)).body)("img.avatar").attr("src")).toBe(`${page}/photo`);
    const picture = await get(`${page}/photo`);
    expect(picture.headers).toMatchObject({
      "content-type": "image/png",
      "cache-control": "private, max-age=86400",
    });
    const again = await house.server.inject({
      url: `${page}/photo`,
      headers: { "if-none-match": String(picture.headers["etag"]) },
    });
    expect(again.statusCode).toBe(304);
    await house.parts.db.user.update({ where: { id: house.csm.id }, data: { photoType: "image/svg+xml" } });
    expect((await get(`${page}/photo`)).statusCode).toBe(404);
  });
});

describe("a person's rights", () => {
  it("downloads everything as JSON and as CSV that no spreadsheet computes; the audit says so", async () => {
    const { page, contact } = await aReader();
    await postForm(house, page, "question", { text: "=HYPERLINK(1)" });
    const json = await post(`${page}/data`, { format: "json" });
    expect(json.headers["content-disposition"]).toMatch(/attachment; filename="my-data-.*\.json"/);
    expect(JSON.stringify(json.json())).toContain("=HYPERLINK(1)");
    const csv = await post(`${page}/data`, { format: "csv" });
    expect(csv.headers["content-type"]).toContain("text/csv");
    expect(csv.body).not.toMatch(/(^|[",;])=/m);
    expect((await get(`${page}/data`)).statusCode).toBe(404);
    const where = { action: "contact-data-exported", subjectId: contact.id };
    expect(await house.parts.db.auditEntry.count({ where })).toBe(2);
  });

  it("asks to be deleted once, sees by when, and asks no second duty", async () => {
    const { page, turnover } = await aReader();
    for (let round = 0; round < 2; round++) expect((await post(`${page}/forget`)).statusCode).toBe(303);
    expect(load((await get(`${page}/record`)).body)("#forget").text()).toMatch(
      /You asked for it on .* It is done by/s,
    );
    const where = { caseId: turnover.id, kind: "delete-request" };
    expect(await house.parts.db.csmTask.count({ where })).toBe(1);
  });
});

describe("the page for the boss", () => {
  it("S0-46: shows confirmed results and milestones only; its address opens nothing else", async () => {
    const { page, account, enrollment } = await aReader();
    const value = {
      unit: "minutes",
      baseline: "48",
      period: "2025",
      source: "review",
      capturedOn: "2026-01-15",
    };
    await recordHistory(house.parts, {
      workspaceId: house.workspaceId,
      accountId: account.id,
      actor: "cli",
      values: [
        { ...value, metric: "Median wait", current: "34" },
        { ...value, metric: "Unproved", current: "1" },
      ],
      timeline: [
        {
          kind: "milestone",
          date: "2025-05-01",
          text: "Went live",
          visibility: "customer",
          source: "import",
        },
        {
          kind: "milestone",
          date: "2025-06-01",
          text: "Secret plan",
          visibility: "internal",
          source: "import",
        },
        { kind: "issue", date: "2025-07-01", text: "An outage", visibility: "customer", source: "import" },
      ],
    });
    expect((await get(page)).body).not.toContain("/v/");
    await house.parts.db.valueStatement.updateMany({
      where: { accountId: account.id, metric: "Median wait" },
      data: { confirmedBy: "contact:x" },
    });
    const share = load((await get(page)).body)(".share a").attr("href") ?? "";
    const shown = await get(share);
    const text = load(shown.body)("main").text();
    expect(text).toContain(`What Fernwick Campaigns did for ${account.name}`);
    expect(text).toMatch(/Median wait.*34 minutes.*Went live/s);
    expect(text).not.toMatch(/Unproved|Secret plan|An outage|Imani/);
    expect(load(shown.body)("main a, form").length).toBe(0);
    const token = share.slice("/v/".length);
    expect((await get(`/p/${token}`)).statusCode).toBe(404);
    expect((await get(`/v/${page.slice("/p/".length)}`)).statusCode).toBe(404);
    await house.parts.db.enrollment.update({
      where: { id: enrollment.id },
      data: { pageKey: crypto.randomUUID() },
    });
    expect((await get(share)).statusCode).toBe(404);
  });
});

describe("resources while a question is written", () => {
  const asked = async (page: string, words: string) =>
    (await get(`${page}/suggest?q=${encodeURIComponent(words)}`)).json() as { title: string; href: string }[];

  it("S0-28: are of the reader's own course, by the address where they are read", async () => {
    const { page, account } = await aReader();
    const [story] = await asked(page, "Where can I read the story so far?");
    expect(story).toEqual({
      title: `The story so far at ${account.name}`,
      href: `${page}/story-so-far`,
      minutes: 5,
    });
    const [primer] = await asked(
      page,
      "What does good work look like, and what do experienced people leave out?",
    );
    expect(primer).toMatchObject({
      title: "The job in six minutes",
      href: `${page}/read/function-primer`,
    });
    for (const { href } of [story, primer].flatMap((one) => one ?? []))
      expect((await get(href)).statusCode).toBe(200);
    expect(await asked(page, "zzz qqq")).toEqual([]);
    expect((await get("/p/none/suggest?q=x")).statusCode).toBe(404);
  });

  it("stand there without a script: those of the step in sight, then those that fit what was asked", async () => {
    const { page, account } = await aReader();
    const named = async (url: string) =>
      load((await get(url)).body)("#suggestions a")
        .toArray()
        .map((link) => load(link).text());
    expect(await named(page)).toEqual(["The job in six minutes"]);
    const answer = await postForm(house, page, "question", { text: "Who wrote the story so far?" });
    const after = String(answer.headers.location).split("#")[0] ?? "";
    expect((await named(after))[0]).toBe(`The story so far at ${account.name}`);
  });
});
