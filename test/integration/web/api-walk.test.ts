import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiScope } from "../../../src/operations/api-tokens.ts";
import { enrolled } from "../../support/desk.ts";
import { aMail, aWebHouse, bearer, rowHashes, type WebHouse } from "../../support/web-house.ts";

/** What a token needs for each route, written down a second time: a route that asks for too little fails the walk. */
const SCOPES: Readonly<Record<ApiScope, readonly string[]>> = {
  read: [
    "GET /accounts",
    "GET /accounts/{id}",
    "GET /accounts/{id}/plan-preview",
    "GET /accounts/{id}/plans",
    "GET /accounts/{id}/values",
    "GET /cases",
    "GET /cases/{id}",
    "GET /cases/{id}/effort",
    "GET /contacts",
    "GET /contacts/{id}",
    "GET /csm-tasks",
    "GET /enrollments",
    "GET /enrollments/{id}",
    "GET /enrollments/{id}/events",
    "GET /enrollments/{id}/readiness",
    "GET /enrollments/{id}/readiness/explanation",
    "GET /enrollments/{id}/tasks",
    "GET /meetings",
    "GET /meetings/figures",
    "GET /preview",
    "GET /questions",
    "GET /sends",
    "GET /sequences",
    "GET /sequences/{key}",
    "GET /sequences/{key}/steps/{step}/mail",
    "GET /sequences/{key}/versions",
    "GET /products",
    "GET /signals",
    "GET /suppressions",
    "GET /timeline",
  ],
  write: [
    "POST /accounts/import",
    "POST /accounts/{id}/plans",
    "POST /accounts/{id}/plans/accept",
    "POST /accounts/{id}/values",
    "POST /accounts/{id}/sponsor",
    "POST /contacts",
    "POST /cases",
    "PATCH /cases/{id}",
    "POST /cases/{id}/close",
    "POST /cases/{id}/effort",
    "POST /effort/{id}/take-back",
    "POST /contacts/import",
    "POST /csm-tasks/import",
    "POST /enrollments",
    "POST /enrollments/{id}/meetings",
    "POST /enrollments/{id}/pace",
    "POST /enrollments/{id}/pause",
    "POST /enrollments/{id}/resume",
    "POST /enrollments/{id}/switch-track",
    "POST /enrollments/{id}/tasks/{key}/reopen",
    "POST /enrollments/{id}/tasks/{key}/verify",
    "POST /enrollments/{id}/tasks/{key}/waive",
    "POST /enrollments/{id}/void-page-links",
    "POST /enrollments/{id}/withdraw",
    "POST /meetings/{id}/outcome",
    "POST /questions/{id}/answer",
    "POST /sends/{id}/send-again",
    "POST /timeline/import",
    "PATCH /values/{id}",
  ],
  admin: [
    "GET /audit",
    "POST /suppressions/lift",
    "GET /webhooks",
    "POST /products",
    "PATCH /products/{id}",
    "POST /webhooks",
    "GET /webhooks/{id}/deliveries",
    "POST /webhooks/{id}/disable",
  ],
};

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  minimum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}
interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

let house: WebHouse;
let routes: Route[];
let schemas: Record<string, Schema>;
/** Rows of the house by what names them: the first part of a path, or a field of a body. */
let ids: Record<string, string>;

beforeAll(async () => {
  house = await aWebHouse();
  const { body } = await house.server.inject({ url: "/api/openapi.json" });
  const document = JSON.parse(body) as {
    paths: Record<string, Record<string, Operation>>;
    components?: { schemas?: Record<string, Schema> };
  };
  schemas = document.components?.schemas ?? {};
  routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
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
  const endpoint = await db.webhookEndpoint.create({
    data: { workspaceId, url: "https://x.test", secret: "whsec_x", events: [], createdAt: at },
  });
  const value = await db.valueStatement.create({
    data: {
      workspaceId,
      accountId: account.id,
      metric: "Saved",
      unit: "hours",
      baseline: "1",
      current: "2",
      period: "a week",
      source: "them",
      capturedOn: at,
    },
  });
  const entry = await db.effortEntry.create({
    data: {
      workspaceId,
      caseId: turnover.id,
      minutes: 5,
      what: "A call",
      spentOn: at,
      createdAt: at,
      createdBy: "system",
    },
  });
  const product = await db.product.findFirstOrThrow({ where: { workspaceId } });
  ids = {
    products: product.id,
    accounts: account.id,
    contacts: contact.id,
    cases: turnover.id,
    enrollments: enrollment.id,
    sends: sendId,
    questions: question.id,
    meetings: meeting.id,
    webhooks: endpoint.id,
    values: value.id,
    effort: entry.id,
    sequences: "internal",
    accountId: account.id,
    contactId: contact.id,
    caseId: turnover.id,
    enrollmentId: enrollment.id,
  };
});
afterAll(() => house.close());

const said = ({ method, path }: Route) => `${method} ${path.replace("/api/v1", "")}`;

/** The least that a schema takes, with rows of the house wherever it asks for one. */
function leastOf(schema: Schema, name = ""): unknown {
  if (schema.$ref !== undefined) return leastOf(schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}, name);
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (choice !== undefined) return leastOf(choice, name);
  if (schema.enum !== undefined) return schema.enum[0];
  const known = ids[name];
  if (known !== undefined) return known;
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((key) => [key, leastOf(schema.properties?.[key] ?? {}, key)]),
      );
    case "array":
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => leastOf(schema.items ?? {}));
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    case "boolean":
      return false;
    default:
      return textOf(schema.format);
  }
}

function textOf(format: string | undefined): string {
  if (format === "uuid") return randomUUID();
  if (format === "date-time") return "2026-03-10T09:00:00Z";
  if (format === "date") return "2026-03-10";
  if (format === "email") return "mine@x.test";
  if (format === "uri") return "https://mine.test/hook";
  return "mine";
}

async function ask(route: Route, headers: Record<string, string>, remoteAddress = "127.0.0.1") {
  const { method, path, operation } = route;
  const [, , , first = ""] = path.split("/");
  const query = (operation.parameters ?? []).filter((one) => one.in === "query" && one.required);
  const search = new URLSearchParams(
    query.map(({ name, schema }): [string, string] => [name, String(leastOf(schema, name))]),
  );
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === "id" || (name === "key" && first === "sequences") ? (ids[first] ?? missing(path)) : "the-job",
  );
  const schema = operation.requestBody?.content["application/json"]?.schema;
  return house.server.inject({
    method: method as "GET" | "POST" | "PATCH",
    url: query.length === 0 ? url : `${url}?${search.toString()}`,
    headers,
    remoteAddress,
    ...(schema === undefined ? {} : { payload: leastOf(schema) as object }),
  });
}

function missing(path: string): never {
  throw new Error(`The walk has no row for ${path}: make one and add it to ids.`);
}

/** Whether the request names a row: in its path, its required query or its body. */
function namesARow({ path, operation }: Route): boolean {
  const query = (operation.parameters ?? []).some(({ name, required }) => required && name in ids);
  const schema = operation.requestBody?.content["application/json"]?.schema;
  return (
    path.includes("{") || query || (schema !== undefined && JSON.stringify(leastOf(schema)).includes("-7"))
  );
}

async function aStranger(scopes: ApiScope[]) {
  const { id } = await house.parts.db.workspace.create({
    data: { key: `stranger-${randomUUID()}`, name: "Stranger" },
  });
  return bearer({ ...house, workspaceId: id }, scopes);
}

describe("every route of the API", () => {
  it("stands in the table with the scope that it needs", () => {
    const table = Object.values(SCOPES).flat();
    expect(routes.map(said).sort(), "Add the new route to SCOPES.").toEqual([...table].sort());
  });

  it("answers nobody without a token, and no token that lacks the scope", async () => {
    const before = await rowHashes(house);
    const none = { authorization: `Bearer ${"x".repeat(40)}` };
    const wrong: string[] = [];
    // From two addresses: who guesses more than 120 times a minute from one is slowed down (A4).
    for (const route of routes)
      for (const [headers, from] of [
        [{}, "192.0.2.1"],
        [none, "192.0.2.2"],
      ] as const) {
        const { statusCode } = await ask(route, headers, from);
        if (statusCode !== 401) wrong.push(`${said(route)} → ${statusCode}`);
      }
    expect(wrong).toEqual([]);
    expect(await rowHashes(house)).toEqual(before);
  });

  for (const [held, may] of [
    ["read", ["read"]],
    ["write", ["read", "write"]],
    ["admin", ["read", "write", "admin"]],
  ] as const) {
    it(`is open to a token of scope ${held} exactly where the table says so`, async () => {
      // Another workspace's: what is granted finds nothing, and the walk changes nothing of the house.
      const headers = await aStranger([held]);
      const wrong: string[] = [];
      for (const route of routes) {
        const granted = may.some((scope) => SCOPES[scope].includes(said(route)));
        const { statusCode } = await ask(route, headers);
        if ((statusCode === 403) === granted || statusCode === 401 || statusCode >= 500)
          wrong.push(`${said(route)} → ${statusCode}`);
      }
      expect(wrong).toEqual([]);
    });
  }

  it("A5: finds no row of another workspace, whatever names it, and changes none", async () => {
    const headers = await aStranger(["admin"]);
    const before = await rowHashes(house);
    const wrong: string[] = [];
    const naming = routes.filter(namesARow);
    expect(naming.length).toBeGreaterThan(30);
    for (const route of naming) {
      const answer = await ask(route, headers);
      if (answer.statusCode !== 404)
        wrong.push(`${said(route)} → ${answer.statusCode} ${answer.body.slice(0, 200)}`);
    }
    expect(wrong).toEqual([]);
    const after = await rowHashes(house);
    // Only that its own token was used.
    expect({ ...after, api_token: "" }).toEqual({ ...before, api_token: "" });
  });
});
