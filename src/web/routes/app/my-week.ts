import type { FastifyInstance } from "fastify";
import { myWeek } from "../../../operations/my-week.ts";
import { myWeekPage, type Signal } from "../../pages/app/my-week-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { sentenceFor } from "./form.ts";

const SIGNALS_SHOWN = 12;

export function addMyWeekPage(app: FastifyInstance, parts: WebParts): void {
  app.get<{ Querystring: { who?: string } }>("/", { config: { needs: "see" } }, async (request, reply) => {
    const { user, workspaceId } = sessionOf(request);
    // Who has no accounts of their own (an admin, a manager) starts with everybody's.
    const own = await parts.db.account.count({ where: { workspaceId, csmId: user.id } });
    const everybody = request.query.who === "all" || own === 0;
    const week = await myWeek(parts, { workspaceId, ...(everybody ? {} : { userId: user.id }) });
    const signals = await listSignals(parts, workspaceId, everybody ? null : user.id);
    return sendPage(
      reply,
      myWeekPage({
        viewer: viewerOf(parts, request, reply),
        week,
        signals,
        zone: user.zone,
        today: parts.clock.now(),
        everybody,
        said: sentenceFor(request.query),
      }),
    );
  });
}

async function listSignals(parts: WebParts, workspaceId: string, csmId: string | null): Promise<Signal[]> {
  const { db } = parts;
  const rows = await db.readinessSignal.findMany({
    where: { workspaceId },
    orderBy: { at: "desc" },
    take: csmId === null ? SIGNALS_SHOWN : SIGNALS_SHOWN * 5,
  });
  const enrollments = await db.enrollment.findMany({
    where: { workspaceId, id: { in: rows.map((row) => row.enrollmentId) } },
    select: {
      id: true,
      contact: { select: { name: true } },
      account: { select: { name: true, csmId: true } },
    },
  });
  const known = new Map(enrollments.map((enrollment) => [enrollment.id, enrollment]));
  return rows
    .flatMap((row) => {
      const enrollment = known.get(row.enrollmentId);
      if (enrollment === undefined || (csmId !== null && enrollment.account.csmId !== csmId)) return [];
      return [{ ...row, who: enrollment.contact.name, accountName: enrollment.account.name }];
    })
    .slice(0, SIGNALS_SHOWN);
}
