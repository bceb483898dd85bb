import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Goal } from "../../../../domain/accounts/success-plan.ts";
import { GOAL_STATUSES, newGoalKey } from "../../../../domain/accounts/success-plan.ts";
import { acceptPlan, proposePlan } from "../../../../operations/accept-plan.ts";
import { type PlanRoom, type PlanVersion, planRoom } from "../../../../operations/plan-room.ts";
import type { Refusal } from "../../../../operations/refusal.ts";
import {
  GOAL_FIELDS,
  type PlanFormValues,
  planFormPage,
  type TypedGoal,
} from "../../../pages/app/accounts/plan-form-page.tsx";
import { planPage } from "../../../pages/app/accounts/plan-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { problemOf, statusOf, unwrap } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, sentenceFor } from "../form.ts";

/** More rows than a plan may have goals: the operation says what is too many. */
const MOST_ROWS = 20;

const PlanForm = z
  .object({ version: z.coerce.number().int().min(0), direction: z.string().max(4000).default("") })
  .catchall(z.string().max(4000));
const Version = z.object({ version: z.coerce.number().int().min(1) });

export function addPlanPages(app: FastifyInstance, parts: WebParts): void {
  const work = { config: { needs: "work-cases" } } as const;

  app.get("/accounts/:id/plan", { config: { needs: "see" } }, async (request, reply) => {
    const room = await roomOf(parts, request);
    const asked = Version.safeParse(request.query);
    const shown = asked.success
      ? room.versions.find(({ version }) => version === asked.data.version)
      : room.current;
    if (shown === undefined) throw noSuchPage();
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, planPage({ viewer, room, shown, said: sentenceFor(request.query) }));
  });

  app.get("/accounts/:id/plan/edit", work, async (request, reply) => {
    const room = await roomOf(parts, request);
    return showForm(parts, request, reply, { room, typed: typedOf(room.current), refusal: null });
  });

  app.post("/accounts/:id/plan/edit", work, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const room = await roomOf(parts, request);
    const { version, direction, ...fields } = formOf(request, PlanForm);
    const rows = rowsOf(fields);
    const goals = goalsOfRows(rows);
    const accountId = room.account.id;
    const change = { workspaceId, accountId, goals, direction, basedOn: version, actor };
    const saved = await proposePlan(parts, change);
    if (saved.ok) return goBack(reply, `/accounts/${accountId}/plan`, `plan-${saved.change}`);
    // Told that a newer version stands, whoever sends it again means to replace that one.
    const standing = saved.problem.code === "plan-changed" ? (room.current?.version ?? 0) : version;
    const typed = { version: standing, direction, goals: rows };
    return showForm(parts, request, reply, { room, typed, refusal: saved.problem });
  });

  app.post("/accounts/:id/plan/accept", work, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { account } = await roomOf(parts, request);
    const { version } = formOf(request, Version);
    unwrap(await acceptPlan(parts, { workspaceId, accountId: account.id, party: "csm", version, actor }));
    return goBack(reply, `/accounts/${account.id}/plan`, "plan-accepted");
  });
}

async function roomOf(parts: WebParts, request: FastifyRequest): Promise<PlanRoom> {
  const { workspaceId } = sessionOf(request);
  const room = await planRoom(parts, { workspaceId, accountId: idOf(request) });
  if (room === null) throw noSuchPage();
  return room;
}

function typedOf(plan: PlanVersion | null): PlanFormValues {
  if (plan === null) return { version: 0, direction: "", goals: [] };
  const { version, direction, goals } = plan;
  const typed = goals.map(({ key, statement, metric = "", target = "", byDate = "", status }) => ({
    key,
    statement,
    metric,
    target,
    byDate,
    status,
  }));
  return { version, direction, goals: typed };
}

/** The rows that say something, in their order. A known goal that was emptied stays, for the complaint to name it. */
function rowsOf(fields: Readonly<Record<string, unknown>>): TypedGoal[] {
  const rows = Array.from({ length: MOST_ROWS }, (_, index) => {
    const cells = GOAL_FIELDS.map((name) => [name, String(fields[`goals.${index}.${name}`] ?? "").trim()]);
    return Object.fromEntries(cells) as TypedGoal;
  });
  return rows.filter((row) => GOAL_FIELDS.some((name) => name !== "status" && row[name] !== ""));
}

/** A new goal gets a key of its own; an empty field is one that is not known. */
function goalsOfRows(rows: readonly TypedGoal[]): Goal[] {
  const taken = rows.map(({ key }) => key);
  return rows.map(({ key, statement, metric, target, byDate, status }) => {
    const own = key === "" ? newGoalKey(taken) : key;
    taken.push(own);
    return {
      key: own,
      statement,
      ...(metric === "" ? {} : { metric }),
      ...(target === "" ? {} : { target }),
      ...(byDate === "" ? {} : { byDate }),
      status: GOAL_STATUSES.find((one) => one === status) ?? "not_started",
    };
  });
}

function showForm(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  form: { room: PlanRoom; typed: PlanFormValues; refusal: Refusal | null },
) {
  const { room, typed, refusal } = form;
  const status = refusal === null ? 200 : statusOf(refusal);
  const problem = refusal === null ? null : problemOf(status, refusal);
  const viewer = viewerOf(parts, request, reply);
  return sendPage(reply.code(status), planFormPage({ viewer, account: room.account, typed, problem }));
}
