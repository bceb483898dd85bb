import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrolled } from "../../support/desk.ts";
import { aWebHouse, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let csm: Awaited<ReturnType<typeof signIn>>;
let admin: Awaited<ReturnType<typeof signIn>>;
beforeAll(async () => {
  house = await aWebHouse();
  await house.parts.db.user.create({
    data: { workspaceId: house.workspaceId, name: "Ada", email: "ada@fernwick.test", roles: ["admin"] },
  });
  [csm, admin] = [await signIn(house), await signIn(house, "ada@fernwick.test")];
});
afterAll(() => house.close());

const get = (url: string, who = csm) => house.server.inject({ url, headers: { cookie: who.cookie } });
function post(url: string, fields: Record<string, string | string[]>, who = csm) {
  const body = new URLSearchParams({ csrf: who.csrf });
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) body.append(name, one);
  return house.server.inject({ method: "POST", url, headers: who.headers, payload: body.toString() });
}
const main = (answer: { body: string }) => load(answer.body)("main").text().replaceAll(/\s+/g, " ");

async function upload(what: string, file: string | Uint8Array<ArrayBuffer>) {
  const form = new FormData();
  form.append("csrf", csm.csrf);
  form.append("what", what);
  form.append("file", new Blob([file], { type: "text/csv" }), "list.csv");
  form.append("pasted", "");
  const request = new Request("http://x.test", { method: "POST", body: form });
  const payload = Buffer.from(await request.arrayBuffer());
  const headers = { ...csm.headers, "content-type": request.headers.get("content-type") ?? "" };
  return house.server.inject({ method: "POST", url: "/import", headers, payload });
}

describe("the import page", () => {
  it("takes the good rows of a file, and names line, column, fault and remedy of the others", async () => {
    const csv = [
      "external_ref,name,product,arr,zone",
      'n-1,"Norrland, AB",campaigns,28000,Europe/Stockholm',
      "n-2,Bad Zone,campaigns,100,Mars/Olympus",
      "n-3,محمد وشركاه,campaigns,12,Asia/Dubai",
      "n-4,No Product,unheard-of,1,UTC",
    ].join("\n");
    const answer = await upload("accounts", csv);
    const text = main(answer);
    expect(answer.statusCode).toBe(200);
    expect(text).toContain("2created");
    expect(text).toContain("2refused");
    const refused = load(answer.body)("table tbody tr")
      .toArray()
      .map((row) => load(row).text());
    expect(refused[0]).toMatch(/^3zone"Mars\/Olympus" is not a time zone\.Use an IANA name/);
    expect(refused[1]).toMatch(/^5product.*unheard-of/);
    const again = main(await upload("accounts", csv));
    expect(again).toContain("2unchanged");
    expect(again).toContain("0created");
  });

  it("refuses what is no UTF-8 and what is empty, and keeps what was pasted", async () => {
    expect(main(await upload("accounts", new Uint8Array([0x6e, 0xe4, 0xff])))).toContain("not UTF-8");
    expect((await upload("accounts", "")).statusCode).toBe(422);
    const pasted = "name,product\nOnly name here,nothing-like-it";
    const answer = await post("/import", { what: "accounts", pasted });
    expect(load(answer.body)("#pasted").text().trim()).toBe(pasted);
  });
});

describe("the files that leave", () => {
  it("S0-24, A9: come in again unchanged, and a spreadsheet computes no cell of theirs", async () => {
    const { db } = house.parts;
    const account = await db.account.create({
      data: {
        workspaceId: house.workspaceId,
        externalRef: "=HYPERLINK(1)",
        name: "@SUM(A1)",
        productKey: "campaigns",
        arrMinor: 123_456n,
        currency: "EUR",
        zone: "Europe/Oslo",
        workWeek: [1, 2, 3],
        closedDays: [new Date("2026-12-24")],
        renewalOn: new Date("2027-01-31"),
        csmId: house.csm.id,
        domains: ["a.test", "b.test"],
      },
    });
    await db.contact.create({
      data: {
        workspaceId: house.workspaceId,
        accountId: account.id,
        name: "+Ana",
        firstName: "-Ana",
        email: "ana@a.test",
        roles: ["poc", "champion"],
        language: "pt",
      },
    });
    for (const list of ["accounts", "contacts"]) {
      const file = await get(`/${list}.csv`);
      expect(file.headers["content-disposition"]).toContain(`${list}.csv`);
      expect(file.body).not.toMatch(/(^|,)"[=+\-@]/m);
      const text = main(await upload(list, file.body));
      expect([list, text.includes("0refused"), text.includes("0updated"), text.includes("0created")]).toEqual(
        [list, true, true, true],
      );
    }
    expect(await db.account.findUniqueOrThrow({ where: { id: account.id } })).toEqual(account);
    expect(await db.auditEntry.count({ where: { action: "list-exported" } })).toBe(2);
  });

  it("S0-24: hold the tasks and the story of a case or of everybody, where one looks for them", async () => {
    const { db } = house.parts;
    const { workspaceId } = house;
    const one = await enrolled(house);
    const other = await enrolled(house);
    const now = house.parts.clock.now();
    for (const { turnover, account } of [one, other]) {
      await db.csmTask.create({
        data: {
          workspaceId,
          caseId: turnover.id,
          key: "named",
          kind: "task",
          text: `=Call ${account.name}`,
          dueAt: now,
          createdAt: now,
        },
      });
      const story = {
        kind: "note",
        date: "2026-02-01",
        text: `@${account.name} moved`,
        visibility: "internal",
      };
      expect((await post(`/accounts/${account.id}/story`, story)).statusCode).toBe(303);
    }
    const places = [
      [`/cases/${one.turnover.id}`, `/cases/${one.turnover.id}/tasks.csv`],
      [`/cases/${one.turnover.id}/history`, `/accounts/${one.account.id}/timeline.csv`],
      [`/cases/${one.turnover.id}/tasks`, `/cases/${one.turnover.id}/program-tasks.csv`],
      [`/accounts/${one.account.id}`, `/accounts/${one.account.id}/timeline.csv`],
      ["/cases", "/tasks.csv"],
      ["/import", "/timeline.csv"],
    ] as const;
    for (const [page, file] of places)
      expect([page, load((await get(page)).body)(`main a[href="${file}"]`).length]).toEqual([page, 1]);
    for (const [, file] of places) {
      const answer = await get(file);
      expect([file, answer.statusCode, answer.headers["content-type"]]).toEqual([
        file,
        200,
        "text/csv; charset=utf-8",
      ]);
      expect(answer.body).not.toMatch(/(^|,)"[=+\-@]/m);
      const isOwn = file.includes(one.turnover.id) || file.includes(one.account.id);
      expect([file, answer.body.includes(other.account.name)]).toEqual([file, !isOwn]);
    }
    for (const list of ["tasks", "timeline"]) {
      const text = main(await upload(list, (await get(`/${list}.csv`)).body));
      expect([list, text.includes("0created"), text.includes("0updated"), text.includes("0refused")]).toEqual(
        [list, true, true, true],
      );
    }
    const nowhere = "01a00000-0000-7000-8000-000000000000";
    for (const path of [`/cases/${nowhere}/tasks.csv`, `/accounts/${nowhere}/timeline.csv`])
      expect((await get(path)).statusCode).toBe(404);
  });
});

describe("an account's page", () => {
  it("S0-45, S0-19: shows people, gaps, cases and which program would start if somebody left today", async () => {
    const { account, contact, turnover } = await enrolled(house);
    const text = main(await get(`/accounts/${account.id}`));
    expect(text).toContain(contact.name);
    expect(text).toContain("In a program");
    expect(text).toContain("Sponsor");
    expect(text).toContain("Somebody from inside takes over");
    expect(
      load((await get(`/accounts/${account.id}`)).body)(`a[href="/cases/${turnover.id}"]`).length,
    ).toBeGreaterThan(0);
    const lone = await house.parts.db.account.create({
      data: { workspaceId: house.workspaceId, name: "Lone", productKey: "campaigns", zone: "UTC" },
    });
    expect(main(await get(`/accounts/${lone.id}`))).toContain("Nobody is named as the one who decides");
  });

  it("S0-22, S0-23, S0-26: takes an entry of the story, also the shorthand, and says who reads it", async () => {
    const { account } = await enrolled(house);
    const entry = {
      kind: "shorthand",
      date: "2026-02-01",
      text: "“The big send” is the Black Friday newsletter.",
      visibility: "internal",
    };
    expect((await post(`/accounts/${account.id}/story`, entry)).statusCode).toBe(303);
    const text = main(await get(`/accounts/${account.id}`));
    expect(text).toContain("The big send");
    expect(text).toContain("Only we see it");
    const wrong = await post(`/accounts/${account.id}/story`, { ...entry, date: "yesterday" });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain("The big send");
  });

  it("saves its form unchanged as unchanged, clears an emptied field, and complains at the field", async () => {
    const { account } = await enrolled(house);
    const page = load((await get(`/accounts/${account.id}/edit`)).body);
    const fields: Record<string, string> = {};
    page("main form :is(input,select,textarea)[name]").each((_, element) => {
      const field = page(element);
      fields[field.attr("name") ?? ""] = String(field.val() ?? "");
    });
    delete fields["csrf"];
    expect((await post(`/accounts/${account.id}/edit`, fields)).statusCode).toBe(303);
    const after = await house.parts.db.account.findUniqueOrThrow({ where: { id: account.id } });
    expect(after).toEqual(account);
    await post(`/accounts/${account.id}/edit`, { ...fields, renewal_on: "", industry: "Outdoor" });
    const cleared = await house.parts.db.account.findUniqueOrThrow({ where: { id: account.id } });
    expect(cleared).toMatchObject({ renewalOn: null, industry: "Outdoor" });
    const refused = await post(`/accounts/${account.id}/edit`, { ...fields, arr: "lots", name: "Kept name" });
    expect(refused.statusCode).toBe(422);
    const form = load(refused.body);
    expect(form("#arr-complaint").text()).toContain("is not an amount");
    expect([form("#arr").attr("value"), form("#name").attr("value")]).toEqual(["lots", "Kept name"]);
  });
});

describe("a person's page", () => {
  it("changes what is known, by the import's rules, and keeps what was typed when it is refused", async () => {
    const { contact, sponsor } = await enrolled(house);
    const fields = { name: contact.name, first_name: "Imi", email: "imi@customer.test", zone: "Europe/Oslo" };
    expect((await post(`/contacts/${contact.id}`, { ...fields, roles: ["poc"] })).statusCode).toBe(303);
    const after = await house.parts.db.contact.findUniqueOrThrow({ where: { id: contact.id } });
    expect(after).toMatchObject({
      firstName: "Imi",
      email: "imi@customer.test",
      zone: "Europe/Oslo",
      roles: ["poc"],
    });
    for (const email of ["two@a.test, three@b.test", "x\r\nBcc: y@z.test", "no-at-sign"]) {
      const refused = await post(`/contacts/${contact.id}`, { ...fields, email });
      expect([email, refused.statusCode]).toEqual([email, 422]);
    }
    await house.parts.db.contact.update({ where: { id: sponsor.id }, data: { email: "boss@customer.test" } });
    const taken = await post(`/contacts/${contact.id}`, { ...fields, email: "BOSS@customer.test" });
    expect(taken.statusCode).toBe(409);
    expect(load(taken.body)("#email").attr("value")).toBe("BOSS@customer.test");
  });

  it("gives what is held as a file, and lets only an admin erase the person, on purpose", async () => {
    const { contact } = await enrolled(house, { contact: { name: "Zora Unusual-Name", firstName: "Zora" } });
    const file = await get(`/contacts/${contact.id}/data.json`);
    expect(file.body).toContain("Zora Unusual-Name");
    const reason = { reason: "She asked by mail on 2 March.", sure: "yes" };
    expect((await post(`/contacts/${contact.id}/erase`, reason)).statusCode).toBe(403);
    expect((await post(`/contacts/${contact.id}/erase`, { reason: "x" }, admin)).statusCode).toBe(422);
    expect((await post(`/contacts/${contact.id}/erase`, reason, admin)).statusCode).toBe(303);
    const text = main(await get(`/contacts/${contact.id}`, admin));
    expect(text).not.toContain("Zora");
    expect(text).toContain("Erased");
  });
});

describe("the lists", () => {
  it("find by a part of the name, a domain or an address; show 50 at a time; say what to do when empty", async () => {
    const { db } = house.parts;
    await db.account.createMany({
      data: Array.from({ length: 120 }, (_, index) => ({
        workspaceId: house.workspaceId,
        name: `Paged ${String(index).padStart(3, "0")}`,
        productKey: "campaigns",
        zone: "UTC",
      })),
    });
    const first = load((await get("/accounts?search=paged")).body);
    expect(first("tbody tr")).toHaveLength(50);
    expect(first(".pager").text()).toContain("1–50 of 120");
    const third = load((await get("/accounts?search=paged&page=3")).body);
    expect(third("tbody tr")).toHaveLength(20);
    expect(main(await get("/accounts?search=no-such-account"))).toContain("No account fits");
    expect(main(await get("/contacts?search=imani"))).toContain("Imani");
    expect(main(await get("/accounts?owner=nobody&search=paged 00"))).toContain("Paged 001");
    expect(main(await get("/accounts?owner=mine&search=paged"))).toContain("No account fits");
  });
});
