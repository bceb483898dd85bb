import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { START } from "../../support/builders.ts";
import { enrolled } from "../../support/desk.ts";
import { aWebHouse, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
type Person = Awaited<ReturnType<typeof signIn>>;
beforeAll(async () => {
  house = await aWebHouse();
});
afterAll(() => house.close());

async function somebody(name: string, roles: string[]): Promise<Person> {
  const email = `${name.toLowerCase()}@fernwick.test`;
  const user = { workspaceId: house.workspaceId, name, email, roles };
  await house.parts.db.user.upsert({
    where: { workspaceId_email: { workspaceId: house.workspaceId, email } },
    create: user,
    update: {},
  });
  return signIn(house, email);
}
const dana = () => signIn(house);
const mona = () => somebody("Mona", ["manager"]);

async function show(person: Person, url: string) {
  return load((await house.server.inject({ url, headers: { cookie: person.cookie } })).body);
}
const post = (person: Person, url: string, fields: Record<string, string>) =>
  house.server.inject({
    method: "POST",
    url,
    headers: person.headers,
    payload: new URLSearchParams({ csrf: person.csrf, ...fields }).toString(),
  });
const proposal = (reason: string, outlook = "expect_save") => ({ outlook, reason, untilOn: "2026-03-10" });

describe("an outlook against the rules", () => {
  it("is proposed with a reason and an end, approved on the board, shown with whose and until when, and lapses", async () => {
    const { turnover } = await enrolled(house, { account: { name: "Halden Outdoor" } });
    const csm = await dana();
    const room = `/cases/${turnover.id}`;
    const ruled = (await show(csm, room))("#outlook").text();
    expect(ruled).toContain("by the rules");
    const said = await post(csm, `${room}/outlook`, proposal("Their director told me so."));
    expect(said.headers.location).toBe(`${room}?said=override-proposed#outlook`);
    expect((await show(csm, room))("#outlook").text()).toContain("waits for a manager");
    // Nothing changes before somebody else agrees.
    expect((await show(csm, room))("#outlook").text()).toContain("by the rules");
    const manager = await mona();
    const board = await show(manager, "/manager");
    expect(board("#overrides").text()).toContain("Their director told me so.");
    expect(board("#overrides").text()).toContain("Halden Outdoor");
    const action = board("#overrides form").first().attr("action") ?? "";
    const approved = await post(manager, action, { do: "approve" });
    expect(approved.headers.location).toBe("/manager?said=override-approved#overrides");
    const shown = await show(csm, room);
    expect(shown("#outlook").text()).toMatch(
      /by a person's word.*Their director told me so.*Dana Whitlock, approved by Mona/s,
    );
    expect(shown(".page-head").text()).toMatch(/Expected to stay\s*says Dana Whitlock, until 10 March 2026/);
    const trail = await house.parts.db.auditEntry.findMany({
      where: { subjectId: turnover.id, action: { startsWith: "override-" } },
      orderBy: { id: "asc" },
    });
    expect(trail.map(({ action: what, reason }) => [what, reason])).toEqual([
      ["override-proposed", "Their director told me so."],
      ["override-approved", null],
    ]);
    house.desk.setNow("2026-03-11T09:00:00Z");
    const later = await show(await dana(), room);
    expect(later("#outlook").text()).toContain("by the rules");
    const past = await show(await dana(), `${room}/outlook`);
    expect(past("main").text()).toContain("approved by Mona, over now");
    expect((await show(await mona(), "/manager"))("#overrides")).toHaveLength(0);
    house.desk.setNow(START);
  });

  it("is refused only with a reason, which the case shows; a second decision changes nothing", async () => {
    const { turnover } = await enrolled(house, { account: { name: "Corvane Logistics" } });
    const csm = await dana();
    await post(csm, `/cases/${turnover.id}/outlook`, proposal("A feeling.", "high_risk"));
    const { id } = await house.parts.db.outlookOverride.findFirstOrThrow({ where: { caseId: turnover.id } });
    const manager = await mona();
    expect((await post(manager, `/manager/overrides/${id}`, { do: "refuse", answer: " " })).statusCode).toBe(
      422,
    );
    await post(manager, `/manager/overrides/${id}`, { do: "refuse", answer: "No fact in it." });
    expect((await post(manager, `/manager/overrides/${id}`, { do: "approve" })).statusCode).toBe(422);
    const { status } = await house.parts.db.outlookOverride.findUniqueOrThrow({ where: { id } });
    expect(status).toBe("refused");
    const page = await show(csm, `/cases/${turnover.id}/outlook`);
    expect(page("main").text()).toContain("refused by Mona: No fact in it.");
    expect((await show(csm, `/cases/${turnover.id}`))("#outlook").text()).toContain("by the rules");
  });

  it("is not decided by whoever proposed it, nor by a CSM", async () => {
    const { turnover } = await enrolled(house, { account: { name: "Osprey Legal" } });
    const leader = await somebody("Ruth", ["cs_leader"]);
    await post(leader, `/cases/${turnover.id}/outlook`, proposal("We spoke."));
    const { id } = await house.parts.db.outlookOverride.findFirstOrThrow({ where: { caseId: turnover.id } });
    expect((await show(leader, "/manager"))("#overrides").text()).toContain("somebody else decides");
    expect((await post(leader, `/manager/overrides/${id}`, { do: "approve" })).statusCode).toBe(422);
    expect((await post(await dana(), `/manager/overrides/${id}`, { do: "approve" })).statusCode).toBe(403);
    const { status } = await house.parts.db.outlookOverride.findUniqueOrThrow({ where: { id } });
    expect(status).toBe("proposed");
  });

  it("may stand for two weeks at most; what was typed stays, and a new proposal replaces the one that waits", async () => {
    const { turnover } = await enrolled(house, { account: { name: "Ravello Tiles" } });
    const csm = await dana();
    const url = `/cases/${turnover.id}/outlook`;
    const late = await post(csm, url, { ...proposal("They like it."), untilOn: "2026-06-01" });
    expect(late.statusCode).toBe(422);
    const again = load(late.body);
    expect(again("#reason").text()).toBe("They like it.");
    expect(again("#untilOn").attr("value")).toBe("2026-06-01");
    expect(again("#untilOn-complaint").text()).toContain("2026-03-16");
    await post(csm, url, proposal("They like it."));
    await post(csm, url, proposal("They love it."));
    const rows = await house.parts.db.outlookOverride.findMany({
      where: { caseId: turnover.id },
      orderBy: { id: "asc" },
    });
    expect(rows.map(({ status }) => status)).toEqual(["replaced", "proposed"]);
  });
});

describe("capacity", () => {
  it("is set by who leads the CSMs, and the board says who carries too much", async () => {
    const manager = await mona();
    const { id } = house.csm;
    const cases = await house.parts.db.case.count({ where: { workspaceId: house.workspaceId } });
    const page = await show(manager, "/manager/capacity");
    expect(page(`[name='cases-${id}']`).attr("value")).toBe("");
    const wrong = await post(manager, "/manager/capacity", {
      [`cases-${id}`]: "many",
      [`minutes-${id}`]: "9",
    });
    expect(wrong.statusCode).toBe(422);
    expect(load(wrong.body)(`[name='cases-${id}']`).attr("value")).toBe("many");
    await post(manager, "/manager/capacity", { [`cases-${id}`]: "2", [`minutes-${id}`]: "9,600" });
    const row = (await show(manager, "/manager"))("#by-csm tr:contains('Dana Whitlock')").text();
    expect(row).toContain(`${cases} of 2, too many`);
    // Accounts of a high tier have 720 minutes for each case.
    expect(row).toContain(`${(cases * 720).toLocaleString("en-GB")} of 9,600`);
    const entry = await house.parts.db.auditEntry.findFirstOrThrow({ where: { action: "capacity-changed" } });
    expect(entry.after).toEqual({ caseCapacity: 2, minuteCapacity: 9600 });
    const csm = await dana();
    expect((await post(csm, "/manager/capacity", { [`cases-${id}`]: "99" })).statusCode).toBe(403);
    expect((await show(csm, "/manager/capacity"))("table input")).toHaveLength(0);
  });

  it("keeps the rates of ranking beside it, for an admin, and shows no converted amount", async () => {
    const admin = await somebody("Ada", ["admin"]);
    const wrong = await post(admin, "/manager/rates", { rates: "EUR much" });
    expect(wrong.statusCode).toBe(422);
    expect(load(wrong.body)("#rates-own").text()).toBe("EUR much");
    await post(admin, "/manager/rates", { rates: "EUR 1.25\nsar = 0.3" });
    const { rankingRates } = await house.parts.db.workspace.findUniqueOrThrow({
      where: { id: house.workspaceId },
    });
    expect(rankingRates).toEqual({ EUR: 1.25, SAR: 0.3 });
  });
});
