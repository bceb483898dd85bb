import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { ACCOUNT_COLUMNS } from "../../../../domain/accounts/account-row.ts";
import { localDateOf } from "../../../../domain/calendar/zones.ts";
import type { Account } from "../../../../drivers/store/generated/client.ts";
import { accountRoom } from "../../../../operations/account-room.ts";
import { exportAccounts, money } from "../../../../operations/export-lists.ts";
import { listAccounts } from "../../../../operations/list-accounts.ts";
import { dayOf } from "../../../../operations/person-calendar.ts";
import { recordHistory } from "../../../../operations/record-history.ts";
import type { Refusal } from "../../../../operations/refusal.ts";
import { saveAccount } from "../../../../operations/save-account.ts";
import { accountFormPage, type Typed } from "../../../pages/app/accounts/account-form-page.tsx";
import { accountPage, storyKinds } from "../../../pages/app/accounts/account-page.tsx";
import { accountsPage } from "../../../pages/app/accounts/accounts-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { problemOf, statusOf, unwrap } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, pageOf, searchOf, sentenceFor } from "../form.ts";

const PER_PAGE = 50;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const text = z.string().max(4000).default("");
const AccountForm = z.object({
  ...Object.fromEntries(ACCOUNT_COLUMNS.map((column) => [column, text])),
  csm: z.union([z.literal(""), z.uuid()]).catch(""),
});
const Story = z.object({
  kind: z.enum(storyKinds),
  date: z.string().max(20),
  text: z.string().trim().min(1, "is empty").max(2000),
  why: z.string().trim().max(1000).default(""),
  visibility: z.enum(["internal", "customer"]),
});

export function addAccountPages(app: FastifyInstance, parts: WebParts): void {
  const manage = { config: { needs: "manage-accounts" } } as const;

  app.get<{ Querystring: { owner?: string } }>(
    "/accounts",
    { config: { needs: "see" } },
    async (request, reply) => {
      const { workspaceId, user } = sessionOf(request);
      const owner = ["mine", "nobody"].includes(String(request.query.owner))
        ? String(request.query.owner)
        : "";
      const query = { search: searchOf(request.query), page: pageOf(request.query), owner };
      const { total, rows } = await listAccounts(parts.db, {
        workspaceId,
        search: query.search,
        page: query.page,
        perPage: PER_PAGE,
        ...(owner === "" ? {} : { csmId: owner === "mine" ? user.id : "nobody" }),
      });
      const viewer = viewerOf(parts, request, reply);
      const said = sentenceFor(request.query);
      return sendPage(reply, accountsPage({ viewer, rows, total, perPage: PER_PAGE, query, said }));
    },
  );

  app.get("/accounts.csv", { config: { needs: "export" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", 'attachment; filename="accounts.csv"')
      .send(await exportAccounts(parts, { workspaceId, actor }));
  });

  app.get("/accounts/new", manage, async (request, reply) => {
    const { user } = sessionOf(request);
    const typed = { segment: "mid_market", tier: "mid", zone: user.zone, csm: user.id };
    return showForm(parts, request, reply, { id: null, typed, refusal: null });
  });

  app.post("/accounts/new", manage, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const typed: Typed = formOf(request, AccountForm);
    const csmId = typed["csm"] || null;
    const saved = await saveAccount(parts, { workspaceId, accountId: null, row: typed, csmId, actor });
    if (!saved.ok) return showForm(parts, request, reply, { id: null, typed, refusal: saved.problem });
    return goBack(reply, `/accounts/${saved.account.id}`, "saved");
  });

  app.get("/accounts/:id", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const room = await accountRoom(parts, { workspaceId, accountId: idOf(request) });
    if (room === null) throw noSuchPage();
    const viewer = viewerOf(parts, request, reply);
    const today = localDateOf(parts.clock.now(), viewer.zone);
    return sendPage(reply, accountPage({ viewer, room, today, said: sentenceFor(request.query) }));
  });

  app.get("/accounts/:id/edit", manage, async (request, reply) => {
    const account = await find(parts, request);
    return showForm(parts, request, reply, { id: account.id, typed: typedOf(account), refusal: null });
  });

  app.post("/accounts/:id/edit", manage, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { id } = await find(parts, request);
    const typed: Typed = formOf(request, AccountForm);
    const csmId = typed["csm"] || null;
    const saved = await saveAccount(parts, { workspaceId, accountId: id, row: typed, csmId, actor });
    if (!saved.ok) return showForm(parts, request, reply, { id, typed, refusal: saved.problem });
    return goBack(reply, `/accounts/${id}`, "saved");
  });

  app.post("/accounts/:id/story", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor, user } = sessionOf(request);
    const account = await find(parts, request);
    const { why, ...entry } = formOf(request, Story);
    const line = { ...entry, source: `written by ${user.name}`, ...(why === "" ? {} : { why }) };
    unwrap(await recordHistory(parts, { workspaceId, accountId: account.id, timeline: [line], actor }));
    return goBack(reply, `/accounts/${account.id}`, "saved");
  });
}

async function find(parts: WebParts, request: FastifyRequest): Promise<Account> {
  const { workspaceId } = sessionOf(request);
  const account = await parts.db.account.findFirst({ where: { workspaceId, id: idOf(request) } });
  if (account === null) throw noSuchPage();
  return account;
}

/** The account as its form shows it: what is saved unchanged stays unchanged. */
function typedOf(account: Account): Typed {
  return {
    external_ref: account.externalRef ?? "",
    name: account.name,
    domains: account.domains.join("; "),
    industry: account.industry ?? "",
    segment: account.segment,
    tier: account.tier,
    product: account.productKey,
    arr: money(account.arrMinor, account.currency),
    currency: account.currency,
    renewal_on: account.renewalOn === null ? "" : dayOf(account.renewalOn),
    zone: account.zone,
    holiday_country: account.holidayCountry ?? "",
    work_week: account.workWeek.map((day) => DAYS[day - 1] ?? "").join("; "),
    closed_days: account.closedDays.map(dayOf).join("; "),
    csm: account.csmId ?? "",
  };
}

async function showForm(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  form: { id: string | null; typed: Typed; refusal: Refusal | null },
) {
  const { workspaceId } = sessionOf(request);
  const [people, products] = await Promise.all([
    parts.db.user.findMany({
      where: { workspaceId, status: { not: "left" } },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
    }),
    parts.db.product.findMany({ where: { workspaceId }, select: { key: true, name: true } }),
  ]);
  const status = form.refusal === null ? 200 : statusOf(form.refusal);
  const problem = form.refusal === null ? null : problemOf(status, form.refusal);
  const viewer = viewerOf(parts, request, reply);
  return sendPage(
    reply.code(status),
    accountFormPage({ viewer, id: form.id, typed: form.typed, problem, people, products }),
  );
}
