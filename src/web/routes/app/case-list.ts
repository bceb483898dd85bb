import type { FastifyInstance } from "fastify";
import { myWeek } from "../../../operations/my-week.ts";
import { casesPage } from "../../pages/app/cases-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";

export function addCaseListPage(app: FastifyInstance, parts: WebParts): void {
  app.get("/cases", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const week = await myWeek(parts, { workspaceId, limit: 500 });
    return sendPage(reply, casesPage(viewerOf(parts, request, reply), [...week.cases, ...week.unowned]));
  });
}
