import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { beforeYouSchedule } from "../../../operations/before-you-schedule.ts";
import { effortByCsm } from "../../../operations/case-effort.ts";
import { managerBoard } from "../../../operations/manager-board.ts";
import { managerBoardPage } from "../../pages/app/manager-board-page.tsx";
import { managerCardPage } from "../../pages/app/manager-card-page.tsx";
import { managerThinPage, THIN_LISTS } from "../../pages/app/manager-thin.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { BoardQuery, filterOf } from "./board-query.ts";
import { idOf, noSuchPage, sentenceFor } from "./form.ts";

const PER_PAGE = 18;
const THIN_PER_PAGE = 50;
const Thin = z.object({
  list: z.enum(THIN_LISTS).catch("single-threaded"),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

/** Who leads the CSMs looks here before a meeting is scheduled (domain.md F 3). */
export function addManagerPages(app: FastifyInstance, parts: WebParts): void {
  app.get("/manager", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId, user } = sessionOf(request);
    const asked = BoardQuery.parse(request.query);
    const [board, effort] = await Promise.all([
      managerBoard(parts, {
        workspaceId,
        filter: filterOf(asked, user.id),
        sort: asked.sort,
        page: asked.page,
        limit: PER_PAGE,
      }),
      effortByCsm(parts.db, workspaceId),
    ]);
    const viewer = viewerOf(parts, request, reply);
    return sendPage(
      reply,
      managerBoardPage({ viewer, asked, board, effort, perPage: PER_PAGE, said: sentenceFor(request.query) }),
    );
  });

  app.get("/manager/thin", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const { list, page } = Thin.parse(request.query);
    const board = await managerBoard(parts, { workspaceId, limit: 1 });
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, managerThinPage({ viewer, board, list, page, perPage: THIN_PER_PAGE }));
  });

  app.get("/manager/:id", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const card = await beforeYouSchedule(parts, { workspaceId, enrollmentId: idOf(request) });
    if (card === null) throw noSuchPage();
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, managerCardPage({ viewer, card, now: parts.clock.now() }));
  });
}
