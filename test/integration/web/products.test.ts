import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importAccounts } from "../../../src/operations/import-accounts.ts";
import { mailOfStep } from "../../../src/operations/mail-of-step.ts";
import { enrolled } from "../../support/desk.ts";
import { aWebHouse, bearer, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let admin: Awaited<ReturnType<typeof signIn>>;
beforeAll(async () => {
  house = await aWebHouse();
  const { workspaceId } = house;
  await house.parts.db.user.create({
    data: { workspaceId, name: "Ada", email: "ada@fernwick.test", roles: ["admin"] },
  });
  admin = await signIn(house, "ada@fernwick.test");
});
afterAll(() => house.close());

const get = (url: string) => house.server.inject({ url, headers: { cookie: admin.cookie } });
function post(url: string, fields: Record<string, string>) {
  const payload = new URLSearchParams({ csrf: admin.csrf, ...fields }).toString();
  return house.server.inject({ method: "POST", url, headers: admin.headers, payload });
}
const products = () =>
  house.parts.db.product.findMany({ where: { workspaceId: house.workspaceId }, orderBy: { key: "asc" } });

describe("the products", () => {
  it("are added under Settings, and from then on accounts of theirs are imported", async () => {
    const { workspaceId } = house;
    const file = { workspaceId, csv: "name,product\nNorrland,insight", actor: "cli" as const };
    const [refused] = (await importAccounts(house.parts, file)).rejected;
    expect(refused).toMatchObject({
      column: "product",
      remedy: expect.stringContaining("Settings, Products"),
    });
    const added = await post("/settings/products/new", {
      key: " Insight ",
      name: "Fernwick Insight",
      cadence: "weekly",
    });
    expect(added.headers["location"]).toBe("/settings/products?said=saved");
    expect(await importAccounts(house.parts, file)).toMatchObject({ created: 1, rejected: [] });
    const rows = load((await get("/settings/products")).body)("tbody tr")
      .toArray()
      .map((row) => load(row).text());
    expect(rows).toEqual([
      "Fernwick Campaignscampaignsas each program says0Change",
      "Fernwick Insightinsightweekly1Change",
    ]);
  });

  it("are refused twice by key or by name, without a key, with a cadence nobody can keep; what was typed stays", async () => {
    const good = { key: "surveys", name: "Fernwick Surveys", cadence: "" };
    for (const [field, wrong, status] of [
      ["key", "CAMPAIGNS", 409],
      ["key", "", 422],
      ["key", "two words", 422],
      ["name", "fernwick campaigns", 409],
      ["name", " ", 422],
      ["cadence", "every 0 days", 422],
      ["cadence", "now and then", 422],
    ] as const) {
      const answer = await post("/settings/products/new", { ...good, [field]: wrong });
      const $ = load(answer.body);
      expect([field, wrong, answer.statusCode, $(`#${field}-complaint`).length]).toEqual([
        field,
        wrong,
        status,
        1,
      ]);
      expect($(`#${field === "key" ? "name" : "key"}`).attr("value")).toBe(
        field === "key" ? good.name : good.key,
      );
    }
    expect((await products()).map(({ key }) => key)).toEqual(["campaigns", "insight"]);
  });

  it("are called by their new name in the very next mail, and keep their key", async () => {
    const { enrollment, account } = await enrolled(house);
    const mail = async () => {
      const input = { workspaceId: house.workspaceId, enrollmentId: enrollment.id, variant: "a" as const };
      const written = await mailOfStep(house.parts, { ...input, stepKey: "the-job" });
      return written.ok ? written.text : written.problem.message;
    };
    expect(await mail()).toContain("Fernwick Campaigns");
    const [campaigns] = await products();
    const place = `/settings/products/${campaigns?.id}`;
    await post(place, { key: "else", name: "Fernwick Mailings", cadence: "" });
    expect(await mail()).toContain("Fernwick Mailings");
    expect(await mail()).not.toContain("Fernwick Campaigns");
    expect((await products())[0]).toMatchObject({
      key: "campaigns",
      name: "Fernwick Mailings",
      cadence: null,
    });
    expect(load((await get(`/accounts/${account.id}`)).body)("main").text()).toContain("Fernwick Mailings");
    const entry = await house.parts.db.auditEntry.findFirst({ where: { action: "product-changed" } });
    expect(entry).toMatchObject({
      subjectId: campaigns?.id,
      before: { name: "Fernwick Campaigns" },
      after: { name: "Fernwick Mailings" },
    });
  });

  it("are listed, added and renamed by the API, which an admin's token may", async () => {
    const token = await bearer(house);
    const call = async (method: "GET" | "POST" | "PATCH", url: string, payload?: object, auth = token) => {
      const answer = await house.server.inject({
        method,
        url: `/api/v1${url}`,
        headers: { ...auth, "content-type": "application/json" },
        ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
      });
      return { status: answer.statusCode, body: answer.json() };
    };
    const writer = await bearer(house, ["write"]);
    const surveys = { key: "surveys", name: "Surveys" };
    expect((await call("POST", "/products", surveys, writer)).status).toBe(403);
    const added = await call("POST", "/products", surveys);
    expect(added).toMatchObject({ status: 201, body: { ...surveys, cadence: null } });
    expect(await call("POST", "/products", surveys)).toMatchObject({
      status: 409,
      body: { code: "already-a-product", place: "key" },
    });
    const changed = await call("PATCH", `/products/${added.body.id}`, { cadence: "daily" });
    expect(changed).toMatchObject({ status: 200, body: { ...surveys, cadence: "daily" } });
    const { items } = (await call("GET", "/products", undefined, writer)).body;
    expect(items.map(({ key }: { key: string }) => key)).toEqual(["insight", "campaigns", "surveys"]);
    expect((await call("PATCH", `/products/${house.workspaceId}`, { name: "X" })).status).toBe(404);
  });
});
