import { load } from "cheerio";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aHandover, type Handover } from "../../support/desk.ts";
import { aWebHouse, bearer, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let csm: Awaited<ReturnType<typeof signIn>>;
let handover: Handover;
beforeAll(async () => {
  house = await aWebHouse();
  csm = await signIn(house);
});
afterAll(() => house.close());
beforeEach(async () => {
  handover = await aHandover(house);
  const { id } = handover.account;
  await house.parts.db.account.update({ where: { id }, data: { sponsorContactId: null } });
});

const get = async (url: string) => {
  const answer = await house.server.inject({ url, headers: { cookie: csm.cookie } });
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return load(answer.body);
};
function post(url: string, fields: Record<string, string | string[]>) {
  const body = new URLSearchParams({ csrf: csm.csrf });
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) body.append(name, one);
  return house.server.inject({ method: "POST", url, headers: csm.headers, payload: body.toString() });
}
const account = () => house.parts.db.account.findUniqueOrThrow({ where: { id: handover.account.id } });
const people = () => house.parts.db.contact.findMany({ where: { accountId: handover.account.id } });

describe("the gaps of a case that the account holds", () => {
  it("lead each to the form that closes it, and the one for the sponsor comes back to the case", async () => {
    const { turnover, account: theirs, sponsor } = handover;
    const room = await get(`/cases/${turnover.id}`);
    const links = room("#facts .gap a")
      .toArray()
      .map((a) => room(a).attr("href"));
    const home = `/accounts/${theirs.id}`;
    expect(links).toEqual([
      `${home}/sponsor?back=/cases/${turnover.id}`,
      `${home}/plan/edit`,
      `${home}/edit#renewal_on`,
    ]);
    expect(room("#sponsor a").attr("href")).toBe(links[0]);
    const edit = await get(`${home}/edit`);
    expect(edit("#renewal_on").length).toBe(1);
    const choose = await get(links[0] ?? "");
    const offered = choose("input[name=contactId]")
      .toArray()
      .map((one) => choose(one).attr("value"));
    expect(offered).toContain(sponsor.id);
    const back = choose("input[name=back]").attr("value") ?? "";
    const chosen = await post(`${home}/sponsor`, { contactId: sponsor.id, back });
    expect(chosen.headers["location"]).toBe(`/cases/${turnover.id}?said=saved`);
    expect((await account()).sponsorContactId).toBe(sponsor.id);
    const after = await get(`/cases/${turnover.id}`);
    expect(after("#sponsor").text()).toContain("Harriet Doyle");
    const entry = await house.parts.db.auditEntry.findFirst({ where: { action: "sponsor-named" } });
    expect(entry).toMatchObject({ subjectId: theirs.id, after: { sponsorContactId: sponsor.id } });
  });
});

describe("a person added from the account", () => {
  it("who decides is a form with that role chosen, and becomes the sponsor in one go", async () => {
    const home = `/accounts/${handover.account.id}`;
    const choose = await get(`${home}/sponsor?back=/cases/${handover.turnover.id}`);
    const $ = await get(choose("header .actions a").attr("href") ?? "");
    expect($("input[name=sponsor]").attr("checked")).toBeDefined();
    expect($("input[name=roles][checked]").attr("value")).toBe("decision_maker");
    const added = await post(`${home}/people/new`, {
      back: $("input[name=back]").attr("value") ?? "",
      name: "Ines Duarte",
      email: "ines@customer.test",
      roles: ["decision_maker", "economic_buyer"],
      sponsor: "yes",
    });
    expect(added.headers["location"]).toBe(`/cases/${handover.turnover.id}?said=saved`);
    const ines = (await people()).find(({ name }) => name === "Ines Duarte");
    expect(ines).toMatchObject({ firstName: "Ines", roles: ["decision_maker", "economic_buyer"] });
    expect((await account()).sponsorContactId).toBe(ines?.id);
  });

  it("keeps what was typed when it is refused, and a form that comes twice makes one person", async () => {
    const page = `/accounts/${handover.account.id}/people/new`;
    const form = { name: "Ines Duarte", email: "ines at home", title: "COO", roles: ["champion"] };
    const refused = await post(page, form);
    const $ = load(refused.body);
    expect([refused.statusCode, $("#email-complaint").length]).toEqual([422, 1]);
    expect([$("#title").attr("value"), $("input[name=roles][checked]").attr("value")]).toEqual([
      "COO",
      "champion",
    ]);
    const good = { ...form, email: "ines@customer.test", back: "//evil.test" };
    expect((await post(page, good)).headers["location"]).toBe("/?said=saved");
    await post(page, good);
    expect((await people()).filter(({ name }) => name === "Ines Duarte").length).toBe(1);
  });

  it("nobody who has left is named as the one who decides, nor anybody of another account", async () => {
    const { leaver } = handover;
    await house.parts.db.contact.update({ where: { id: leaver.id }, data: { roles: ["departed"] } });
    const page = `/accounts/${handover.account.id}/sponsor`;
    expect((await get(page))(`input[value='${leaver.id}']`).length).toBe(0);
    const stranger = await aHandover(house);
    for (const contactId of [leaver.id, stranger.sponsor.id])
      expect((await post(page, { contactId, back: "/" })).statusCode).toBe(422);
    expect((await account()).sponsorContactId).toBe(null);
  });
});

describe("the same by the API", () => {
  it("adds a person, names the sponsor and takes the name back", async () => {
    const headers = { ...(await bearer(house)), "content-type": "application/json" };
    const call = async (url: string, payload: object) => {
      const answer = await house.server.inject({
        method: "POST",
        url: `/api/v1${url}`,
        headers,
        payload: JSON.stringify(payload),
      });
      return { status: answer.statusCode, body: answer.json() };
    };
    const accountId = handover.account.id;
    const person = { accountId, name: "Ines Duarte", roles: ["decision_maker"], sponsor: true };
    const added = await call("/contacts", person);
    expect(added).toMatchObject({ status: 201, body: { name: "Ines Duarte", roles: ["decision_maker"] } });
    expect((await account()).sponsorContactId).toBe(added.body.id);
    expect(await call("/contacts", { ...person, name: "" })).toMatchObject({
      status: 422,
      body: { code: "name-needed", place: "name" },
    });
    const count = (await people()).length;
    expect(await call("/contacts", { ...person, name: "Who Left", roles: ["departed"] })).toMatchObject({
      status: 422,
      body: { code: "has-left" },
    });
    expect((await people()).length).toBe(count);
    const { sponsor } = handover;
    expect(await call(`/accounts/${accountId}/sponsor`, { contactId: sponsor.id })).toMatchObject({
      status: 200,
      body: { sponsorContactId: sponsor.id },
    });
    expect(await call(`/accounts/${accountId}/sponsor`, { contactId: null })).toMatchObject({
      body: { sponsorContactId: null },
    });
  });
});
