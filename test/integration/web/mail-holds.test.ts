import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../../src/domain/access/capabilities.ts";
import { enrolled } from "../../support/desk.ts";
import { aWebHouse, signIn, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let holdId: string;
beforeAll(async () => {
  house = await aWebHouse();
  const { db, clock } = house.parts;
  const { enrollment } = await enrolled(house);
  const dueAt = new Date("2026-02-27T09:00:00Z");
  await db.enrollment.update({ where: { id: enrollment.id }, data: { dueAt } });
  const { id } = await db.mailHold.create({
    data: {
      ...{ workspaceId: house.workspaceId, scope: "late", cause: "late", reason: "No worker was here" },
      ...{ dueBefore: clock.now(), startedAt: clock.now() },
    },
  });
  holdId = id;
});
afterAll(() => house.close());

async function aPerson(roles: Role[]) {
  const email = `${roles.join("-")}@fernwick.test`;
  await house.parts.db.user.create({
    data: { workspaceId: house.workspaceId, name: "Kim Berg", email, roles },
  });
  return signIn(house, email);
}

const pages = ["/", "/settings/mail"];
const shown = async (cookie: string, url: string) =>
  load((await house.server.inject({ url, headers: { cookie } })).body);

describe("mail that is held", () => {
  it.each(pages)("is listed on %s with what waits, and has one button for a CSM", async (url) => {
    const { cookie } = await signIn(house);
    const $ = await shown(cookie, url);
    const form = $(`form[action="/holds/${holdId}/release"]`);
    expect(form.find("button").text()).toMatch(/^Release/);
    const card = form.closest("section").text();
    expect(card).toContain("No worker was here.");
    expect(card).toContain("1 mail or step waits");
    expect(card).toMatch(/Imani Okafor, .+: The next step of .+, was due/);
  });

  it.each(pages)("says on %s whom to ask to somebody who may not let it go on", async (url) => {
    const { cookie, csrf, headers } = await aPerson(url === "/" ? ["viewer"] : ["manager"]);
    const $ = await shown(cookie, url);
    expect($(`form[action="/holds/${holdId}/release"]`)).toHaveLength(0);
    expect($("main").text()).toContain("A CSM or an admin can let it go on.");
    const refused = await house.server.inject({
      ...{ method: "POST", url: `/holds/${holdId}/release`, headers },
      payload: new URLSearchParams({ csrf, back: "/" }).toString(),
    });
    expect(refused.statusCode).toBe(403);
    expect(await house.parts.db.mailHold.count({ where: { endedAt: null } })).toBe(1);
  });

  it("goes on by the button, once, and the record says who let it", async () => {
    const { csrf, headers } = await signIn(house);
    const press = () =>
      house.server.inject({
        ...{ method: "POST", url: `/holds/${holdId}/release`, headers },
        payload: new URLSearchParams({ csrf, back: "/settings/mail" }).toString(),
      });
    const answer = await press();
    expect(answer.headers.location).toBe("/settings/mail?said=released");
    expect((await press()).statusCode).toBeGreaterThanOrEqual(400);
    const hold = await house.parts.db.mailHold.findUniqueOrThrow({ where: { id: holdId } });
    expect(hold.endedBy).toBe(`user:${house.csm.id}`);
    expect(await house.parts.db.auditEntry.count({ where: { action: "mail-hold-released" } })).toBe(1);
  });
});
