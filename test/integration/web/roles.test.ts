import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { may, roles } from "../../../src/domain/access/capabilities.ts";
import type { GuardedRoute } from "../../../src/web/plugins/session-guard.ts";
import { enrolled } from "../../support/desk.ts";
import { FORMS, NEEDS, PUBLIC } from "../../support/guarded-pages.ts";
import { routesIn } from "../../support/routes-in.ts";
import { aMail, aWebHouse, FORM, rowHashes, signIn, type WebHouse } from "../../support/web-house.ts";

// One walk over every page of the app: each role, no session, and another workspace (trust.md 6, 43).
const MAIL = {
  id: "1700000000-0-abcdef01",
  receivedAt: new Date("2026-03-02T09:00:00Z"),
  from: "b@x.test",
  to: ["ada@x.test"],
  subject: "Ours",
  html: "<p>Ours</p>",
  text: "Ours",
  headers: [],
  source: "Subject: Ours\r\n\r\nOurs",
};
let house: WebHouse;
let ids: Record<string, string>;
beforeAll(async () => {
  house = await aWebHouse({
    mailbox: {
      list: async () => [],
      get: async (id) => (id === MAIL.id ? MAIL : null),
      forget: async () => 0,
    },
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
  const oneOff = await db.oneOffMail.create({
    data: {
      workspaceId,
      caseId: turnover.id,
      enrollmentId: enrollment.id,
      contactId: contact.id,
      templateId: template.id,
      subject: "s",
      body: "b",
      sendId,
      createdAt: at,
      createdBy: "system",
    },
  });
  const override = await db.outlookOverride.create({
    data: {
      workspaceId,
      caseId: turnover.id,
      outlook: "high_risk",
      reason: "r",
      untilOn: at,
      proposedAt: at,
      proposedBy: "system",
    },
  });
  const entry = await db.effortEntry.create({
    data: {
      workspaceId,
      caseId: turnover.id,
      minutes: 5,
      what: "w",
      spentOn: at,
      createdAt: at,
      createdBy: "system",
    },
  });
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
  const delivery = await db.webhookDelivery.create({
    data: {
      workspaceId,
      endpointId: endpoint.id,
      eventId: "msg_1",
      eventType: "x",
      payload: {},
      status: "failed",
      createdAt: at,
    },
  });
  const session = await db.session.create({
    data: {
      workspaceId,
      userId: house.csm.id,
      tokenHash: randomUUID(),
      createdAt: new Date(),
      lastSeenAt: new Date(),
    },
  });
  const hold = await db.mailHold.create({
    data: { workspaceId, scope: "everything", cause: "complaints", reason: "Ours", startedAt: at },
  });
  ids = {
    "/holds/:": hold.id,
    "/cases/:": turnover.id,
    "/enroll/:": turnover.id,
    "/enrollments/:": enrollment.id,
    "/one-offs/:": oneOff.id,
    "/manager/overrides/:": override.id,
    "/effort/:": entry.id,
    "/manager/:": enrollment.id,
    "/questions/:": question.id,
    "/meetings/:": meeting.id,
    "/csm-tasks/:": duty.id,
    "/sends/:": sendId,
    "/accounts/:": account.id,
    "/contacts/:": contact.id,
    "/settings/users/:": house.csm.id,
    "/settings/products/:": product.id,
    "/settings/tokens/:": token.id,
    "/settings/webhooks/:": endpoint.id,
    "/studio/drafts/:": draft.id,
    "/studio/templates/:": template.id,
    "/escalations/:": escalation.id,
    "/settings/deliveries/:": delivery.id,
    "/settings/you/sessions/:": session.id,
    "/mailbox/:": MAIL.id,
    "/values/:": value.id,
    "/studio/competitors/:": "mailharbor",
    "/studio/:": "internal",
    "/sequences/:": "internal",
  };
});
afterAll(() => house.close());

const said = ({ method, url }: Pick<GuardedRoute, "method" | "url">) => `${method} ${url}`;

/** The rest of an address, where the first part names a row of ours. */
const REST: Readonly<Record<string, string>> = {
  ":step": "the-job",
  ":of": "contact",
  ":about": "plan",
  ":key": "setting-up",
};

/** The route with real ids of the house's workspace. */
function addressOf({ url }: GuardedRoute): string {
  const known = Object.entries(ids).find(([prefix]) => url.startsWith(prefix));
  let first = true;
  return url.replaceAll(/:[a-zA-Z]+/g, (name) => {
    const id = first ? known?.[1] : REST[name];
    first = false;
    if (id === undefined)
      throw new Error(`The walk knows nothing for ${name} of ${url}: add it to ids or REST.`);
    return id;
  });
}

/** Server-sent events never end by themselves; they are asked for apart. */
const endless = (route: GuardedRoute) => route.method === "GET" && route.url.endsWith("/events");

async function ask(
  route: GuardedRoute,
  person: { headers: Record<string, string>; csrf: string } | null,
  fields: Readonly<Record<string, string>> = {},
  more: Readonly<Record<string, string>> = {},
) {
  const answer = await house.server.inject({
    method: route.method as "GET" | "POST",
    url: addressOf(route),
    headers: { ...(person?.headers ?? { ...FORM, origin: house.parts.baseUrl }), ...more },
    ...(route.method === "GET"
      ? {}
      : { payload: new URLSearchParams({ csrf: person?.csrf ?? "", ...fields }).toString() }),
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

async function aStranger() {
  const { id } = await house.parts.db.workspace.create({
    data: { key: `stranger-${randomUUID()}`, name: "Stranger" },
  });
  return aPerson(roles, id);
}

describe("every page of the app", () => {
  it("is guarded or on the short list of what anybody may ask for", () => {
    const guarded = new Set(house.server.guardedRoutes.map(said));
    const open = routesIn(house.server.printRoutes({ commonPrefix: false })).filter(
      (route) => !guarded.has(route) && !/ \/(api\/v1|assets)\//.test(route),
    );
    expect(
      open.sort(),
      "Register it among the guarded pages, or add it to PUBLIC in guarded-pages.ts.",
    ).toEqual([...PUBLIC].sort());
  });

  it("asks for what the table says, no more and no less", () => {
    const asked = house.server.guardedRoutes.map((route) => `${said(route)} → ${route.needs}`);
    const table = [...NEEDS].map(([route, needs]) => `${route} → ${needs}`);
    expect(asked.sort(), "Add the new page to test/support/guarded-pages.ts.").toEqual(table.sort());
  });

  it("has a filled-in form in the table where its address names a row", () => {
    const posts = house.server.guardedRoutes.filter(
      ({ method, url }) => method !== "GET" && url.includes(":"),
    );
    expect(posts.map(said).sort(), "Add its form to FORMS in test/support/guarded-pages.ts.").toEqual(
      Object.keys(FORMS).sort(),
    );
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
        const needs = NEEDS.get(said(route));
        const granted = needs === "signed-in" || (needs !== undefined && may([role], needs));
        const status = await ask(route, person);
        const told = `${said(route)} → ${status}`;
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
    for (const route of walked().filter((one) => NEEDS.get(said(one)) !== "signed-in")) {
      expect([route.url, await ask(route, person)]).toEqual([route.url, 403]);
    }
  });

  it("A16: takes no form of another origin, and none without the session's own token; nothing changes", async () => {
    const person = await aPerson(roles);
    const before = await rowHashes(house);
    for (const route of house.server.guardedRoutes.filter(({ method }) => method !== "GET")) {
      const fields = FORMS[said(route)] ?? {};
      const foreign = await ask(route, person, fields, { origin: "https://evil.test" });
      const bare = await ask(route, { ...person, csrf: "" }, fields);
      const guessed = await ask(route, { ...person, csrf: "A".repeat(43) }, fields);
      expect([said(route), foreign, bare, guessed]).toEqual([said(route), 403, 403, 403]);
    }
    expect(await rowHashes(house)).toEqual(before);
  });

  it("A5: gives another workspace's admin nothing of ours: 404 for every row of ours, and nothing changes", async () => {
    const person = await aStranger();
    const before = await rowHashes(house);
    const wrong: string[] = [];
    for (const route of walked().filter(({ url }) => url.includes(":"))) {
      const status = await ask(route, person, FORMS[said(route)]);
      // An old address answers where it went without looking anything up.
      const expected = route.url.startsWith("/sequences/") ? [301, 308] : [404];
      if (!expected.includes(status)) wrong.push(`${said(route)} → ${status}`);
    }
    expect(wrong, "422: fill in its form in FORMS, so that the row itself is looked for.").toEqual([]);
    expect(await rowHashes(house)).toEqual(before);
  });
});
