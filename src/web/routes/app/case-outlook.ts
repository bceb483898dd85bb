import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { caseRoom } from "../../../operations/case-room.ts";
import { proposeOverride } from "../../../operations/propose-override.ts";
import type { Refusal } from "../../../operations/refusal.ts";
import { caseOutlookPage, type OutlookTyped } from "../../pages/app/case-outlook-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { statusOf } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage } from "./form.ts";

const Proposal = z.object({
  outlook: z.enum(["expect_save", "high_risk"]),
  reason: z.string().max(1000).default(""),
  untilOn: z.iso.date(),
});

/** A CSM's word against the rules of the outlook (domain.md E.7). */
export function addCaseOutlookPages(app: FastifyInstance, parts: WebParts): void {
  app.get("/cases/:id/outlook", { config: { needs: "see" } }, async (request, reply) =>
    showPage(parts, request, reply, null, null),
  );

  app.post("/cases/:id/outlook", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const caseId = idOf(request);
    const typed = formOf(request, Proposal);
    const proposed = await proposeOverride(parts, { workspaceId, caseId, actor, ...typed });
    if (!proposed.ok) return showPage(parts, request, reply, typed, proposed.problem);
    return goBack(reply, `/cases/${caseId}#outlook`, "override-proposed");
  });
}

async function showPage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: OutlookTyped | null,
  problem: Refusal | null,
) {
  const { workspaceId } = sessionOf(request);
  const room = await caseRoom(parts, { workspaceId, caseId: idOf(request) });
  if (room === null) throw noSuchPage();
  if (problem !== null) reply.code(statusOf(problem));
  return sendPage(reply, caseOutlookPage({ viewer: viewerOf(parts, request, reply), room, typed, problem }));
}
