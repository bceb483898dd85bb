import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { may, roles } from "../../../src/domain/access/capabilities.ts";
import type { GuardedRoute } from "../../../src/web/plugins/session-guard.ts";
import { enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, rowCounts, signIn, type WebHouse } from "../../support/web-house.ts";

// One walk over every page of the app: each role, no session, and another workspace (trust.md 6, 43).
let house: WebHouse;
let ids: Record<string, string>;
beforeAll(async () => {
  house = await aWebHouse({
    mailbox: { list: async () => [], get: async () => null, forget: async () => 0 },
    demo: {
      state: () => ({ now: new Date("2026-03-02T09:00:00Z"), playing: false, daySeconds: 4 }),
      pause: () => undefined,
      play: () => undefined,
      step: () => undefined,
      setDaySeconds: () => undefined,
    },
  });
  const { db } = house.parts;
  const { workspaceId } = house;
  const { account, contact, turnover, enrollment } = await enrolled(house);
  const { sendId } = await aMail(house, enrollment, "the-job", { status: "uncertain" });
  const at = house.parts.clock.now();
  const question = await db.question.create({
    data: { workspaceId, enrollmentId: enrollment.id, contactId: contact.id, text: "Ours?", askedAt: at },
  });
  const meeting = await db.meeting.create({
    data: { workspaceId, caseId: turnover.id, enrollmentId: enrollment.id, requestedAt: at },
  });
  const duty = await db.csmTask.findFirstOrThrow({ where: { workspaceId } });
  const token = await db.apiToken.create({
    data: { workspaceId, name: "theirs", tokenHash: randomUUID(), scopes: ["read"], createdAt: at },
  });
  const endpoint = await db.webhookEndpoint.create({
    data: { workspaceId, url: "https://x.test", secret: "whsec_x", events: [], createdAt: at },
  });
  const draft = await db.sequenceDraft.create({
    data: {
      workspaceId,
      key: "internal",
      source: "key: x",
      authorId: house.csm.id,
      createdAt: at,
      updatedAt: at,
    },
  });
  const template = await db.mailTemplate.create({
    data: { workspaceId, key: "t", title: "T", topics: [], subject: "s", body: "b", updatedAt: at },
  });
  const sponsor = await db.contact.findFirstOrThrow({
    where: { workspaceId, roles: { has: "decision_maker" } },
  });
  const escalation = await db.escalation.create({
    data: {
      workspaceId,
      caseId: turnover.id,
      contactId: sponsor.id,
      cause: "asked_by_csm",
      subject: "s",
      body: "b",
      createdAt: at,
      createdBy: "system",
    },
  });
  const product = await db.product.findFirstOrThrow({ where: { workspaceId } });
  const value = await db.valueStatement.create({
    data: {
      workspaceId,
      accountId: account.id,
      metric: "Hours",
      unit: "",
      baseline: "9",
      current: "5",
      period: "",
      source: "us",
      capturedOn: at,
    },
  });
  ids = {
    "/cases/:": turnover.id,
    "/enroll/:": turnover.id,
    "/enrollments/:": enrollment.id,
    "/manager/:": enrollment.id,
    "/questions/:": question.id,
    "/meetings/:": meeting.id,
    "/csm-tasks/:": duty.id,
    "/sends/:": sendId,
    "/accounts/:": account.id,
    "/contacts/:": contact.id,
    "/values/:": value.id,
    "/settings/users/:": house.csm.id,
    "/settings/products/:": product.id,
    "/settings/tokens/:": token.id,
    "/settings/webhooks/:": endpoint.id,
    "/studio/drafts/:": draft.id,
    "/studio/templates/:": template.id,
    "/escalations/:": escalation.id,
    "/studio/:": "internal",
  };
});
afterAll(() => house.close());

/** The route with real ids of the house's workspace, where the walk knows them. */
function addressOf({ url }: GuardedRoute): string {
  const known = Object.entries(ids).find(([prefix]) => url.startsWith(prefix));
  let first = true;
  return url
    .replaceAll(/:([a-zA-Z]+)/g, () => {
      const id = first && known !== undefined ? known[1] : randomUUID();
      first = false;
      return id;
    })
    .replace("*", "x");
}

/** Server-sent events never end by themselves; they are asked for apart. */
const endless = (route: GuardedRoute) => route.method === "GET" && route.url.endsWith("/events");

async function ask(route: GuardedRoute, person: { headers: Record<string, string>; csrf: string } | null) {
  const answer = await house.server.inject({
    method: route.method as "GET" | "POST",
    url: addressOf(route),
    headers: person?.headers ?? {
      origin: house.parts.baseUrl,
      "content-type": "application/x-www-form-urlencoded",
    },
    ...(route.method === "POST"
      ? { payload: new URLSearchParams({ csrf: person?.csrf ?? "" }).toString() }
      : {}),
  });
  return answer.statusCode;
}

/** What must not be walked into while walking: it would sign the walker out. */
const walked = () =>
  house.server.guardedRoutes.filter((route) => route.url !== "/sign-out" && !endless(route));

async function aPerson(held: readonly string[], workspaceId = house.workspaceId) {
  const email = `${randomUUID()}@x.test`;
  await house.parts.db.user.create({ data: { workspaceId, name: "Walker", email, roles: [...held] } });
  return signIn({ ...house, workspaceId }, email);
}

describe("every page of the app", () => {
  it("says what it needs: there is none without", () => {
    expect(house.server.guardedRoutes.length).toBeGreaterThan(40);
    expect(house.server.guardedRoutes.filter((route) => !route.needs)).toEqual([]);
  });

  it("refuses who is not signed in", async () => {
    for (const route of walked()) {
      const expected = route.url === "/" ? 303 : 401;
      expect([route.method, route.url, await ask(route, null)]).toEqual([route.method, route.url, expected]);
    }
  });

  for (const role of roles) {
    it(`answers ${role} exactly where the role grants it`, async () => {
      const person = await aPerson([role]);
      for (const route of walked()) {
        const granted = route.needs === "signed-in" || may([role], route.needs);
        const status = await ask(route, person);
        const told = `${route.method} ${route.url} → ${status}`;
        if (granted) {
          expect([told, status !== 401 && status !== 403 && status < 500]).toEqual([told, true]);
        } else {
          expect([told, status]).toEqual([told, 403]);
        }
      }
    });
  }

  it("refuses a role that nobody knows, everywhere that needs one", async () => {
    const person = await aPerson(["emperor"]);
    for (const route of walked().filter(({ needs }) => needs !== "signed-in")) {
      expect([route.url, await ask(route, person)]).toEqual([route.url, 403]);
    }
  });

  it("A5: gives another workspace's admin nothing of ours and changes nothing: 404, or the form's own 422", async () => {
    const stranger = await house.parts.db.workspace.create({
      data: { key: `stranger-${randomUUID()}`, name: "Stranger" },
    });
    const person = await aPerson(roles, stranger.id);
    const before = await rowCounts(house);
    for (const route of walked().filter(({ url }) => /:[a-zA-Z]/.test(url))) {
      const status = await ask(route, person);
      // An old address answers where it went without looking anything up.
      const moved = route.url.startsWith("/sequences/") ? [301, 308] : [];
      const allowed = route.method === "GET" ? [404, ...moved] : [404, 422];
      expect([`${route.method} ${route.url} → ${status}`, allowed.includes(status)]).toEqual([
        `${route.method} ${route.url} → ${status}`,
        true,
      ]);
    }
    expect(await rowCounts(house)).toEqual(before);
  });
});
