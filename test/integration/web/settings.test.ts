import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Role, roles } from "../../../src/domain/access/capabilities.ts";
import { rowCalendar } from "../../../src/operations/row-calendar.ts";
import { aWebHouse, signIn, type WebHouse } from "../../support/web-house.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
let house: WebHouse;
beforeAll(async () => {
  house = await aWebHouse({ allowPrivateWebhooks: true });
});
afterAll(() => house.close());

let people = 0;
async function aPerson(roles: Role[]) {
  people += 1;
  const email = `person${people}@fernwick.test`;
  const user = await house.parts.db.user.create({
    data: { workspaceId: house.workspaceId, name: `Person ${people}`, email, zone: "Europe/Oslo", roles },
  });
  return { user, email, ...(await signIn(house, email)) };
}
type Person = Awaited<ReturnType<typeof aPerson>>;

const get = (person: Person, url: string) => house.server.inject({ url, headers: { cookie: person.cookie } });
function post(person: Person, url: string, fields: Record<string, string | string[]> = {}) {
  const body = new URLSearchParams({ csrf: person.csrf });
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) body.append(name, one);
  return house.server.inject({ method: "POST", url, headers: person.headers, payload: body.toString() });
}
const CALENDAR = {
  windowStart: "09:00",
  windowEnd: "15:30",
  workWeek: ["1", "2", "3", "4"],
  holidayCountry: "no",
  closedDays: "2026-12-23, 2026-12-24\n2026-12-23",
  reportZone: "Europe/Oslo",
  weekStart: "1",
};

describe("the settings", () => {
  it("keep the sender, the window and the days off, and the record says what changed from what", async () => {
    const admin = await aPerson(["admin"]);
    const sender = {
      name: "Fernwick AS",
      postalAddress: "Storgata 1, Oslo",
      mailDomain: "Mail.Fernwick.test",
    };
    expect((await post(admin, "/settings/mail", sender)).headers.location).toBe("/settings/mail?said=saved");
    expect((await post(admin, "/settings/calendar", CALENDAR)).statusCode).toBe(303);
    const workspace = await house.parts.db.workspace.findUniqueOrThrow({ where: { id: house.workspaceId } });
    expect(workspace).toMatchObject({
      name: "Fernwick AS",
      mailDomain: "mail.fernwick.test",
      windowStart: "09:00",
      workWeek: [1, 2, 3, 4],
      holidayCountry: "NO",
    });
    expect(workspace.closedDays.map((day) => day.toISOString().slice(0, 10))).toEqual([
      "2026-12-23",
      "2026-12-24",
    ]);
    const page = await get(admin, "/settings/calendar");
    expect(load(page.body)("main").text()).toContain("We are closed");
    expect(load(page.body)("main").text()).toContain("Constitution Day");
    const entry = await house.parts.db.auditEntry.findFirstOrThrow({
      where: { action: "settings-changed" },
      orderBy: { id: "desc" },
    });
    expect(entry.after).toMatchObject({ windowStart: "09:00", closedDays: ["2026-12-23", "2026-12-24"] });
    expect(entry.before).not.toHaveProperty("name");
  });

  it("A21: say how many program mails go in one day, and never take an emptied field for no limit", async () => {
    const admin = await aPerson(["admin"]);
    const sender = {
      name: "Fernwick AS",
      postalAddress: "Storgata 1, Oslo",
      mailDomain: "mail.fernwick.test",
    };
    const cap = async () =>
      (await house.parts.db.workspace.findUniqueOrThrow({ where: { id: house.workspaceId } })).dailyMailCap;
    expect(await cap()).toBe(2000);
    for (const dailyMailCap of ["", "-1", "1.5", "many", "2000000"]) {
      const answer = await post(admin, "/settings/mail", { ...sender, dailyMailCap });
      expect([dailyMailCap, answer.statusCode, await cap()]).toEqual([dailyMailCap, 422, 2000]);
    }
    expect((await post(admin, "/settings/mail", { ...sender, dailyMailCap: "1" })).statusCode).toBe(303);
    const $ = load((await get(admin, "/settings/mail")).body);
    expect($("#dailyMailCap").attr("value")).toBe("1");
    expect($("main").text()).toContain("0 of 1");
    const at = house.parts.clock.now();
    await house.parts.db.send.create({
      data: {
        workspaceId: house.workspaceId,
        stepKey: "first",
        dueAt: at,
        nextAttemptAt: at,
        plannedAt: at,
        localDate: new Date(at.toISOString().slice(0, 10)),
      },
    });
    expect(load((await get(admin, "/settings/mail")).body)("main").text()).toContain("Today is full");
    expect((await post(admin, "/settings/mail", { ...sender, dailyMailCap: "0" })).statusCode).toBe(303);
    expect(load((await get(admin, "/settings/mail")).body)("main").text()).not.toContain("Today is full");
  });

  it("let no program mail go on the vendor's own days off", () => {
    const row = {
      accountWorkWeek: [],
      accountHolidayCountry: null,
      accountClosedDays: [],
      windowStart: "09:00",
      windowEnd: "16:00",
      workWeek: [1, 2, 3, 4, 5],
      holidayCountry: null,
      closedDays: ["2026-12-23"],
    };
    const calendar = rowCalendar(row, "Europe/Oslo", new Date("2026-12-01T00:00:00Z"));
    expect(calendar.closedDays.get("2026-12-23")).toBe("we are closed");
  });

  it("refuse a wrong zone, country, day or window in words, keep what was typed and change nothing", async () => {
    const admin = await aPerson(["admin"]);
    const wrong: [Record<string, string | string[]>, RegExp][] = [
      [{ reportZone: "Oslo" }, /not a known time zone/],
      [{ holidayCountry: "XX" }, /no public holidays are known/],
      [{ closedDays: "24.12.2026" }, /no date like 2026-12-24/],
      [{ windowStart: "15:00", windowEnd: "15:30" }, /less than an hour/],
      [{ workWeek: [] }, /at least one day/],
    ];
    const before = await house.parts.db.workspace.findUniqueOrThrow({ where: { id: house.workspaceId } });
    for (const [change, sentence] of wrong) {
      const answer = await post(admin, "/settings/calendar", { ...CALENDAR, ...change });
      expect([change, answer.statusCode]).toEqual([change, 422]);
      const $ = load(answer.body);
      expect($("main").text()).toMatch(sentence);
      expect($("form [name=holidayCountry]").attr("value")).toBe(change["holidayCountry"] ?? "no");
    }
    const after = await house.parts.db.workspace.findUniqueOrThrow({ where: { id: house.workspaceId } });
    expect(after).toEqual(before);
  });

  it("S0-36, A15: give and take roles, and the next request already sees it", async () => {
    const admin = await aPerson(["admin"]);
    const author = await aPerson(["author"]);
    expect((await get(author, "/settings/users")).statusCode).toBe(403);
    const form = { name: author.user.name, email: author.email, title: "", zone: "Europe/Oslo" };
    const changed = await post(admin, `/settings/users/${author.user.id}`, {
      ...form,
      roles: ["approver", "csm"],
    });
    expect(changed.statusCode).toBe(303);
    expect((await get(author, "/")).statusCode).toBe(303);
    expect((await get(author, "/cases")).statusCode).toBe(401);
    const again = { ...author, ...(await signIn(house, author.email)) };
    expect((await get(again, "/settings/users")).statusCode).toBe(200);
  });

  it("keep the last admin, one person per address, and everything typed into a refused form", async () => {
    const other = await aWebHouse();
    try {
      const only = await other.parts.db.user.create({
        data: { workspaceId: other.workspaceId, name: "Only", email: "only@x.test", roles: ["admin"] },
      });
      const signed = await signIn(other, "only@x.test");
      const body = new URLSearchParams({
        csrf: signed.csrf,
        name: "Only Changed",
        email: "only@x.test",
        zone: "UTC",
        roles: "csm",
      });
      const url = `/settings/users/${only.id}`;
      const answer = await other.server.inject({
        method: "POST",
        url,
        headers: signed.headers,
        payload: body.toString(),
      });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain("last admin");
      expect(load(answer.body)("#name").attr("value")).toBe("Only Changed");
    } finally {
      await other.close();
    }
    const admin = await aPerson(["admin"]);
    const taken = await post(admin, "/settings/users/new", {
      name: "محمد",
      email: house.csm.email.toUpperCase(),
      zone: "Europe/Oslo",
      roles: "csm",
    });
    expect(taken.statusCode).toBe(409);
    expect(load(taken.body)("#name").attr("value")).toBe("محمد");
    expect(load(taken.body)("#email-complaint").text()).toMatch(/address already/);
  });

  it("show a new token once, list it without itself, and refuse its calls once revoked", async () => {
    const admin = await aPerson(["admin"]);
    const made = await post(admin, "/settings/tokens", { name: "CRM <import>", scopes: ["read"] });
    const token = load(made.body)("pre").text();
    expect(token).toMatch(/^baton_/);
    const call = () =>
      house.server.inject({ url: "/api/v1/cases", headers: { authorization: `Bearer ${token}` } });
    expect((await call()).statusCode).toBe(200);
    const list = await get(admin, "/settings/tokens");
    expect(list.body).not.toContain(token);
    expect(load(list.body)("main").text()).toContain("CRM <import>");
    const row = await house.parts.db.apiToken.findFirstOrThrow({ where: { name: "CRM <import>" } });
    expect((await post(admin, `/settings/tokens/${row.id}/revoke`)).statusCode).toBe(303);
    expect((await call()).statusCode).toBe(401);
  });

  it("register a webhook with its secret shown once, list its deliveries, and repeat one with the same id", async () => {
    const admin = await aPerson(["admin"]);
    const refused = await post(admin, "/settings/webhooks", {
      url: "ftp://x.test",
      events: "readiness.changed",
    });
    expect(refused.statusCode).toBe(422);
    expect(load(refused.body)("#url").attr("value")).toBe("ftp://x.test");
    const made = await post(admin, "/settings/webhooks", {
      url: "http://127.0.0.1:9/hook",
      events: ["readiness.changed"],
    });
    expect(made.statusCode).toBe(200);
    expect(made.body).toContain("whsec_");
    expect((await get(admin, "/settings/webhooks")).body).not.toContain("whsec_");
    const { db } = house.parts;
    const endpoint = await db.webhookEndpoint.findFirstOrThrow({ where: { url: "http://127.0.0.1:9/hook" } });
    const delivery = await db.webhookDelivery.create({
      data: {
        workspaceId: house.workspaceId,
        endpointId: endpoint.id,
        eventId: "msg_1",
        eventType: "readiness.changed",
        payload: {},
        status: "failed",
        attempts: 8,
        responseCode: 500,
        error: "Internal Server Error",
        createdAt: house.parts.clock.now(),
      },
    });
    const log = await get(admin, `/settings/webhooks/${endpoint.id}`);
    expect(load(log.body)("main").text()).toMatch(/Failed.*500/s);
    expect((await post(admin, `/settings/deliveries/${delivery.id}/repeat`)).statusCode).toBe(303);
    const after = await db.webhookDelivery.findUniqueOrThrow({ where: { id: delivery.id } });
    expect(after).toMatchObject({ status: "planned", eventId: "msg_1", attempts: 0 });
    expect((await post(admin, `/settings/deliveries/${delivery.id}/repeat`)).statusCode).toBe(409);
  });

  it("take a picture that is one, show it, and refuse what only claims to be", async () => {
    const csm = await aPerson(["csm"]);
    const upload = (bytes: Buffer, type: string) => {
      const form = new FormData();
      form.append("csrf", csm.csrf);
      form.append("photo", new Blob([new Uint8Array(bytes)], { type }), "me.png");
      const request = new Request("http://x.test", { method: "POST", body: form });
      return request.arrayBuffer().then((body) =>
        house.server.inject({
          method: "POST",
          url: "/settings/you/photo",
          headers: { ...csm.headers, "content-type": request.headers.get("content-type") ?? "" },
          payload: Buffer.from(body),
        }),
      );
    };
    expect((await upload(PNG, "image/png")).statusCode).toBe(303);
    const shown = await get(csm, `/settings/users/${csm.user.id}/photo`);
    expect([shown.headers["content-type"], shown.rawPayload.equals(PNG)]).toEqual(["image/png", true]);
    expect((await upload(Buffer.from("<svg onload=alert(1)>"), "image/png")).statusCode).toBe(422);
    expect((await upload(Buffer.concat([PNG, Buffer.alloc(120_000)]), "image/png")).body).toContain("100 KB");
  });

  it("list addresses that are never mailed, and lift one only with its owner's words", async () => {
    const csm = await aPerson(["csm"]);
    await house.parts.db.suppression.create({
      data: {
        workspaceId: house.workspaceId,
        email: "stop@customer.test",
        reason: "unsubscribed",
        createdAt: house.parts.clock.now(),
      },
    });
    expect((await get(csm, "/settings/suppressions?search=STOP@")).body).toContain("stop@customer.test");
    const without = await post(csm, "/settings/suppressions/lift", {
      email: "stop@customer.test",
      reason: " ",
    });
    expect(without.statusCode).toBe(422);
    const lifted = await post(csm, "/settings/suppressions/lift", {
      email: "stop@customer.test",
      reason: "She asked for them again on the phone.",
    });
    expect(lifted.statusCode).toBe(303);
    expect((await get(csm, "/settings/suppressions")).body).not.toContain("stop@customer.test");
  });

  it("show the record of who did what, find by action and by id, and give it as a file that computes nothing", async () => {
    const admin = await aPerson(["admin"]);
    await post(admin, "/settings/tokens", { name: "=1+1", scopes: "read" });
    const page = await get(admin, "/settings/audit?search=api token created");
    const text = load(page.body)("main").text();
    expect(text).toContain("Api token created");
    expect(text).toContain(admin.user.name);
    expect(text).not.toContain("Settings changed");
    const file = await get(admin, "/settings/audit.csv");
    expect(file.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(file.body).not.toMatch(/(^|,)"[=+\-@]/m);
    expect(await house.parts.db.auditEntry.count({ where: { action: "list-exported" } })).toBe(1);
    const csm = await aPerson(["csm"]);
    expect((await get(csm, "/settings/audit")).statusCode).toBe(403);
  });

  it("sign one other browser out and leave this one in", async () => {
    const csm = await aPerson(["csm"]);
    const elsewhere = { ...csm, ...(await signIn(house, csm.email)) };
    const page = await get(csm, "/settings");
    const action = load(page.body)("form[action*=sessions]").attr("action") ?? "";
    expect((await post(csm, action)).statusCode).toBe(303);
    expect((await get(elsewhere, "/cases")).statusCode).toBe(401);
    expect((await get(csm, "/settings")).statusCode).toBe(200);
  });
});

describe("one's own settings", () => {
  it("are reached from every page by every role, with no tab that the role may not open", async () => {
    for (const role of roles) {
      const person = await aPerson([role]);
      const home = load((await get(person, "/")).body);
      expect([role, home("details.who a").attr("href")]).toEqual([role, "/settings"]);
      const own = await get(person, "/settings");
      const $ = load(own.body);
      expect([role, own.statusCode, $("h1").text()]).toEqual([role, 200, "Your settings"]);
      const tabs = $("nav[aria-label=Settings] a").toArray();
      expect(tabs.length).toBeGreaterThan(0);
      for (const tab of tabs) {
        const href = $(tab).attr("href") ?? "";
        expect([role, href, (await get(person, href)).statusCode]).toEqual([role, href, 200]);
      }
    }
  });
});

describe("what receivers check", () => {
  it("is asked for every domain that stands in From, and the page says which of them nothing belongs to", async () => {
    const asked: unknown[] = [];
    const sender = await aWebHouse({
      mailSetup: {
        server: "smtp.fernwick.test",
        dkim: null,
        checkDns: async (senders) => {
          asked.push(senders);
          return [
            { what: "alignment", state: "ok", name: "fernwick.test", found: "both belong to it", remedy: "" },
            {
              what: "alignment",
              state: "broken",
              name: "partner.test",
              found: "neither",
              remedy: "Sign for it.",
            },
          ];
        },
      },
    });
    const { workspaceId } = sender;
    const { user } = sender.parts.db;
    const person = (email: string, more: object) =>
      user.create({ data: { workspaceId, name: email, email, roles: ["csm"], ...more } });
    await person("lena@partner.test", {});
    await person("gone@old.test", { status: "left" });
    await person("author@words.test", { roles: ["author"] });
    await sender.parts.db.workspace.update({
      where: { id: workspaceId },
      data: { mailDomain: "mail.fernwick.test" },
    });
    const { cookie } = await signIn(sender);
    await sender.server.inject({ url: "/settings/mail", headers: { cookie } });
    expect(asked).toEqual([]);
    const answer = await sender.server.inject({ url: "/settings/mail?check=dns", headers: { cookie } });
    expect(asked).toEqual([
      {
        mailDomain: "mail.fernwick.test",
        fromDomains: ["fernwick.test", "partner.test", "mail.fernwick.test"],
      },
    ]);
    const lines = load(answer.body)("li")
      .toArray()
      .map((one) => load(one).text().replaceAll(/\s+/g, " "));
    expect(lines).toContain("Alignment AlignedFrom fernwick.test: both belong to it");
    expect(lines).toContain("Alignment Not alignedFrom partner.test: neitherSign for it.");
    await sender.close();
  });
});
