import { type CheerioAPI, load } from "cheerio";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordAct } from "../../../src/operations/record-act.ts";
import { aCase, aContact, anAccount } from "../../support/builders.ts";
import { aHandover, enrolled } from "../../support/desk.ts";
import { aWebHouse, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let cookie: string;
beforeAll(async () => {
  house = await aWebHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.parts.db.$executeRawUnsafe("truncate account, contact, turnover_case, enrollment cascade");
  house.desk.setNow("2026-03-02T09:00:00Z");
  ({ cookie } = await signIn(house));
});

async function show(url: string): Promise<{ $: CheerioAPI; body: string; status: number }> {
  const answer = await house.server.inject({ url, headers: { cookie } });
  return { $: load(answer.body), body: answer.body, status: answer.statusCode };
}

const accounts = ($: CheerioAPI) =>
  $("#cases tbody td:first-child a")
    .toArray()
    .map((link) => $(link).text());

async function judged(name: string, verdict: string) {
  const made = await enrolled(house, { account: { name } });
  await house.parts.db.enrollment.update({ where: { id: made.enrollment.id }, data: { verdict, score: 60 } });
  return made;
}

describe("the manager's board", () => {
  it("opens, for each figure on top, the list that it counts", async () => {
    await judged("Ready Ltd", "ready");
    await judged("Silent Ltd", "stalled");
    await aHandover(house, { account: { name: "Nobody's Ltd", csmId: null } });
    const late = await judged("Late Ltd", "on_track");
    const at = new Date("2026-02-20T09:00:00Z");
    const task = { workspaceId: house.workspaceId, caseId: late.turnover.id, kind: "csm_task", text: "Call" };
    await house.parts.db.csmTask.create({ data: { ...task, key: "late", dueAt: at, createdAt: at } });
    const { $ } = await show("/manager");
    const figures = $(".stats a").toArray();
    expect(figures).toHaveLength(6);
    const lists: Record<string, string[]> = {};
    for (const figure of figures) {
      const href = ($(figure).attr("href") ?? "").split("#")[0] ?? "";
      const list = accounts((await show(href)).$);
      lists[$(figure).find("span").text()] = list;
      expect([href, list.length]).toEqual([href, Number($(figure).find("b").text())]);
    }
    expect(lists["ready to meet"]).toEqual(["Ready Ltd"]);
    expect(lists["in limbo"]).toEqual(["Nobody's Ltd"]);
    expect(lists["duties overdue"]).toEqual(["Late Ltd"]);
  });

  it("filters by verdict, CSM and name at once; each filter says how many it would show", async () => {
    await judged("Ready One", "ready");
    await judged("Ready Two", "ready");
    await judged("Silent Ltd", "stalled");
    const { $ } = await show("/manager?search=ready");
    expect($(".chips a").first().text()).toBe("All 2");
    const chip = $(".chips a").filter((_, one) => $(one).text() === "Ready 2");
    expect(chip.attr("href")).toBe("/manager?verdict=ready&search=ready#cases");
    const ready = await show("/manager?verdict=ready&search=two&csm=mine");
    expect(accounts(ready.$)).toEqual(["Ready Two"]);
    expect(ready.$(".chips a[aria-current]").text()).toContain("Ready");
    expect(ready.$("input[name=verdict]").attr("value")).toBe("ready");
    expect((await show("/manager?verdict=unreachable")).body).toContain("No open case fits");
  });

  it("rolls up by CSM with bars, currencies apart, and names thin accounts", async () => {
    await enrolled(house, { account: { name: "Euro Ltd", arrMinor: 7_000_000n, currency: "EUR" } });
    await enrolled(house, { account: { name: "Dollar Ltd", arrMinor: 2_000_000n, currency: "USD" } });
    const thin = await anAccount(house.parts.db, house.workspaceId, { name: "Thin Ltd" });
    await aContact(house.parts.db, thin);
    await aCase(house.parts.db, thin);
    const { $ } = await show("/manager");
    const row = $("#by-csm tbody tr").filter((_, one) => $(one).text().includes("Dana Whitlock"));
    expect(row.text()).toContain("€70,000 + US$20,000");
    expect(row.find("svg.bar").length).toBe(3);
    expect(accounts((await show(row.find("a").attr("href")?.split("#")[0] ?? "")).$)).toHaveLength(2);
    expect($("#single-threaded").text()).toContain("Thin Ltd one person left");
    expect($("#no-backup").text()).toContain("Thin Ltd");
    const list = $("#single-threaded header a").attr("href") ?? "";
    expect((await show(list)).$("main .rows").text()).toContain("Thin Ltd");
  });

  it("works with no open case, and with 600 under 60 KB and in a fixed number of rows", async () => {
    const empty = await show("/manager");
    expect(empty.status).toBe(200);
    expect(empty.body).toContain("No case is open");
    const { db } = house.parts;
    const template = await anAccount(db, house.workspaceId);
    const many = Array.from({ length: 600 }, (_, index) => ({
      workspaceId: house.workspaceId,
      name: `Account ${index} with a name that is as long as names of companies may be, Limited`,
      productKey: template.productKey,
      zone: template.zone,
      currency: "USD",
      arrMinor: 4_000_000n,
      csmId: house.csm.id,
    }));
    await db.account.createMany({ data: many });
    const made = await db.account.findMany({ where: { csmId: house.csm.id } });
    await db.case.createMany({
      data: made.map(({ id }) => ({
        workspaceId: house.workspaceId,
        accountId: id,
        detectedAt: new Date("2026-02-20T09:00:00Z"),
        detectionSource: "csm",
        openedBy: "system",
        createdAt: new Date("2026-02-20T09:00:00Z"),
      })),
    });
    const { $, body } = await show("/manager");
    expect($("#cases tbody tr")).toHaveLength(18);
    expect($("#cases .pager").text()).toContain("1–18 of 600");
    let bytes = Buffer.byteLength(body);
    for (const link of $("link[rel=stylesheet]").toArray())
      bytes += (await house.server.inject({ url: $(link).attr("href") ?? "" })).rawPayload.length;
    expect(bytes).toBeLessThan(60 * 1024);
    expect(accounts((await show("/manager?page=30")).$)).toHaveLength(18);
    expect((await show("/manager?page=999")).$("#cases .pager").text()).toContain("595–600 of 600");
  }, 60_000);
});

describe("the card before scheduling", () => {
  it("says whether a meeting now would be a demo, in five lines, with links to the evidence", async () => {
    const { enrollment, turnover } = await enrolled(house);
    house.desk.setNow("2026-03-04T10:00:00Z");
    await recordAct(house.desk, {
      workspaceId: house.workspaceId,
      enrollmentId: enrollment.id,
      act: { kind: "question-asked", text: "Does <b>it</b> export?" },
      source: "page",
      dedupeKey: "q",
    });
    house.desk.setNow("2026-03-05T10:00:00Z");
    ({ cookie } = await signIn(house));
    const { $, body } = await show(`/manager/${enrollment.id}`);
    expect($("h1").text()).toBe("Imani Okafor");
    expect($(".advice h2").text()).toBe("Not yet. A meeting now would be a demo.");
    expect($(".five dt")).toHaveLength(5);
    const event = await house.parts.db.engagementEvent.findFirstOrThrow({
      where: { enrollmentId: enrollment.id, kind: "question-asked" },
    });
    const evidence = `/cases/${turnover.id}/evidence?event=${event.id}#marked`;
    expect($(`.five a[href='${evidence}']`).text()).toContain("Asked 1 question");
    expect((await show(evidence)).$("#marked mark").text()).toContain("Does <b>it</b> export?");
    expect($("ol.agenda").text()).toContain("Does <b>it</b> export?");
    expect(body).toContain("Does &lt;b&gt;it&lt;/b&gt; export?");
    expect($(".gates li")).toHaveLength(8);
  });

  it("meets who asked to meet", async () => {
    const { enrollment } = await enrolled(house);
    await recordAct(house.desk, {
      workspaceId: house.workspaceId,
      enrollmentId: enrollment.id,
      act: { kind: "meeting-requested" },
      source: "page",
      dedupeKey: "m",
    });
    const { $ } = await show(`/manager/${enrollment.id}`);
    expect($(".advice h2").text()).toMatch(/^Yes, schedule it/);
    expect($(".advice p").text()).toBe("They asked to meet; confirm a time within 1 business day.");
  });

  it("is not there for a sponsor's program, another workspace's, or no id at all", async () => {
    const { sponsorEnrollment } = await enrolled(house);
    const other = await aWebHouse();
    const theirs = await enrolled(other);
    for (const id of [sponsorEnrollment?.id, theirs.enrollment.id, "x"])
      expect((await show(`/manager/${id}`)).status).toBe(404);
    await other.close();
  });
});
