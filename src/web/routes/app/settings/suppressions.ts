import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { liftSuppression } from "../../../../operations/lift-suppression.ts";
import { suppressionsPage } from "../../../pages/app/settings/suppressions-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { unwrap } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, pageOf, searchOf, sentenceFor } from "../form.ts";

const PER_PAGE = 50;
const Lift = z.object({ email: z.string().min(3).max(254), reason: z.string().trim().min(1).max(300) });

export function addSuppressionPages(app: FastifyInstance, parts: WebParts): void {
  app.get("/settings/suppressions", { config: { needs: "see-settings" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const search = searchOf(request.query);
    const page = pageOf(request.query);
    const where = { workspaceId, ...(search === "" ? {} : { email: { contains: search.toLowerCase() } }) };
    const [total, rows] = await Promise.all([
      parts.db.suppression.count({ where }),
      parts.db.suppression.findMany({
        where,
        orderBy: { createdAt: "desc" },
        skip: (page - 1) * PER_PAGE,
        take: PER_PAGE,
      }),
    ]);
    const viewer = viewerOf(parts, request, reply);
    const said = sentenceFor(request.query);
    return sendPage(reply, suppressionsPage({ viewer, rows, search, page, perPage: PER_PAGE, total, said }));
  });

  app.post("/settings/suppressions/lift", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { email, reason } = formOf(request, Lift);
    unwrap(await liftSuppression(parts, { workspaceId, email, reason, actor }));
    return goBack(reply, "/settings/suppressions", "lifted");
  });
}
