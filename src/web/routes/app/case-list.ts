import type { FastifyInstance } from "fastify";
import { listClosedCases } from "../../../drivers/store/closed-cases.ts";
import { managerBoard } from "../../../operations/manager-board.ts";
import { closedCasesPage, openCasesPage } from "../../pages/app/cases-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { BoardQuery, filterOf } from "./board-query.ts";
import { sentenceFor } from "./form.ts";

/** As many as keep the page light: each row says a lot. */
const PER_PAGE = 40;

export function addCaseListPage(app: FastifyInstance, parts: WebParts): void {
  app.get("/cases", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId, user } = sessionOf(request);
    const asked = BoardQuery.parse(request.query);
    const viewer = viewerOf(parts, request, reply);
    const people = await parts.db.user.findMany({
      where: { workspaceId, status: { not: "left" }, roles: { has: "csm" } },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
    });
    if (asked.state === "closed") {
      const csmId = asked.csm === "mine" ? user.id : asked.csm === "nobody" ? null : asked.csm;
      const closed = await listClosedCases(parts.db, workspaceId, {
        search: asked.search,
        page: asked.page,
        limit: PER_PAGE,
        ...(csmId === undefined ? {} : { csmId }),
      });
      return sendPage(reply, closedCasesPage({ viewer, asked, people, ...closed, perPage: PER_PAGE }));
    }
    const board = await managerBoard(parts, {
      workspaceId,
      filter: filterOf(asked, user.id),
      sort: asked.sort,
      page: asked.page,
      limit: PER_PAGE,
    });
    const said = sentenceFor(request.query);
    return sendPage(reply, openCasesPage({ viewer, asked, people, board, perPage: PER_PAGE, said }));
  });
}
