import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { listSignals } from "../../../drivers/store/signals.ts";
import { openHolds } from "../../../operations/mail-holds.ts";
import { myWeek } from "../../../operations/my-week.ts";
import { takeAccount } from "../../../operations/take-account.ts";
import { complaintWarnings } from "../../../operations/watch-reputation.ts";
import { myWeekPage, TILES } from "../../pages/app/my-week-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { Back, formOf, goBack, idOf, sentenceFor } from "./form.ts";

const NEEDS_PER_PAGE = 10;
const MAILS_SHOWN = 6;
const SIGNALS_SHOWN = 6;
const SIGNAL_DAYS = 14;
const DAY_MS = 86_400_000;

const Asked = z.object({
  who: z.enum(["mine", "all"]).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
});
const OnlyBack = z.object({ back: Back });

export function addMyWeekPage(app: FastifyInstance, parts: WebParts): void {
  app.get("/", { config: { needs: "see" } }, async (request, reply) => {
    const { user, workspaceId } = sessionOf(request);
    const { who, page } = Asked.parse(request.query);
    const [accounts, own] = await Promise.all([
      parts.db.account.findFirst({ where: { workspaceId }, select: { id: true } }),
      parts.db.account.findFirst({ where: { workspaceId, csmId: user.id }, select: { id: true } }),
    ]);
    // Who has no accounts of their own (an admin, a manager) starts with everybody's.
    const everybody = who === undefined ? own === null : who === "all";
    const now = parts.clock.now();
    const [week, signals, holds, warnings] = await Promise.all([
      myWeek(parts, {
        workspaceId,
        limit: NEEDS_PER_PAGE,
        skip: NEEDS_PER_PAGE * (page - 1),
        mailLimit: MAILS_SHOWN,
        caseLimit: TILES,
        ...(everybody ? {} : { userId: user.id }),
      }),
      listSignals(parts.db, workspaceId, {
        csmId: everybody ? null : user.id,
        from: new Date(now.getTime() - SIGNAL_DAYS * DAY_MS),
        limit: SIGNALS_SHOWN,
      }),
      openHolds(parts.db, workspaceId),
      complaintWarnings(parts.db, workspaceId, now),
    ]);
    return sendPage(
      reply,
      myWeekPage({
        viewer: viewerOf(parts, request, reply),
        week,
        page,
        perPage: NEEDS_PER_PAGE,
        signals,
        holds,
        warnings,
        now,
        everybody,
        hasAccounts: accounts !== null,
        said: sentenceFor(request.query),
      }),
    );
  });

  app.post("/accounts/:id/take", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, user, actor } = sessionOf(request);
    const { back } = formOf(request, OnlyBack);
    unwrap(await takeAccount(parts, { workspaceId, accountId: idOf(request), userId: user.id, actor }));
    return goBack(reply, back, "taken");
  });
}
