import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseRoom } from "../../../src/operations/case-room.ts";
import { aHandover, enrolled } from "../../support/desk.ts";
import { aWebHouse, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let csm: Awaited<ReturnType<typeof signIn>>;
beforeAll(async () => {
  house = await aWebHouse();
  const { workspaceId } = house;
  await house.parts.db.user.create({
    data: { workspaceId, name: "Vi", email: "vi@fernwick.test", roles: ["viewer"] },
  });
  csm = await signIn(house);
});
afterAll(() => house.close());

const get = async (url: string, who = csm) => {
  const answer = await house.server.inject({ url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, $: load(answer.body) };
};
function post(url: string, fields: Record<string, string>) {
  const payload = new URLSearchParams({ csrf: csm.csrf, ...fields }).toString();
  return house.server.inject({ method: "POST", url, headers: csm.headers, payload });
}
const text = ($: ReturnType<typeof load>) => $("main").text().replaceAll(/\s+/g, " ");

describe("the end of a case", () => {
  it("is declared in the room: its programs stop, its days at risk stand, and the record says who and why", async () => {
    const { turnover, enrollment } = await enrolled(house);
    const room = await get(`/cases/${turnover.id}`);
    const address = `/cases/${turnover.id}/close`;
    expect(room.$(`main a[href='${address}']`).length).toBe(1);
    const page = await get(address);
    expect(page.$("input[name=outcome]").length).toBe(6);
    expect(text(page.$)).toMatch(/against “Saved” so far: the program is not complete, and nobody has said/);
    expect(text(page.$)).toContain("Imani Okafor");

    house.desk.setNow("2026-03-12T09:00:00Z");
    const closed = await post(address, {
      outcome: "downsold",
      reason: "  Half the seats, by mail of 11 March ",
    });
    expect(closed.headers["location"]).toBe(`/cases/${turnover.id}?said=closed`);
    const row = await house.parts.db.case.findUniqueOrThrow({ where: { id: turnover.id } });
    expect(row).toMatchObject({
      status: "closed",
      outcome: "downsold",
      closedAt: new Date("2026-03-12T09:00:00Z"),
    });
    const ended = await house.parts.db.enrollment.findUniqueOrThrow({ where: { id: enrollment.id } });
    expect(ended).toMatchObject({ status: "exited", exitReason: "case_closed" });
    const entry = await house.parts.db.auditEntry.findFirst({ where: { action: "case-closed" } });
    expect(entry).toMatchObject({
      actor: `user:${house.csm.id}`,
      subjectId: turnover.id,
      reason: "Half the seats, by mail of 11 March",
    });
    house.desk.setNow("2026-04-12T09:00:00Z");
    const later = await caseRoom(house.parts, { workspaceId: house.workspaceId, caseId: turnover.id });
    expect(later?.daysAtRisk).toBe(10);
    const after = await get(`/cases/${turnover.id}`);
    expect(text(after.$)).toContain("Closed: downsold");
    expect(after.$(`main a[href='${address}']`).length).toBe(0);
    expect(text((await get(address)).$)).toContain("after 10 days at risk");
    const again = await post(address, { outcome: "saved", reason: "Changed our mind" });
    expect(again.statusCode).toBe(409);
    house.desk.setNow("2026-03-02T09:00:00Z");
  });

  it("needs an outcome and a reason, and keeps what was typed", async () => {
    const { turnover } = await aHandover(house);
    const address = `/cases/${turnover.id}/close`;
    for (const [fields, complaint] of [
      [{ reason: "They told us" }, "No outcome was chosen"],
      [{ outcome: "won", reason: "They told us" }, "No outcome was chosen"],
      [{ outcome: "lost", reason: "  " }, "There is no reason"],
      [{ outcome: "lost", reason: "x".repeat(1001) }, "longer than 1000"],
    ] as const) {
      const answer = await post(address, { ...fields });
      const $ = load(answer.body);
      expect([complaint, answer.statusCode]).toEqual([complaint, 422]);
      expect(text($)).toContain(complaint);
      expect($("#reason").text().replace(/^\n/, "")).toBe(fields.reason.trim());
      const lost = "outcome" in fields && fields.outcome === "lost";
      expect($("input[name=outcome][checked]").attr("value")).toBe(lost ? "lost" : undefined);
    }
    const row = await house.parts.db.case.findUniqueOrThrow({ where: { id: turnover.id } });
    expect(row.status).toBe("detected");
  });

  it("is not near yet: aligned and confirmed are said in the same place", async () => {
    const { turnover } = await aHandover(house);
    for (const status of ["aligned", "confirmed"]) {
      const { $ } = await get(`/cases/${turnover.id}/close`);
      expect($(`#status option[value=${status}]`).length).toBe(1);
      const set = await post(`/cases/${turnover.id}/status`, { status });
      expect(set.headers["location"]).toBe(`/cases/${turnover.id}?said=saved`);
      const row = await house.parts.db.case.findUniqueOrThrow({ where: { id: turnover.id } });
      expect(row.status).toBe(status);
    }
    expect((await post(`/cases/${turnover.id}/status`, { status: "closed" })).statusCode).toBe(422);
  });

  it("is only for who works on cases", async () => {
    const { turnover } = await aHandover(house);
    const viewer = await signIn(house, "vi@fernwick.test");
    expect((await get(`/cases/${turnover.id}/close`, viewer)).status).toBe(403);
    const room = await get(`/cases/${turnover.id}`, viewer);
    expect(room.$(`main a[href$='/close']`).length).toBe(0);
  });
});
