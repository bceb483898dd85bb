import { load } from "cheerio";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { networkBook } from "../../src/domain/engagement/network-book.ts";
import type { Prisma } from "../../src/drivers/store/generated/client.ts";
import type { ApiScope } from "../../src/operations/api-tokens.ts";
import { createApiToken } from "../../src/operations/api-tokens.ts";
import { issueSignInLink } from "../../src/operations/issue-sign-in-link.ts";
import { buildServer } from "../../src/web/server.ts";
import type { WebParts } from "../../src/web/web-parts.ts";
import { freshDatabase, type TestDatabase } from "./database.ts";
import { aHouse, type House } from "./desk.ts";

/** A workspace with its pages, on a database of its own. */
export interface WebHouse extends House {
  readonly database: TestDatabase;
  readonly parts: WebParts;
  readonly server: FastifyInstance;
  close(): Promise<void>;
}

export async function aWebHouse(more: Partial<WebParts> = {}): Promise<WebHouse> {
  const database = await freshDatabase();
  const house = await aHouse(database.db);
  const parts: WebParts = {
    ...house.desk,
    workspaceId: house.workspaceId,
    secret: "a secret for tests that is long enough",
    trustedProxies: [],
    networks: networkBook(),
    allowPrivateWebhooks: false,
    mailbox: null,
    mailSetup: { server: null, dkim: null, checkDns: async () => [] },
    demo: null,
    ...more,
  };
  const server = await buildServer(parts);
  await server.ready();
  return {
    ...house,
    database,
    parts,
    server,
    close: async () => {
      await server.close();
      await database.close();
    },
  };
}

/** A submitted mail of this enrollment's step, and the page link it carried. */
export async function aMail(
  house: House,
  enrollment: { id: string; contactId: string; accountId: string },
  stepKey: string,
  more: Partial<Prisma.SendUncheckedCreateInput> = {},
): Promise<{ sendId: string; token: string; page: string; unsubscribe: string }> {
  const { desk, workspaceId } = house;
  const now = desk.clock.now();
  const { id: sendId } = await desk.db.send.create({
    data: {
      workspaceId,
      enrollmentId: enrollment.id,
      contactId: enrollment.contactId,
      accountId: enrollment.accountId,
      stepKey,
      status: "submitted",
      dueAt: now,
      nextAttemptAt: now,
      localDate: new Date(now.toISOString().slice(0, 10)),
      plannedAt: now,
      submittedAt: now,
      endedAt: now,
      ...more,
    },
  });
  const token = desk.links.sign("page", sendId);
  return { sendId, token, page: `/p/${token}`, unsubscribe: `/u/${desk.links.sign("unsubscribe", sendId)}` };
}

/** Posts the named form of a page with its hidden fields, as a browser without script would. */
export async function postForm(
  house: WebHouse,
  page: string,
  form: string,
  values: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<LightMyRequestResponse> {
  const shown = await house.server.inject({ url: page });
  let $ = load(shown.body);
  const named = () => $("form").filter((_, one) => $(one).find("input[name=form]").attr("value") === form);
  let element = named();
  // A step of the course that is folded is opened by its link, as a reader would.
  const steps = $("a[data-step]")
    .toArray()
    .map((link) => $(link).attr("href") ?? "");
  for (const step of steps) {
    if (element.length > 0) break;
    $ = load(
      (await house.server.inject({ url: step.split("#")[0]?.replace(/^\?/, `${page.split("?")[0]}?`) ?? "" }))
        .body,
    );
    element = named();
  }
  if (element.length === 0) throw new Error(`There is no form "${form}" on the page (${shown.statusCode}).`);
  const body = new URLSearchParams();
  element.find("input[type=hidden]").each((_, input) => {
    body.append($(input).attr("name") ?? "", $(input).attr("value") ?? "");
  });
  for (const [name, value] of Object.entries(values))
    for (const one of typeof value === "string" ? [value] : value) body.append(name, one);
  return house.server.inject({
    method: "POST",
    url: (element.attr("action") ?? page).replace(/^\?/, page).split("#")[0] ?? page,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: body.toString(),
  });
}

export const FORM = { "content-type": "application/x-www-form-urlencoded" } as const;

/** Signs the workspace's CSM in; the cookie and the token that every form of the app carries. */
export async function signIn(
  house: WebHouse,
  email = house.csm.email,
): Promise<{ cookie: string; csrf: string; headers: Record<string, string> }> {
  const { url } = await issueSignInLink(house.parts, {
    workspaceId: house.workspaceId,
    email,
    byMail: false,
  });
  const path = new URL(url ?? "").pathname;
  const origin = house.parts.baseUrl;
  const answer = await house.server.inject({
    method: "POST",
    url: path,
    headers: { ...FORM, origin },
    payload: "",
  });
  const cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  const home = await house.server.inject({ url: "/", headers: { cookie } });
  const csrf = load(home.body)("input[name=csrf]").first().attr("value") ?? "";
  return { cookie, csrf, headers: { ...FORM, cookie, origin } };
}

export async function bearer(
  house: WebHouse,
  scopes: ApiScope[] = ["admin"],
): Promise<Record<string, string>> {
  const { token } = await createApiToken(house.parts, {
    workspaceId: house.workspaceId,
    name: "test",
    scopes,
    actor: "cli",
  });
  return { authorization: `Bearer ${token}` };
}

/** How many rows each table has: what "nothing was added" means, where something of it changes by itself. */
export async function rowCounts(house: WebHouse): Promise<Record<string, number>> {
  return perTable(house, "count(*)::int");
}

/** A hash over every row of each table: what "nothing changed" means. */
export async function rowHashes(house: WebHouse): Promise<Record<string, string>> {
  return perTable(house, "md5(coalesce(string_agg(t::text, '' order by t::text), ''))");
}

async function perTable<T>(house: WebHouse, figure: string): Promise<Record<string, T>> {
  const tables = await house.parts.db.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const figures: Record<string, T> = {};
  for (const { name } of tables) {
    const [row] = await house.parts.db.$queryRawUnsafe<{ figure: T }[]>(
      `select ${figure} as figure from "${name}" t`,
    );
    if (row !== undefined) figures[name] = row.figure;
  }
  return figures;
}
