import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseRoom } from "../../../src/operations/case-room.ts";
import { valuePage } from "../../../src/operations/value-page.ts";
import { enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, bearer, postForm, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let csm: Awaited<ReturnType<typeof signIn>>;
let viewer: Awaited<ReturnType<typeof signIn>>;
beforeAll(async () => {
  house = await aWebHouse();
  const { workspaceId } = house;
  await house.parts.db.user.create({
    data: { workspaceId, name: "Vi", email: "vi@fernwick.test", roles: ["viewer"] },
  });
  [csm, viewer] = [await signIn(house), await signIn(house, "vi@fernwick.test")];
});
afterAll(() => house.close());

const get = async (url: string, who = csm) => {
  const answer = await house.server.inject({ url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, $: load(answer.body) };
};
const main = ($: ReturnType<typeof load>) => $("main").text().replaceAll(/\s+/g, " ");
function post(url: string, fields: Record<string, string>) {
  const payload = new URLSearchParams({ csrf: csm.csrf, ...fields }).toString();
  return house.server.inject({ method: "POST", url, headers: csm.headers, payload });
}
const plans = (accountId: string) =>
  house.parts.db.successPlan.findMany({ where: { accountId }, orderBy: { version: "asc" } });

/** As a browser would send the form: what stands in it, and what was typed over it. */
async function typeInto(url: string, over: Record<string, string>) {
  const { $ } = await get(url);
  const form = $("main form").first();
  const fields: Record<string, string> = {};
  form.find("input[name], textarea, select").each((_, one) => {
    const field = $(one);
    const value = field.is("select")
      ? (field.find("option[selected]").attr("value") ?? field.find("option").attr("value"))
      : field.is("textarea")
        ? field.text().replace(/^\n/, "")
        : field.attr("value");
    if (field.attr("type") !== "radio") fields[field.attr("name") ?? ""] = value ?? "";
  });
  return post(form.attr("action") ?? url, { ...fields, ...over });
}

describe("the success plan of an account", () => {
  let handover: Awaited<ReturnType<typeof enrolled>>;
  let home: string;
  beforeAll(async () => {
    handover = await enrolled(house);
    home = `/accounts/${handover.account.id}/plan`;
  });

  it("is a gap of the case until somebody writes the goals down", async () => {
    const { turnover, account } = handover;
    const before = await get(`/cases/${turnover.id}`);
    expect(
      before
        .$("#facts .gap a")
        .toArray()
        .map((a) => before.$(a).attr("href")),
    ).toContain(`${home}/edit`);
    expect(main((await get(home)).$)).toContain("No goals are written down yet");

    const written = await typeInto(`${home}/edit`, {
      direction: "Fewer hours, more members",
      "goals.0.statement": "Reach 40 % of members",
      "goals.0.metric": "opened campaigns",
      "goals.0.target": "40 %",
      "goals.0.byDate": "2026-09-30",
      "goals.1.statement": "One morning a week for campaigns",
    });
    expect(written.headers["location"]).toBe(`${home}?said=plan-terms`);
    expect(await plans(account.id)).toMatchObject([
      {
        version: 1,
        state: "proposed",
        direction: "Fewer hours, more members",
        createdBy: `user:${house.csm.id}`,
        goals: [
          {
            key: "goal-1",
            statement: "Reach 40 % of members",
            metric: "opened campaigns",
            target: "40 %",
            byDate: "2026-09-30",
            status: "not_started",
          },
          { key: "goal-2", statement: "One morning a week for campaigns", status: "not_started" },
        ],
      },
    ]);
    const after = await get(`/cases/${turnover.id}`);
    expect(after.$("#facts").text()).not.toContain("What they want to reach");
    expect(main((await get(`/accounts/${account.id}`)).$)).toContain("2 goals, 0 of 3 have said yes");
  });

  it("S0-15: is agreed when CSM, contact and sponsor have each said yes, on the pages each of them has", async () => {
    const { enrollment, sponsorEnrollment, turnover } = handover;
    const done = await typeInto(home, {});
    expect(done.headers["location"]).toBe(`${home}?said=plan-accepted`);
    const theirs = await aMail(house, enrollment, "the-job");
    expect((await postForm(house, theirs.page, "agreement")).statusCode).toBe(303);
    expect(main((await get(home)).$)).toContain("Partly accepted");
    if (sponsorEnrollment === null) throw new Error("The sponsor is not enrolled.");
    const sponsors = await aMail(house, sponsorEnrollment, "whats-changed");
    expect((await postForm(house, sponsors.page, "agreement")).statusCode).toBe(303);
    const { $ } = await get(home);
    expect(main($)).toMatch(/The contact: Imani Okafor.*The sponsor: Harriet Doyle.*The CSM: Dana Whitlock/);
    expect(main($)).toContain("Agreed");
    expect($("main form").length).toBe(0);
    const room = await caseRoom(house.desk, { workspaceId: house.workspaceId, caseId: turnover.id });
    expect(room?.plan?.state).toBe("agreed");
  });

  it("notes progress without asking anybody again, and does nothing for the same form twice", async () => {
    const { account } = handover;
    const noted = await typeInto(`${home}/edit`, { "goals.0.status": "on_track" });
    expect(noted.headers["location"]).toBe(`${home}?said=plan-progress`);
    expect((await typeInto(`${home}/edit`, {})).headers["location"]).toBe(`${home}?said=plan-none`);
    expect(await plans(account.id)).toMatchObject([
      { version: 1, state: "agreed", goals: [{ status: "on_track" }, {}] },
    ]);
  });

  it("S0-15, S0-18: a changed goal takes the three acceptances away, and the older version stays readable", async () => {
    const { account } = handover;
    await typeInto(`${home}/edit`, { "goals.0.statement": "Reach half of the members" });
    expect(await plans(account.id)).toMatchObject([
      { version: 1, state: "superseded" },
      { version: 2, state: "proposed", goals: [{ key: "goal-1" }, { key: "goal-2" }] },
    ]);
    expect(main((await get(home)).$)).toContain("0 of 3 said yes");
    const old = main((await get(`${home}?version=1`)).$);
    expect(old).toContain("Reach 40 % of members");
    expect(old).toMatch(/The sponsor: Harriet Doyle2 Mar 2026/);
    expect(old).not.toContain("Accept version");
    expect((await get(`${home}?version=9`)).status).toBe(404);
    const actions = await house.parts.db.auditEntry.findMany({
      where: { subjectType: "success-plan" },
      orderBy: { id: "asc" },
      select: { action: true },
    });
    expect(actions.map(({ action }) => action)).toEqual([
      "plan-proposed",
      "plan-accepted",
      "plan-progress-noted",
      "plan-proposed",
    ]);
  });

  it("keeps what was typed when it is refused: an empty goal, a date that is none, a version that moved on", async () => {
    const edit = `${home}/edit`;
    const empty = await typeInto(edit, { "goals.0.statement": " ", "goals.1.metric": "mornings" });
    expect(empty.statusCode).toBe(422);
    let $ = load(empty.body);
    expect($("[id='goals.0.statement-complaint']").text()).toContain("no words");
    expect($("[id='goals.1.metric']").attr("value")).toBe("mornings");
    const dated = await typeInto(edit, { "goals.1.byDate": "2026-02-30" });
    expect(load(dated.body)("[id='goals.1.byDate-complaint']").text()).toContain("not a date");
    const late = await typeInto(edit, { version: "1", "goals.0.statement": "Mine" });
    expect(late.statusCode).toBe(409);
    $ = load(late.body);
    expect($("[id='goals.0.statement']").text().trim()).toBe("Mine");
    expect($("main").text()).toContain("version 2 stands now");
    expect((await plans(handover.account.id)).length).toBe(2);
  });

  it("is read by everybody and written by who works on cases", async () => {
    const { $, status } = await get(home, viewer);
    expect(status).toBe(200);
    expect($("main form").length + $("main a.button").length).toBe(0);
    expect((await get(`${home}/edit`, viewer)).status).toBe(403);
    expect((await get(`/accounts/${handover.account.id}/values/new`, viewer)).status).toBe(403);
  });
});

describe("what the product has brought", () => {
  let handover: Awaited<ReturnType<typeof enrolled>>;
  let valueId: string;
  beforeAll(async () => {
    handover = await enrolled(house);
  });
  const shared = async () => {
    const page = await valuePage(house.parts, handover.enrollment.pageKey);
    return page?.values.map(({ metric }) => metric);
  };
  const number = {
    metric: "Hours per campaign",
    baseline: "9",
    current: "5",
    unit: "hours",
    period: "a month",
    money: "12,400",
    source: "their time sheet",
    capturedOn: "2026-02-27",
    visibility: "customer",
  };

  it("S1-24: is added with where it comes from, and refused with what was typed when it lacks that", async () => {
    const { account } = handover;
    const place = `/accounts/${account.id}/values/new`;
    for (const [field, wrong] of [
      ["source", ""],
      ["baseline", " "],
      ["money", "lots"],
      ["capturedOn", "soon"],
      ["metric", "m".repeat(201)],
    ] as const) {
      const refused = await post(place, { ...number, [field]: wrong });
      const $ = load(refused.body);
      expect([field, refused.statusCode, $(`#${field}-complaint`).length]).toEqual([field, 422, 1]);
      expect($("#current").attr("value")).toBe("5");
    }
    expect((await post(place, number)).headers["location"]).toBe(
      `/accounts/${account.id}/plan?said=saved#values`,
    );
    await post(place, number);
    const kept = await house.parts.db.valueStatement.findMany({ where: { accountId: account.id } });
    expect(kept).toMatchObject([
      { metric: "Hours per campaign", moneyMinor: 1_240_000n, confirmedBy: null, visibility: "customer" },
    ]);
    valueId = kept[0]?.id ?? "";
    expect(main((await get(`/accounts/${account.id}/plan`)).$)).toContain("Nobody has confirmed it");
  });

  it("S0-46: stands on the page for the boss once somebody of the customer confirmed it, and not when hidden", async () => {
    expect(await shared()).not.toContain("Hours per campaign");
    const { contact, account } = handover;
    const change = (fields: Record<string, string>) => post(`/values/${valueId}`, fields);
    const stranger = await enrolled(house);
    const refused = await change({ visibility: "customer", confirmedByContactId: stranger.contact.id });
    expect(refused.statusCode).toBe(422);
    expect(load(refused.body)("#confirmedByContactId-complaint").text()).toContain(
      "not on record at the account",
    );
    await change({ visibility: "customer", confirmedByContactId: contact.id });
    expect(await shared()).toContain("Hours per campaign");
    expect(main((await get(`/accounts/${account.id}/plan`)).$)).toContain("confirmed by Imani Okafor");
    await change({ visibility: "internal", confirmedByContactId: contact.id });
    expect(await shared()).not.toContain("Hours per campaign");
    expect(await house.parts.db.auditEntry.count({ where: { subjectId: valueId } })).toBe(3);
  });
});

describe("the same by the API", () => {
  it("writes, accepts and reads plans, and adds and hides numbers", async () => {
    const { account, contact } = await enrolled(house);
    const headers = { ...(await bearer(house)), "content-type": "application/json" };
    const call = async (method: "GET" | "POST" | "PATCH", url: string, payload?: object) => {
      const answer = await house.server.inject({
        method,
        url: `/api/v1${url}`,
        headers,
        ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
      });
      return { status: answer.statusCode, body: answer.json() };
    };
    const goals = [{ key: "reach", statement: "Reach 40 %", status: "on_track" }];
    const at = `/accounts/${account.id}`;
    expect(await call("POST", `${at}/plans`, { goals, basedOn: 0 })).toEqual({
      status: 200,
      body: { version: 1, state: "proposed", change: "terms" },
    });
    expect(await call("POST", `${at}/plans`, { goals, basedOn: 0 })).toMatchObject({
      status: 409,
      body: { code: "plan-changed" },
    });
    expect(await call("POST", `${at}/plans`, { goals: [...goals, ...goals] })).toMatchObject({
      status: 422,
      body: { code: "goal-twice", place: "goals.1.key" },
    });
    expect(await call("POST", `${at}/plans`, { goals: [] })).toMatchObject({ body: { code: "no-goals" } });
    expect(await call("POST", `${at}/plans/accept`, { version: 1 })).toMatchObject({
      body: { state: "partly_accepted" },
    });
    const read = await call("GET", `${at}/plans`);
    expect(read.body.items).toMatchObject([{ version: 1, goals, agreements: [{}, {}, { party: "csm" }] }]);
    const added = await call("POST", `${at}/values`, {
      metric: "Hours",
      baseline: "9",
      period: "a month",
      current: "5",
      source: "time sheet",
      capturedOn: "2026-02-27",
      visibility: "customer",
    });
    expect(added).toMatchObject({
      status: 201,
      body: { metric: "Hours", moneyMinor: null, confirmedBy: null },
    });
    const change = { visibility: "internal", confirmedByContactId: contact.id };
    const { id } = added.body;
    expect(await call("PATCH", `/values/${id}`, change)).toMatchObject({
      body: { visibility: "internal", confirmedBy: `contact:${contact.id}` },
    });
    expect((await call("GET", `${at}/values`)).body.items).toMatchObject([{ id }]);
    expect((await call("GET", `/accounts/${id}/plans`)).status).toBe(404);
  });
});
