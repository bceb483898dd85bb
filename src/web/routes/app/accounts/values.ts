import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { moneyCell } from "../../../../domain/accounts/account-row.ts";
import { CellProblem } from "../../../../domain/accounts/cells.ts";
import { localDateOf } from "../../../../domain/calendar/zones.ts";
import type { ValueStatement } from "../../../../drivers/store/generated/client.ts";
import { addValue } from "../../../../operations/add-value.ts";
import { changeValue } from "../../../../operations/change-value.ts";
import { type PlanRoom, planRoom } from "../../../../operations/plan-room.ts";
import { type Refusal, type Result, refuse } from "../../../../operations/refusal.ts";
import type { Typed } from "../../../pages/app/accounts/account-form-page.tsx";
import { valueFormPage } from "../../../pages/app/accounts/value-form-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { problemOf, statusOf } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage } from "../form.ts";

const text = z.string().max(1000).default("");
const Seen = z.object({
  confirmedByContactId: z.union([z.literal(""), z.uuid()]).catch(""),
  visibility: z.enum(["customer", "internal"]),
});
const NewValue = Seen.extend({
  metric: text,
  unit: text,
  baseline: text,
  current: text,
  period: text,
  money: text,
  source: text,
  capturedOn: text,
});

export function addValuePages(app: FastifyInstance, parts: WebParts): void {
  const work = { config: { needs: "work-cases" } } as const;

  app.get("/accounts/:id/values/new", work, async (request, reply) => {
    const room = await roomOf(parts, request, idOf(request));
    const { user } = sessionOf(request);
    const typed = { capturedOn: localDateOf(parts.clock.now(), user.zone) };
    return showForm(parts, request, reply, { room, value: null, typed, refusal: null });
  });

  app.post("/accounts/:id/values/new", work, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const room = await roomOf(parts, request, idOf(request));
    const typed = formOf(request, NewValue);
    const { money, confirmedByContactId, ...fields } = typed;
    const accountId = room.account.id;
    const worth = readMoney(money, room.account.currency);
    const added = worth.ok
      ? await addValue(parts, {
          ...fields,
          workspaceId,
          accountId,
          moneyMinor: worth.minor,
          confirmedByContactId: confirmedByContactId || null,
          actor,
        })
      : worth;
    if (!added.ok)
      return showForm(parts, request, reply, { room, value: null, typed, refusal: added.problem });
    return goBack(reply, `/accounts/${accountId}/plan#values`, "saved");
  });

  app.get("/values/:id", work, async (request, reply) => {
    const value = await find(parts, request);
    const room = await roomOf(parts, request, value.accountId);
    const confirmedByContactId = value.confirmedBy?.replace(/^contact:/, "") ?? "";
    const typed = { confirmedByContactId, visibility: value.visibility };
    return showForm(parts, request, reply, { room, value, typed, refusal: null });
  });

  app.post("/values/:id", work, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const value = await find(parts, request);
    const typed = formOf(request, Seen);
    const changed = await changeValue(parts, {
      workspaceId,
      valueId: value.id,
      visibility: typed.visibility,
      confirmedByContactId: typed.confirmedByContactId || null,
      actor,
    });
    if (!changed.ok) {
      const room = await roomOf(parts, request, value.accountId);
      return showForm(parts, request, reply, { room, value, typed, refusal: changed.problem });
    }
    return goBack(reply, `/accounts/${value.accountId}/plan#values`, "saved");
  });
}

function readMoney(money: string, currency: string): Result<{ minor: bigint | null }> {
  try {
    return { ok: true, minor: moneyCell({ money }, "money", currency) ?? null };
  } catch (problem) {
    if (!(problem instanceof CellProblem)) throw problem;
    return refuse("invalid-amount", problem.column, problem.message, problem.remedy);
  }
}

async function find(parts: WebParts, request: FastifyRequest): Promise<ValueStatement> {
  const { workspaceId } = sessionOf(request);
  const value = await parts.db.valueStatement.findFirst({ where: { workspaceId, id: idOf(request) } });
  if (value === null) throw noSuchPage();
  return value;
}

async function roomOf(parts: WebParts, request: FastifyRequest, accountId: string): Promise<PlanRoom> {
  const { workspaceId } = sessionOf(request);
  const room = await planRoom(parts, { workspaceId, accountId });
  if (room === null) throw noSuchPage();
  return room;
}

function showForm(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  form: { room: PlanRoom; value: ValueStatement | null; typed: Typed; refusal: Refusal | null },
) {
  const { room, value, typed, refusal } = form;
  const { account, contacts } = room;
  const status = refusal === null ? 200 : statusOf(refusal);
  const problem = refusal === null ? null : problemOf(status, refusal);
  const viewer = viewerOf(parts, request, reply);
  return sendPage(reply.code(status), valueFormPage({ viewer, account, contacts, value, typed, problem }));
}
