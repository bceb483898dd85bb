import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { readRates } from "../../../domain/accounts/money.ts";
import { getWorkspace } from "../../../drivers/store/workspaces.ts";
import { changeWorkspace } from "../../../operations/change-workspace.ts";
import { decideOverride } from "../../../operations/decide-override.ts";
import { managerBoard } from "../../../operations/manager-board.ts";
import type { Refusal } from "../../../operations/refusal.ts";
import { type Capacity, setCapacity } from "../../../operations/set-capacity.ts";
import { managerCapacityPage } from "../../pages/app/manager-capacity-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { statusOf, unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { formOf, goBack, idOf, pageOf, sentenceFor } from "./form.ts";

const PER_PAGE = 50;
const Decision = z.object({ do: z.enum(["approve", "refuse"]), answer: z.string().max(500).default("") });
const Typed = z.record(z.string(), z.string());

/** What who leads the CSMs decides: overrides of the outlook, and how much each can carry (domain.md F 3). */
export function addManagerDecisions(app: FastifyInstance, parts: WebParts): void {
  app.post("/manager/overrides/:id", { config: { needs: "lead-csms" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { do: what, answer } = formOf(request, Decision);
    const approve = what === "approve";
    unwrap(await decideOverride(parts, { workspaceId, overrideId: idOf(request), approve, answer, actor }));
    return goBack(reply, "/manager#overrides", approve ? "override-approved" : "override-refused");
  });

  app.get("/manager/capacity", { config: { needs: "see" } }, async (request, reply) =>
    showPage(parts, request, reply, {}, null),
  );

  app.post("/manager/capacity", { config: { needs: "lead-csms" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const typed = formOf(request, Typed);
    const set = await setCapacity(parts, { workspaceId, actor, capacities: capacitiesIn(typed) });
    if (!set.ok) return showPage(parts, request, reply, typed, set.problem);
    return goBack(reply, `/manager/capacity?page=${pageOf(request.query)}`, "saved");
  });

  app.post("/manager/rates", { config: { needs: "manage-settings" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const typed = formOf(request, Typed);
    const change = { rankingRates: ratesIn(typed["rates"] ?? "") };
    const changed = await changeWorkspace(parts, { workspaceId, change, actor });
    if (!changed.ok)
      return showPage(parts, request, reply, typed, { ...changed.problem, place: "rankingRates" });
    return goBack(reply, "/manager/capacity#rates", "saved");
  });
}

/** The fields "cases-<id>" and "minutes-<id>"; an empty one says that nobody knows. */
function capacitiesIn(typed: Readonly<Record<string, string>>): Capacity[] {
  const number = (text: string | undefined) => {
    const plain = text?.replaceAll(/[\s,]/g, "") ?? "";
    return plain === "" ? null : Number(plain);
  };
  return Object.keys(typed).flatMap((name) => {
    const userId = /^cases-([0-9a-f-]{36})$/.exec(name)?.[1];
    if (userId === undefined) return [];
    return [{ userId, cases: number(typed[name]), minutes: number(typed[`minutes-${userId}`]) }];
  });
}

/** "EUR 1.12" a line; what is not understood is left for the operation to refuse. */
function ratesIn(text: string): Record<string, number> {
  const lines = text.split("\n").map((line) => line.trim());
  return Object.fromEntries(
    lines
      .filter((line) => line !== "")
      .map((line) => {
        const [currency = "", rate = ""] = line.split(/[\s=:]+/);
        return [currency.toUpperCase(), Number(rate)];
      }),
  );
}

async function showPage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Readonly<Record<string, string>>,
  problem: Refusal | null,
) {
  const { workspaceId } = sessionOf(request);
  const page = pageOf(request.query);
  const [board, workspace] = await Promise.all([
    managerBoard(parts, { workspaceId, limit: 1 }),
    getWorkspace(parts.db, workspaceId),
  ]);
  const people = board.byCsm.filter(({ csmId }) => csmId !== null);
  if (problem !== null) reply.code(statusOf(problem));
  return sendPage(
    reply,
    managerCapacityPage({
      viewer: viewerOf(parts, request, reply),
      figures: people.slice((page - 1) * PER_PAGE, page * PER_PAGE),
      total: people.length,
      page,
      perPage: PER_PAGE,
      rates: readRates(workspace.rankingRates),
      typed,
      problem,
      said: sentenceFor(request.query),
    }),
  );
}
