import { type CheerioAPI, load } from "cheerio";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Account } from "../../../src/drivers/store/generated/client.ts";
import { suppressAddress } from "../../../src/drivers/store/suppressions.ts";
import { aContact, anAccount, aWorkspace } from "../../support/builders.ts";
import { aHandover, enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let headers: Record<string, string>;
let csrf: string;
beforeAll(async () => {
  house = await aWebHouse();
  ({ headers, csrf } = await signIn(house));
});
afterAll(() => house.close());
beforeEach(() => house.desk.setNow("2026-03-02T09:00:00Z"));

const db = () => house.parts.db;
const get = (url: string) => house.server.inject({ url, headers: { cookie: headers["cookie"] ?? "" } });
const page = async (url: string) => load((await get(url)).body);
const post = (url: string, fields: Record<string, string>) =>
  house.server.inject({
    method: "POST",
    url,
    headers,
    payload: new URLSearchParams({ csrf, ...fields }).toString(),
  });
const placeAfter = async (answer: ReturnType<typeof post>) => {
  const { headers: given, statusCode, body } = await answer;
  return statusCode === 303 ? String(given.location) : `${statusCode}: ${load(body)(".refused").text()}`;
};
const complaint = ($: CheerioAPI, field: string) => $(`#${field}-complaint`).text();

const LEFT = { source: "contact", reason: "unknown", lastDay: "", learned: "unknown" };

async function aCustomer(
  more: object = {},
): Promise<{ account: Account; leaver: string; sponsor: string; next: string }> {
  const made = await anAccount(db(), house.workspaceId, {
    productKey: "campaigns",
    csmId: house.csm.id,
    zone: "Europe/Oslo",
    holidayCountry: "NO",
    ...more,
  });
  const leaver = await aContact(db(), made, { name: "Sigrid Moe", firstName: "Sigrid", roles: ["poc"] });
  const sponsor = await aContact(db(), made, {
    name: "Harald Vik",
    firstName: "Harald",
    roles: ["decision_maker"],
  });
  const next = await aContact(db(), made, { name: "Jonas Lie", firstName: "Jonas", roles: [] });
  const account = await db().account.update({
    where: { id: made.id },
    data: { sponsorContactId: sponsor.id },
  });
  return { account, leaver: leaver.id, sponsor: sponsor.id, next: next.id };
}

/** A case with who left, where to and who takes over answered; its address in the wizard. */
async function upToTrack(
  more: Record<string, string> = {},
): Promise<{ at: string; caseId: string; people: Awaited<ReturnType<typeof aCustomer>> }> {
  const people = await aCustomer();
  const where = await placeAfter(
    post("/enroll/left", { account: people.account.id, who: people.leaver, ...LEFT }),
  );
  const at = where.replace(/\/where$/, "");
  await post(`${at}/where`, { destination: "external", roleOutcome: "replacing" });
  await post(`${at}/successor`, { who: people.next, type: "internal", ...more });
  return { at, caseId: at.split("/").at(-1) ?? "", people };
}

async function confirmOf(at: string) {
  const shown = await page(`${at}/confirm`);
  const form = shown(`form[action='${at}/confirm']`);
  return {
    shown,
    once: form.find("input[name=once]").attr("value") ?? "",
    promised: form.find("input[name=promised]").attr("value") ?? "",
  };
}

describe("step 1, the account", () => {
  it("lists one's own accounts, finds others without script, and goes on with unfinished cases first", async () => {
    const { account, leaver } = await aCustomer({ name: "Halden Outdoor" });
    expect((await page("/enroll?search=halden"))("a[href^='/enroll/left?account=']").attr("href")).toBe(
      `/enroll/left?account=${account.id}`,
    );
    await post("/enroll/left", { account: account.id, who: leaver, ...LEFT });
    const first = (await page("/enroll"))(".rows.pick li").first();
    expect(first.text()).toContain("Halden Outdoor");
    expect(first.find("a").text()).toBe("Continue");
    expect((await page("/enroll?search=no+such+account"))("main").text()).toContain("Nothing found");
  });

  it("adds an account in place, once however often the form comes, and refuses a zone that is none", async () => {
    const once = (await page("/enroll"))("input[name=once]").attr("value") ?? "";
    const fields = { once, name: "Tarn Robotics", product: "campaigns", zone: "Europe/Berlin" };
    const wrong = await post("/enroll/accounts", { ...fields, zone: "Berlin/Mitte" });
    expect(wrong.statusCode).toBe(422);
    const shown = load(wrong.body);
    expect(complaint(shown, "zone")).toContain("is not a time zone");
    expect(shown("#name").attr("value")).toBe("Tarn Robotics");
    const places = await Promise.all([
      placeAfter(post("/enroll/accounts", fields)),
      placeAfter(post("/enroll/accounts", fields)),
    ]);
    expect(new Set(places).size).toBe(1);
    expect(places[0]).toMatch(/^\/enroll\/left\?account=/);
    const made = await db().account.findMany({
      where: { workspaceId: house.workspaceId, name: "Tarn Robotics" },
    });
    expect(made.map(({ csmId, zone }) => [csmId, zone])).toEqual([[house.csm.id, "Europe/Berlin"]]);
    const taken = await post("/enroll/accounts", {
      ...fields,
      once: crypto.randomUUID(),
      name: "tarn robotics",
    });
    expect(complaint(load(taken.body), "name")).toContain("Choose it from the list");
  });

  it("shows nothing of another workspace", async () => {
    const other = await aWorkspace(db());
    const theirs = await anAccount(db(), other.id, { name: "Elsewhere Ltd" });
    expect((await get(`/enroll/left?account=${theirs.id}`)).statusCode).toBe(404);
    expect(
      (await post("/enroll/left", { account: theirs.id, who: "new", name: "A", ...LEFT })).statusCode,
    ).toBe(404);
    expect((await page("/enroll?search=Elsewhere"))("main").text()).toContain("Nothing found");
  });
});

describe("step 2, who left", () => {
  it("chooses the only main contact beforehand, and the case exists with the answer", async () => {
    const { account, leaver } = await aCustomer();
    const shown = await page(`/enroll/left?account=${account.id}`);
    expect(shown("input[name=who][checked]").attr("value")).toBe(leaver);
    const at = await placeAfter(
      post("/enroll/left", {
        account: account.id,
        who: leaver,
        ...LEFT,
        lastDay: "2026-03-20",
        reason: "new_job",
      }),
    );
    const [turnover] = await db().case.findMany({ where: { accountId: account.id } });
    expect(at).toBe(`/enroll/${turnover?.id}/where`);
    expect(turnover).toMatchObject({
      departedContactId: leaver,
      status: "detected",
      learnedWhen: "pre",
      detectionSource: "contact",
      departureReason: "new_job",
      openedBy: `user:${house.csm.id}`,
    });
  });

  it("opens one case for two posts at once, also when the person is new", async () => {
    const { account, leaver } = await aCustomer();
    const fields = { account: account.id, who: leaver, ...LEFT };
    await Promise.all([post("/enroll/left", fields), post("/enroll/left", fields)]);
    expect(await db().case.count({ where: { accountId: account.id } })).toBe(1);
    const { account: second } = await aCustomer();
    const added = { account: second.id, who: "new", name: "Ola Nordmann", ...LEFT };
    const places = await Promise.all(
      [post("/enroll/left", added), post("/enroll/left", added)].map(placeAfter),
    );
    expect(new Set(places).size).toBe(1);
    expect(await db().contact.count({ where: { accountId: second.id, name: "Ola Nordmann" } })).toBe(1);
  });

  it("keeps what was typed with the complaint at its field, and opens nothing", async () => {
    const { account, leaver } = await aCustomer();
    const wrong = await post("/enroll/left", {
      account: account.id,
      who: leaver,
      ...LEFT,
      lastDay: "2026-02-30",
    });
    expect(wrong.statusCode).toBe(422);
    const shown = load(wrong.body);
    expect(complaint(shown, "lastDay")).toContain("is not a date");
    expect(shown("#lastDay").attr("value")).toBe("2026-02-30");
    expect(shown("input[name=who][checked]").attr("value")).toBe(leaver);
    expect(shown("#source option[selected]").attr("value")).toBe("contact");
    const nobody = load((await post("/enroll/left", { account: account.id, ...LEFT })).body);
    expect(complaint(nobody, "who")).toContain("Nobody is chosen");
    const { next: stranger } = await aCustomer();
    const other = load((await post("/enroll/left", { account: account.id, who: stranger, ...LEFT })).body);
    expect(complaint(other, "who")).toContain("not a contact of the account");
    expect(await db().case.count({ where: { accountId: account.id } })).toBe(0);
  });

  it("remembers that we heard beforehand, when no day is known", async () => {
    const { account, leaver } = await aCustomer();
    await post("/enroll/left", { account: account.id, who: leaver, ...LEFT, learned: "pre" });
    const turnover = await db().case.findFirstOrThrow({ where: { accountId: account.id } });
    expect(turnover.learnedWhen).toBe("pre");
  });
});

describe("step 3, where to and what becomes of the role", () => {
  it("S0-1: a promotion stays in the house unless somebody says otherwise", async () => {
    const { account, leaver } = await aCustomer();
    const at = await placeAfter(
      post("/enroll/left", { account: account.id, who: leaver, ...LEFT, reason: "promotion" }),
    );
    const shown = await page(at);
    expect(shown("input[name=destination][checked]").attr("value")).toBe("internal");
    expect(shown("input[name=roleOutcome][checked]").attr("value")).toBe("replacing");
  });

  it("keeps the answers, counts 'not known yet' as one, and goes on from there when one comes back", async () => {
    const { account, leaver } = await aCustomer();
    const at = await placeAfter(post("/enroll/left", { account: account.id, who: leaver, ...LEFT }));
    expect(await placeAfter(post(at, { destination: "unknown", roleOutcome: "unknown" }))).toBe(
      at.replace("/where", "/successor"),
    );
    const caseId = at.split("/")[2] ?? "";
    expect((await get(`/enroll?case=${caseId}`)).headers.location).toBe(`/enroll/${caseId}/successor`);
    expect((await db().case.findUniqueOrThrow({ where: { id: caseId } })).status).toBe("triaged");
  });

  it("keeps the new company only of somebody who left for one", async () => {
    const { at, caseId } = await upToTrack();
    const company = async () => (await db().case.findUniqueOrThrow({ where: { id: caseId } })).newCompany;
    await post(`${at}/where`, {
      destination: "external",
      newCompany: " Larkfield  Mutual",
      roleOutcome: "replacing",
    });
    expect(await company()).toBe("Larkfield Mutual");
    await post(`${at}/where`, {
      destination: "retired",
      newCompany: "Larkfield Mutual",
      roleOutcome: "replacing",
    });
    expect(await company()).toBeNull();
  });

  it("ends well when the account gives up this kind of work: no course, and what to do instead", async () => {
    const { account, leaver } = await aCustomer();
    const at = await placeAfter(post("/enroll/left", { account: account.id, who: leaver, ...LEFT }));
    const next = await placeAfter(post(at, { destination: "external", roleOutcome: "leaving_space" }));
    expect(next).toBe(at.replace("/where", "/waiting"));
    const shown = await page(next);
    expect(shown("main").text()).toContain("Speak with the sponsor");
    expect(shown("main").text()).toContain("Bring Harald Vik back in");
    expect((await get(at.replace("/where", "/track"))).headers.location).toBe(next);
  });
});

describe("step 4, who takes over", () => {
  it("offers neither who left nor who left before, and guesses the only one who remains", async () => {
    const { account, leaver, next, sponsor } = await aCustomer();
    const at = await placeAfter(post("/enroll/left", { account: account.id, who: leaver, ...LEFT }));
    await post(at, { destination: "external", roleOutcome: "replacing" });
    const shown = await page(at.replace("/where", "/successor"));
    const offered = shown("input[name=who]")
      .toArray()
      .map((one) => shown(one).attr("value"));
    expect(offered.sort()).toEqual([next, sponsor, "new", "nobody"].sort());
    expect(shown("input[name=who][checked]").attr("value")).toBe(next);
    expect(shown("#zone").attr("value")).toBe("Europe/Oslo");
  });

  it("adds a new person with zone and language, and from which competitor they come", async () => {
    const { at, caseId, people } = await upToTrack();
    const answer = await placeAfter(
      post(`${at}/successor`, {
        who: "new",
        name: "محمد عبد الرحمن الخطيب",
        email: "m.khatib@HALDEN.example",
        title: "CRM lead",
        zone: "Asia/Riyadh",
        language: "ar",
        type: "ex_competitor",
        competitor: "mailharbor",
        months: "36",
        role: "owner",
      }),
    );
    expect(answer).toBe(`${at}/track`);
    const turnover = await db().case.findUniqueOrThrow({ where: { id: caseId } });
    expect(turnover).toMatchObject({
      replacementType: "ex_competitor",
      competitorKey: "mailharbor",
      competitorMonths: 36,
      competitorRole: "owner",
      status: "replacement_identified",
    });
    const person = await db().contact.findFirstOrThrow({
      where: { id: turnover.replacementContactId ?? "" },
    });
    expect(person).toMatchObject({
      accountId: people.account.id,
      email: "m.khatib@halden.example",
      zone: "Asia/Riyadh",
      language: "ar",
      title: "CRM lead",
    });
  });

  it.each([
    [
      "a line break in the address",
      { email: "a@halden.example\nbcc: b@other.example" },
      "email",
      "line break",
    ],
    ["two @", { email: "a@b@halden.example" }, "email", "not one plain address"],
    ["an unknown zone", { zone: "Mars/Olympus" }, "zone", "is not a time zone"],
    ["an unknown competitor", { competitor: "no-such" }, "competitor", "There is no card"],
    ["months that are no number", { months: "three" }, "months", "not a number of months"],
    ["no name", { name: " " }, "name", "There is no name"],
    ["no way of arriving", { type: "" }, "type", "how they arrive"],
  ])("refuses %s at its field, keeps the rest and adds nobody", async (_, wrong, field, words) => {
    const { at, people } = await upToTrack();
    const fields = {
      who: "new",
      name: "Vera Lang",
      email: "vera@halden.example",
      zone: "Europe/Oslo",
      language: "en",
      type: "ex_competitor",
      competitor: "",
      months: "",
      role: "",
    };
    const before = await db().contact.count({ where: { accountId: people.account.id } });
    const answer = await post(`${at}/successor`, { ...fields, ...wrong });
    expect(answer.statusCode).toBe(422);
    const shown = load(answer.body);
    expect(complaint(shown, field)).toContain(words);
    expect(shown("[role=alert]").text()).toContain("Not saved yet.");
    if (field !== "email") expect(shown("#email").attr("value")).toBe("vera@halden.example");
    expect(shown("input[name=who][checked]").attr("value")).toBe("new");
    expect(await db().contact.count({ where: { accountId: people.account.id } })).toBe(before);
  });

  it("offers the person who has the typed address already", async () => {
    const { at, people } = await upToTrack();
    const jonas = await db().contact.findUniqueOrThrow({ where: { id: people.next } });
    const answer = await post(`${at}/successor`, {
      who: "new",
      name: "J. Lie",
      email: jonas.email?.toUpperCase() ?? "",
      type: "internal",
    });
    const shown = load(answer.body);
    expect(complaint(shown, "email")).toContain("Jonas Lie has this address already");
    expect(shown("input[name=who][checked]").attr("value")).toBe(jonas.id);
    expect(shown("#name").attr("value")).toBe("J. Lie");
  });

  it("finds one of two hundred people by their address, and no page gets heavy for it", async () => {
    const { at, people } = await upToTrack();
    await db().contact.createMany({
      data: Array.from({ length: 200 }, (_, n) => ({
        workspaceId: house.workspaceId,
        accountId: people.account.id,
        name: `Person Number ${n}`,
        firstName: "Person",
        email: `person-${n}@crowd.example`,
        createdAt: new Date("2020-01-01T00:00:00Z"),
      })),
    });
    const listed = await get(`${at}/successor`);
    expect(listed.body.length).toBeLessThan(40_000);
    expect(load(listed.body)("main").text()).toMatch(/The likeliest \d+ of 203 are above/);
    const typed = { who: "new", name: "P. Number", email: "person-150@crowd.example", type: "internal" };
    const offered = load((await post(`${at}/successor`, typed)).body);
    const found = offered("input[name=who][checked]").closest("label").text();
    expect(found).toContain("Person Number 150");
    const who = offered("input[name=who][checked]").attr("value") ?? "";
    expect(await placeAfter(post(`${at}/successor`, { ...typed, who }))).toBe(`${at}/track`);
  });

  it("refuses a contact of another account and the one who left", async () => {
    const { at, people } = await upToTrack();
    const { next: stranger } = await aCustomer();
    for (const who of [stranger, people.leaver]) {
      const shown = load((await post(`${at}/successor`, { who, type: "internal" })).body);
      expect(complaint(shown, "who")).not.toBe("");
    }
  });

  it("ends well when nobody is known: the case waits, and asks again on a day, once", async () => {
    const { account, leaver, next } = await aCustomer();
    const at = (
      await placeAfter(post("/enroll/left", { account: account.id, who: leaver, ...LEFT }))
    ).replace("/where", "");
    await post(`${at}/where`, { destination: "external", roleOutcome: "replacing" });
    for (let time = 0; time < 2; time++)
      expect(await placeAfter(post(`${at}/successor`, { who: "nobody" }))).toBe(`${at}/waiting`);
    const text = (await page(`${at}/waiting`))("main").text();
    expect(text).toContain("We ask you again on Monday 9 March");
    expect(text).toContain("Ask ");
    const caseId = at.split("/").at(-1) ?? "";
    const asked = () => db().csmTask.findMany({ where: { caseId, kind: "who-takes-over" } });
    expect((await asked()).length).toBe(1);
    await post(`${at}/successor`, { who: next, type: "internal" });
    expect((await asked()).map(({ outcome }) => outcome)).toEqual(["Somebody was named."]);
  });
});

describe("step 5, the track", () => {
  it("proposes one with the reason, says what differs in the others, and keeps the choice", async () => {
    const { at, caseId } = await upToTrack();
    const shown = await page(`${at}/track`);
    const chosen = shown("input[name=track][checked]").closest("label").text();
    expect(chosen).toContain("Because somebody from inside the account takes over");
    expect(shown("main").text()).toMatch(/\d+ mails more, \d+ days longer than the proposed one/);
    expect(
      await placeAfter(post(`${at}/track`, { track: "ex-competitor", pace: "slow", startOn: "2026-03-16" })),
    ).toBe(`${at}/confirm`);
    expect((await get(`/enroll?case=${caseId}`)).headers.location).toBe(`${at}/confirm`);
    const again = await page(`${at}/track`);
    expect(again("input[name=track][checked]").attr("value")).toBe("ex-competitor");
    expect(again("input[name=pace][checked]").attr("value")).toBe("slow");
    expect(again("#startOn").attr("value")).toBe("2026-03-16");
    expect((await page(`${at}/confirm`))("main").text()).toContain("Mon 16 Mar at 08:30");
  });

  it("refuses a first day in the past and a track that is none, at their fields", async () => {
    const { at } = await upToTrack();
    const past = load((await post(`${at}/track`, { track: "", pace: "normal", startOn: "2026-03-01" })).body);
    expect(complaint(past, "startOn")).toContain("in the past");
    expect(past("#startOn").attr("value")).toBe("2026-03-01");
    const none = load((await post(`${at}/track`, { track: "no-such", pace: "normal", startOn: "" })).body);
    expect(complaint(none, "track")).toContain("is published");
  });
});

describe("step 6, every mail and the button", () => {
  it("draws the contact's own days with holidays, weekends and the clock change, and lists local and UTC times", async () => {
    const { at } = await upToTrack();
    await post(`${at}/track`, { track: "external-new-function", pace: "normal", startOn: "" });
    const { shown } = await confirmOf(at);
    expect(shown(".calendar td.off").length).toBeGreaterThan(6);
    // Norway, 2026: clocks change on 29 March; Maundy Thursday is 2 April.
    expect(shown(".calendar td.clocks").text()).toContain("29");
    expect(shown(".calendar td.clocks .note").attr("title")).toContain("clocks go forward 60 minutes");
    const list = shown(".program-list").text();
    expect(list).toContain("Mon 2 Mar, 10:10");
    expect(list).toContain("09:10");
    expect(shown(".program-list tbody tr").length).toBeGreaterThanOrEqual(10);
    expect(shown(".calendar .mark.sponsor").length).toBeGreaterThan(0);
  });

  it("S0-45: renders each mail for this contact in a frame that can do nothing, on a phone and as text, one after the other", async () => {
    const { at } = await upToTrack();
    const { shown } = await confirmOf(at);
    const links = shown(".program-list a")
      .toArray()
      .map((link) => shown(link).attr("href") ?? "");
    expect(links.length).toBeGreaterThanOrEqual(6);
    let url: string | undefined = links[0];
    const seen: string[] = [];
    while (url !== undefined) {
      const mail = await page(url);
      expect([url, mail("iframe").attr("sandbox")]).toEqual([url, ""]);
      const framed = await get(mail("iframe").attr("src") ?? "");
      expect([url, framed.statusCode]).toEqual([url, 200]);
      expect(framed.body).toMatch(/Jonas|Harald/);
      expect(String(framed.headers["content-security-policy"])).toMatch(/default-src 'none'.*sandbox/);
      seen.push(url.split("?")[0] ?? "");
      url = mail("a[rel=next]").attr("href");
    }
    expect(seen).toEqual(links);
    expect((await page(`${links[0]}?view=text`))("pre").text()).toContain("Hello Jonas");
    expect((await page(`${links[0]}?view=phone`))(".mail-look.phone iframe")).toHaveLength(1);
    const dark = (await page(`${links[0]}?view=dark`))("iframe").attr("src") ?? "";
    expect((await get(dark)).body).toContain("color-scheme:only dark");
    expect((await get(`${at}/mails/contact/no-such-step`)).statusCode).toBe(404);
    expect(await db().enrollment.count({ where: { caseId: at.split("/").at(-1) ?? "" } })).toBe(0);
  });

  it("says in one sentence what will happen, enrolls once for two presses, and lands in the case room", async () => {
    const { at, caseId } = await upToTrack();
    const { shown, once, promised } = await confirmOf(at);
    expect(shown(".confirm").text()).toMatch(
      /Jonas gets \d+ mails of .*the first on Mon 2 Mar at 10:10 .*in Oslo time/,
    );
    const answers = await Promise.all(
      [1, 2].map(() => placeAfter(post(`${at}/confirm`, { once, promised }))),
    );
    expect(answers).toEqual([`/cases/${caseId}?said=enrolled`, `/cases/${caseId}?said=enrolled`]);
    const made = await db().enrollment.findMany({ where: { caseId } });
    expect(made.map(({ audience }) => audience).sort()).toEqual(["contact", "sponsor"]);
    expect((await get(`/enroll?case=${caseId}`)).headers.location).toBe(`/cases/${caseId}`);
    expect((await get(`${at}/track`)).headers.location).toBe(`/cases/${caseId}`);
  });

  it("shows again what has moved on since it was shown, instead of sending on another day", async () => {
    const { at, caseId } = await upToTrack();
    const { once, promised } = await confirmOf(at);
    house.desk.setNow("2026-03-03T20:00:00Z");
    const answer = await post(`${at}/confirm`, { once, promised });
    expect(answer.statusCode).toBe(422);
    expect(load(answer.body)("[role=alert]").text()).toContain("The days have moved on");
    expect(await db().enrollment.count({ where: { caseId } })).toBe(0);
    const later = await confirmForm(at);
    expect(later["promised"]).toBe("2026-03-04");
    expect(await placeAfter(post(`${at}/confirm`, later))).toBe(`/cases/${caseId}?said=enrolled`);
  });

  it("warns with a remedy: no address is given in place; a suppressed or enrolled person is not enrolled", async () => {
    const { at, people } = await upToTrack();
    await db().contact.update({ where: { id: people.next }, data: { email: null } });
    const without = await page(`${at}/confirm`);
    expect(without(".concerns").text()).toContain("Jonas Lie has no mail address");
    expect(without(`form[action='${at}/confirm']`).length).toBe(0);
    const wrong = await post(`${at}/address`, { contact: people.next, email: "jonas@@halden.example" });
    expect(complaint(load(wrong.body), "email")).toContain("not one plain address");
    expect(
      await placeAfter(post(`${at}/address`, { contact: people.next, email: "jonas@halden.example" })),
    ).toBe(`${at}/confirm`);
    const { once, promised } = await confirmOf(at);
    await suppressAddress(db(), {
      workspaceId: house.workspaceId,
      email: "jonas@halden.example",
      reason: "unsubscribed",
      at: house.desk.clock.now(),
    });
    expect((await page(`${at}/confirm`))(".concerns").text()).toContain("must not be mailed");
    expect((await post(`${at}/confirm`, { once, promised })).statusCode).toBe(422);

    const elsewhere = await enrolled(house);
    const twin = await db().case.create({
      data: {
        workspaceId: house.workspaceId,
        accountId: elsewhere.account.id,
        detectedAt: house.desk.clock.now(),
        detectionSource: "csm",
        openedBy: "system",
        createdAt: house.desk.clock.now(),
        status: "replacement_identified",
        departedContactId: elsewhere.sponsor.id,
        replacementContactId: elsewhere.contact.id,
        replacementType: "internal",
      },
    });
    expect((await page(`/enroll/${twin.id}/confirm`))(".concerns").text()).toContain("is already in");
  });

  it("works for a case that was opened elsewhere: the first open question is the first page", async () => {
    const { turnover } = await aHandover(house, { turnover: { status: "replacement_identified" } });
    expect((await get(`/enroll?case=${turnover.id}`)).headers.location).toBe(`/enroll/${turnover.id}/track`);
    const bare = await aHandover(house, {
      turnover: { replacementContactId: null, destination: "external" },
    });
    expect((await get(`/enroll?case=${bare.turnover.id}`)).headers.location).toBe(
      `/enroll/${bare.turnover.id}/successor`,
    );
    expect((await get(`/enroll/${bare.turnover.id}/confirm`)).headers.location).toBe(
      `/enroll/${bare.turnover.id}/successor`,
    );
  });
});

describe("back, and taking it back", () => {
  it("keeps a complete page on the way back, and says so when it is not complete", async () => {
    const { at, caseId, people } = await upToTrack();
    const answer = await post(`${at}/successor`, { who: people.sponsor, type: "internal", go: "back" });
    expect(answer.headers.location).toBe(`${at}/where`);
    const turnover = await db().case.findUniqueOrThrow({ where: { id: caseId } });
    expect(turnover.replacementContactId).toBe(people.sponsor);
    const half = await post(`${at}/successor`, {
      who: "new",
      name: "Vera",
      email: "vera@@x",
      type: "internal",
      go: "back",
    });
    const shown = load(half.body);
    expect(shown("#email").attr("value")).toBe("vera@@x");
    expect(shown("[role=alert] a").attr("href")).toBe(`${at}/where`);
  });

  it("undoes an enrollment until the first mail leaves, as if it had not been", async () => {
    const { at, caseId } = await upToTrack();
    await post(`${at}/confirm`, await confirmForm(at));
    const enrollment = await db().enrollment.findFirstOrThrow({ where: { caseId, audience: "contact" } });
    expect(enrollment.startedAt.toISOString()).toBe("2026-03-02T09:10:00.000Z");
    expect(enrollment.dueAt?.toISOString()).toBe("2026-03-02T09:10:00.000Z");
    const room = await page(`/cases/${caseId}?said=enrolled`);
    expect(room("#undo").text()).toContain(
      "The first mail to Jonas Lie goes on Monday 2 March at 10:10 in Oslo",
    );
    expect(room("#undo form").attr("action")).toBe(`/enrollments/${enrollment.id}/undo`);
    for (let time = 0; time < 2; time++)
      expect(await placeAfter(post(`/enrollments/${enrollment.id}/undo`, {}))).toBe(
        `/cases/${caseId}?said=undone`,
      );
    const rows = await db().enrollment.findMany({ where: { caseId } });
    expect(rows.map(({ status, exitReason }) => [status, exitReason])).toEqual([
      ["exited", "manual"],
      ["exited", "manual"],
    ]);
    expect((await db().case.findUniqueOrThrow({ where: { id: caseId } })).status).toBe(
      "replacement_identified",
    );
    await post(`${at}/confirm`, await confirmForm(at));
    expect(await db().enrollment.count({ where: { caseId, audience: "contact", status: "active" } })).toBe(1);
  });

  it("cannot be undone once a mail has begun to leave", async () => {
    const { at, caseId } = await upToTrack();
    await post(`${at}/confirm`, await confirmForm(at));
    const enrollment = await db().enrollment.findFirstOrThrow({ where: { caseId, audience: "contact" } });
    await aMail(house, enrollment, "what-runs", { status: "transmitting", submittedAt: null, endedAt: null });
    const answer = await post(`/enrollments/${enrollment.id}/undo`, {});
    expect(answer.statusCode).toBe(409);
    expect(load(answer.body)("main").text()).toContain("cannot be undone");
    expect((await db().enrollment.findUniqueOrThrow({ where: { id: enrollment.id } })).status).toBe("active");
  });
});

async function confirmForm(at: string): Promise<Record<string, string>> {
  const { once, promised } = await confirmOf(at);
  return { once, promised };
}
