import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { localDateOf } from "../../../domain/calendar/zones.ts";
import { addEffort } from "../../../operations/add-effort.ts";
import { caseRoom } from "../../../operations/case-room.ts";
import { exportCases } from "../../../operations/export-cases.ts";
import { type Refusal, refuse } from "../../../operations/refusal.ts";
import { takeBackEffort } from "../../../operations/take-back-effort.ts";
import { caseEffortPage, type EffortTyped } from "../../pages/app/case-effort-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { statusOf, unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, sentenceFor } from "./form.ts";

const Entry = z.object({
  minutes: z.string().trim().max(20).default(""),
  what: z.string().max(200).default(""),
  spentOn: z.string().max(20).default(""),
});

/** Minutes of a case (S0-27), and all cases as a file with theirs. */
export function addCaseEffortPages(app: FastifyInstance, parts: WebParts): void {
  app.get("/cases.csv", { config: { needs: "export" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", 'attachment; filename="cases.csv"')
      .send(await exportCases(parts, { workspaceId, actor }));
  });

  app.get("/cases/:id/effort", { config: { needs: "see" } }, async (request, reply) => {
    const { user } = sessionOf(request);
    const spentOn = localDateOf(parts.clock.now(), user.zone);
    return showPage(parts, request, reply, { minutes: "", what: "", spentOn }, null);
  });

  app.post("/cases/:id/effort", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const caseId = idOf(request);
    const typed = formOf(request, Entry);
    const day = z.iso.date().safeParse(typed.spentOn);
    const minutes = /^\d{1,6}$/.test(typed.minutes) ? Number(typed.minutes) : Number.NaN;
    const added = day.success
      ? await addEffort(parts, { workspaceId, caseId, minutes, what: typed.what, spentOn: day.data, actor })
      : refuse("bad-day", "spentOn", "That is no day of the calendar.", "Choose it again.");
    if (!added.ok) return showPage(parts, request, reply, typed, added.problem);
    return goBack(reply, `/cases/${caseId}/effort#entries`, "effort-added");
  });

  app.post("/effort/:id/take-back", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { entry } = unwrap(await takeBackEffort(parts, { workspaceId, entryId: idOf(request), actor }));
    return goBack(reply, `/cases/${entry.caseId}/effort#entries`, "effort-taken-back");
  });
}

async function showPage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: EffortTyped,
  problem: Refusal | null,
) {
  const { workspaceId } = sessionOf(request);
  const room = await caseRoom(parts, { workspaceId, caseId: idOf(request) });
  if (room === null) throw noSuchPage();
  if (problem !== null) reply.code(statusOf(problem));
  const said = sentenceFor(request.query);
  const viewer = viewerOf(parts, request, reply);
  return sendPage(reply, caseEffortPage({ viewer, room, typed, problem, said }));
}
