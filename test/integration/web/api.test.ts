import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anAccount } from "../../support/builders.ts";
import { aHandover, enrolled } from "../../support/desk.ts";
import { routesIn } from "../../support/routes-in.ts";
import { aMail, aWebHouse, bearer, postForm, type WebHouse } from "../../support/web-house.ts";

let house: WebHouse;
let auth: Record<string, string>;
beforeAll(async () => {
  house = await aWebHouse();
  auth = await bearer(house);
});
afterAll(() => house.close());

const get = (path: string, headers = auth) => house.server.inject({ url: `/api/v1${path}`, headers });
const post = (path: string, payload: object, more: Record<string, string> = {}) =>
  house.server.inject({ method: "POST", url: `/api/v1${path}`, headers: { ...auth, ...more }, payload });

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, unknown>; security?: unknown }>>;
}

describe("the API's description", () => {
  it("names exactly the routes that there are, each with its answers", async () => {
    const served = routesIn(house.server.printRoutes({ commonPrefix: false })).filter((route) =>
      route.includes(" /api/v1/"),
    );
    const answer = await house.server.inject({ url: "/api/openapi.json" });
    const document = answer.json<OpenApi>();
    expect(document.openapi).toBe("3.0.3");
    const described = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.length).toBeGreaterThanOrEqual(40);
    expect(described.map((line) => line.replaceAll(/\{(\w+)\}/g, ":$1")).sort()).toEqual(served.sort());
    for (const item of Object.values(document.paths))
      for (const operation of Object.values(item)) {
        const codes = Object.keys(operation.responses);
        expect(codes.some((code) => code.startsWith("2"))).toBe(true);
        expect(codes).toContain("4XX");
      }
  });

  it("has only references that lead somewhere, and can be read as a page", async () => {
    const { body } = await house.server.inject({ url: "/api/openapi.json" });
    const document = JSON.parse(body) as Record<string, unknown>;
    for (const [, pointer = ""] of body.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = pointer
        .split("/")
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
      expect(target).toBeDefined();
    }
    const page = await house.server.inject({ url: "/api/docs" });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("/api/v1/enrollments/{id}/pause");
    expect(page.body).not.toMatch(/<script|https:\/\/(cdn|unpkg)/);
    const groups = [...page.body.matchAll(/href="(\/api\/docs\/[^"#]+)"/g)].map(([, address]) => address);
    expect(groups.length).toBeGreaterThan(10);
    for (const url of groups) {
      const group = await house.server.inject({ url: url ?? "" });
      expect([url, group.statusCode]).toEqual([url, 200]);
      expect(group.body).toContain("<pre>");
      expect([url, Buffer.byteLength(group.body) < 40_000]).toEqual([url, true]);
    }
    expect((await house.server.inject({ url: "/api/docs/nothing" })).statusCode).toBe(404);
  });
});

describe("tokens and scopes", () => {
  it("refuses no token, a wrong one, a revoked one and a missing scope, as problem+json", async () => {
    const { db } = house.parts;
    const revoked = await bearer(house);
    const row = await db.apiToken.findFirstOrThrow({ orderBy: { id: "desc" } });
    await db.apiToken.update({ where: { id: row.id }, data: { revokedAt: new Date() } });
    for (const headers of [
      {},
      { authorization: "Bearer nothing" },
      { authorization: "Basic eA==" },
      revoked,
    ]) {
      const answer = await house.server.inject({ url: "/api/v1/accounts", headers });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers["www-authenticate"]).toContain("Bearer");
      expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
      expect(answer.json()).toMatchObject({ status: 401, code: "no-token", place: "Authorization" });
    }
    const reader = await bearer(house, ["read"]);
    expect((await get("/accounts", reader)).statusCode).toBe(200);
    expect((await get("/audit", reader)).statusCode).toBe(403);
    const { turnover } = await aHandover(house);
    const closing = await house.server.inject({
      method: "POST",
      url: `/api/v1/cases/${turnover.id}/close`,
      headers: reader,
      payload: { outcome: "dismissed" },
    });
    expect(closing.json()).toMatchObject({ status: 403, code: "missing-scope" });
  });
});

describe("problems", () => {
  it("names every wrong field with its place, and the remedy", async () => {
    const answer = await post("/cases", { accountId: "x", destination: "mars", extra: 1 });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    const problem = answer.json<{ errors: { place: string }[]; remedy: string; type: string }>();
    expect(problem.type).toBe("urn:baton:problem:invalid");
    expect(problem.errors.map(({ place }) => place)).toEqual(
      expect.arrayContaining(["body.accountId", "body.destination"]),
    );
    expect(problem.remedy).not.toBe("");
  });

  it("gives a refusal of an operation with the status that fits, and what is not there as 404", async () => {
    const { turnover, contact } = await enrolled(house);
    const second = await post("/enrollments", { caseId: turnover.id, contactId: contact.id });
    expect(second.statusCode).toBe(409);
    expect(second.json()).toMatchObject({
      code: expect.stringContaining("already"),
      remedy: expect.any(String),
    });
    const nowhere = await get("/cases/0195d2a0-0000-7000-8000-0000000000aa");
    expect([nowhere.statusCode, nowhere.json().code]).toEqual([404, "not-found"]);
    expect((await get("/no-such-thing")).json()).toMatchObject({ status: 404 });
    expect((await post("/cases", {}, { "content-type": "application/json" })).statusCode).toBe(422);
    const broken = await house.server.inject({
      method: "POST",
      url: "/api/v1/cases",
      headers: { ...auth, "content-type": "application/json" },
      payload: "{",
    });
    expect([broken.statusCode, broken.json().code]).toEqual([400, "unreadable"]);
  });
});

describe("Idempotency-Key", () => {
  it("gives the first answer again for the same request, and refuses another one with the same key", async () => {
    const { turnover, contact } = await aHandover(house);
    const body = { caseId: turnover.id, contactId: contact.id };
    const key = { "idempotency-key": "enroll-1" };
    const first = await post("/enrollments", body, key);
    expect(first.statusCode).toBe(201);
    const again = await post("/enrollments", body, key);
    expect(again.statusCode).toBe(201);
    expect(again.headers["idempotency-replayed"]).toBe("true");
    expect(again.json()).toEqual(first.json());
    const other = await post("/enrollments", { ...body, pace: "slow" }, key);
    expect([other.statusCode, other.json().code]).toEqual([422, "key-reused"]);
    expect(await house.parts.db.enrollment.count({ where: { contactId: contact.id } })).toBe(1);
  });

  it("keeps a refusal too, and of many at once only one acts", async () => {
    const { turnover, contact } = await aHandover(house);
    const body = { caseId: turnover.id, contactId: contact.id, sequenceKey: "no-such-track" };
    const refused = await post("/enrollments", body, { "idempotency-key": "enroll-2" });
    const again = await post("/enrollments", body, { "idempotency-key": "enroll-2" });
    expect([again.statusCode, again.json()]).toEqual([refused.statusCode, refused.json()]);
    expect(again.headers["content-type"]).toContain("application/problem+json");
    const right = { caseId: turnover.id, contactId: contact.id };
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => post("/enrollments", right, { "idempotency-key": "enroll-3" })),
    );
    expect(answers.every(({ statusCode }) => statusCode === 201 || statusCode === 409)).toBe(true);
    expect(await house.parts.db.enrollment.count({ where: { contactId: contact.id } })).toBe(1);
  });
});

describe("lists", () => {
  it("come in pages whose cursors lead through every row once", async () => {
    for (let n = 0; n < 7; n++) await anAccount(house.parts.db, house.workspaceId);
    const total = await house.parts.db.account.count({ where: { workspaceId: house.workspaceId } });
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: { items: { id: string }[]; nextCursor: string | null } = (
        await get(`/accounts?limit=3${cursor === "" ? "" : `&cursor=${cursor}`}`)
      ).json();
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(total);
    expect(seen.length).toBe(total);
    expect((await get("/accounts?cursor=bm90aGluZw")).json()).toMatchObject({ status: 422, code: "invalid" });
    expect((await get("/accounts?limit=0")).statusCode).toBe(422);
  });

  it("answer for every noun", async () => {
    const nouns = [
      "accounts",
      "contacts",
      "cases",
      "enrollments",
      "sequences",
      "sequences/internal/versions",
      "sends",
      "questions",
      "meetings",
      "signals",
      "suppressions",
      "audit",
      "webhooks",
    ];
    for (const noun of nouns) {
      const answer = await get(`/${noun}`);
      expect([noun, answer.statusCode, Array.isArray(answer.json().items)]).toEqual([noun, 200, true]);
    }
  });
});

describe("the daily acts", () => {
  it("pauses, resumes, changes pace, verifies a task, answers, books, and withdraws", async () => {
    const { enrollment } = await enrolled(house);
    const { page } = await aMail(house, enrollment, "the-job");
    await postForm(house, page, "question", { text: "Which list is right?" });
    const path = `/enrollments/${enrollment.id}`;
    expect((await post(`${path}/pause`, { reason: "holiday" })).json()).toMatchObject({ status: "paused" });
    expect((await post(`${path}/resume`, {})).json()).toMatchObject({ status: "active" });
    expect((await post(`${path}/pace`, { pace: "slow" })).json()).toMatchObject({ pace: "slow" });
    const { items: tasks } = (await get(`${path}/tasks`)).json<{ items: { key: string }[] }>();
    const task = tasks[0]?.key ?? "";
    expect((await post(`${path}/tasks/${task}/verify`, {})).json()).toMatchObject({ state: "verified" });
    const { items: questions } = (await get(`/questions?enrollmentId=${enrollment.id}`)).json();
    const answered = await post(`/questions/${questions[0].id}/answer`, { answer: "The second one." });
    expect(answered.json()).toMatchObject({ answer: "The second one." });
    const booked = await post(`${path}/meetings`, { slotAt: "2026-03-12T09:00:00Z" });
    expect(booked.statusCode).toBe(201);
    const held = await post(`/meetings/${booked.json().id}/outcome`, {
      outcome: "held",
      demo: "no",
      agreed: "Lists first.",
    });
    expect(held.json()).toMatchObject({ state: "held", demo: "no" });
    const { items: events } = (await get(`${path}/events`)).json<{
      items: { kind: string; payload: object }[];
    }>();
    expect(events.find(({ kind }) => kind === "meeting-held")?.payload).toEqual({
      demo: "no",
      agreed: "Lists first.",
    });
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["question-asked", "meeting-held"]),
    );
    const readiness = (await get(`${path}/readiness`)).json();
    expect(readiness.readiness.explanation.nextAction).not.toBe("");
    expect((await get(`${path}/readiness/explanation`)).json().explanation.text).not.toBe("");
    expect((await post(`${path}/withdraw`, { reason: "left" })).json()).toMatchObject({ status: "exited" });
  });

  it("previews the whole program and each mail before anyone is enrolled, and writes no row", async () => {
    const { turnover, contact } = await aHandover(house);
    const preview = await get(
      `/preview?caseId=${turnover.id}&contactId=${contact.id}&startAt=2026-03-02T09:00:00Z`,
    );
    expect(preview.body).not.toContain("{{");
    const program = preview.json<{ sequenceKey: string; steps: { stepKey: string; kind: string }[] }>();
    expect(program.steps.length).toBeGreaterThan(5);
    for (const step of program.steps.filter(({ kind }) => kind === "mail")) {
      const address = `/sequences/${program.sequenceKey}/steps/${step.stepKey}/mail`;
      const mail = (await get(`${address}?caseId=${turnover.id}&contactId=${contact.id}`)).json();
      expect([step.stepKey, mail]).toMatchObject([step.stepKey, { html: expect.stringContaining("<html") }]);
      expect(mail.text).toContain("Imani");
    }
    expect(await house.parts.db.enrollment.count({ where: { contactId: contact.id } })).toBe(0);
  });

  it("sends an uncertain mail again only when told so, and tells who did", async () => {
    const { enrollment } = await enrolled(house);
    const { sendId } = await aMail(house, enrollment, "the-job", { status: "uncertain", submittedAt: null });
    expect((await post(`/sends/${sendId}/send-again`, {})).json()).toMatchObject({ status: "planned" });
    expect((await post(`/sends/${sendId}/send-again`, {})).statusCode).toBe(409);
    const { items } = (await get("/audit?limit=5")).json<{ items: { action: string; actor: string }[] }>();
    const entry = items.find(({ action }) => action === "send-sent-again");
    expect(entry?.actor).toMatch(/^token:/);
  });

  it("imports accounts and contacts from CSV and names the rows that are wrong", async () => {
    const csv =
      "external_ref,name,product,arr,currency,zone\nX1,Alder Foods,campaigns,1000,EUR,Europe/Berlin\nX2,,campaigns,1,EUR,Mars/Base";
    const report = (await post("/accounts/import", { csv })).json();
    expect(report.created).toBe(1);
    expect(report.rejected[0]).toMatchObject({ line: 3, remedy: expect.any(String) });
  });

  it("S0-24: takes tasks and stories as it lists them, and lists them as they were given", async () => {
    const { account, turnover } = await aHandover(house);
    const task = {
      externalRef: "asana-1",
      account: account.name,
      text: "Call\nher boss",
      dueAt: "2026-03-09T10:00:00.000Z",
      ownerEmail: null,
    };
    const entry = {
      externalRef: "bc-1",
      account: account.name,
      date: "2026-02-02",
      kind: "meeting",
      text: "Met.",
    };
    const made = { created: 1, updated: 0, unchanged: 0, rejected: [] };
    expect((await post("/csm-tasks/import", { items: [task] })).json()).toEqual(made);
    expect((await post("/timeline/import", { items: [entry] })).json()).toEqual(made);
    const tasks = (await get(`/csm-tasks?caseId=${turnover.id}`)).json();
    expect(tasks.items).toMatchObject([{ ...task, case: turnover.id, doneAt: null }]);
    const story = (await get(`/timeline?accountId=${account.id}`)).json();
    expect(story.items).toMatchObject([{ ...entry, visibility: "internal", source: "import" }]);
    const again = { created: 0, updated: 0, unchanged: 1, rejected: [] };
    expect((await post("/csm-tasks/import", { items: tasks.items })).json()).toEqual(again);
    expect((await post("/timeline/import", { items: story.items })).json()).toEqual(again);
    const wrong = await post("/csm-tasks/import", { items: [{ ...task, dueAt: "soon" }, { shoe: "x" }] });
    expect(wrong.statusCode).toBe(422);
    const refused = await post("/csm-tasks/import", { items: [{ ...task, dueAt: "soon" }] });
    expect(refused.json().rejected).toMatchObject([{ line: 1, column: "due_at" }]);
  });

  it("opens a case under another program's reference once, and at one account only", async () => {
    const { account, turnover } = await aHandover(house);
    const other = await aHandover(house);
    const body = {
      accountId: account.id,
      kind: "sponsor",
      externalRef: "deal-9",
      detectedAt: "2026-02-20T08:00:00.000Z",
    };
    const first = (await post("/cases", body)).json();
    expect(first).toMatchObject({ externalRef: "deal-9", detectedAt: body.detectedAt });
    expect(first.id).not.toBe(turnover.id);
    expect((await post("/cases", body)).json().id).toBe(first.id);
    const taken = await post("/cases", { ...body, accountId: other.account.id });
    expect(taken.json()).toMatchObject({ code: "reference-taken", place: "externalRef" });
  });

  it("registers a webhook, shows its secret once, and refuses a private address", async () => {
    const made = await post("/webhooks", { url: "https://hooks.fernwick.test/baton" });
    if (made.statusCode === 201) expect(made.json().secret).toMatch(/^whsec_/);
    else expect(made.json().code).not.toBe("fault");
    expect((await post("/webhooks", { url: "http://169.254.169.254/latest" })).statusCode).toBe(422);
    expect((await get("/webhooks")).body).not.toContain("whsec_");
  });

  it("limits one token to 600 requests a minute and says when to come back", async () => {
    const headers = await bearer(house, ["read"]);
    let last = await get("/sequences/none", headers);
    for (let n = 0; n < 605 && last.statusCode !== 429; n++) last = await get("/sequences/none", headers);
    expect(last.statusCode).toBe(429);
    expect(last.json()).toMatchObject({ code: "too-many" });
    expect(Number(last.headers["retry-after"])).toBeGreaterThan(0);
  });
});
