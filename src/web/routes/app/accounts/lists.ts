import type { FastifyInstance, FastifyReply } from "fastify";
import { exportProgramTasks, exportTasks, exportTimeline } from "../../../../operations/export-lists.ts";
import { sessionOf } from "../../../plugins/session-guard.ts";
import type { WebParts } from "../../../web-parts.ts";
import { idOf, noSuchPage } from "../form.ts";

/** Tasks and stories as files (S0-24): a case's or an account's, and the whole workspace's. */
export function addListFiles(app: FastifyInstance, parts: WebParts): void {
  const needed = { config: { needs: "export" } } as const;
  const lists = [
    ["tasks", exportTasks],
    ["program-tasks", exportProgramTasks],
  ] as const;
  for (const [name, run] of lists) {
    app.get(`/${name}.csv`, needed, async (request, reply) => {
      const { workspaceId, actor } = sessionOf(request);
      return sendCsv(reply, name, await run(parts, { workspaceId, actor }));
    });

    app.get(`/cases/:id/${name}.csv`, needed, async (request, reply) => {
      const { workspaceId, actor } = sessionOf(request);
      const caseId = idOf(request);
      if ((await parts.db.case.count({ where: { workspaceId, id: caseId } })) === 0) throw noSuchPage();
      return sendCsv(reply, `${name}-${caseId.slice(-8)}`, await run(parts, { workspaceId, actor, caseId }));
    });
  }

  app.get("/timeline.csv", needed, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    return sendCsv(reply, "timeline", await exportTimeline(parts, { workspaceId, actor }));
  });

  app.get("/accounts/:id/timeline.csv", needed, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const accountId = idOf(request);
    if ((await parts.db.account.count({ where: { workspaceId, id: accountId } })) === 0) throw noSuchPage();
    const file = await exportTimeline(parts, { workspaceId, actor, accountId });
    return sendCsv(reply, `timeline-${accountId.slice(-8)}`, file);
  });
}

function sendCsv(reply: FastifyReply, name: string, body: string) {
  return reply
    .header("content-type", "text/csv; charset=utf-8")
    .header("content-disposition", `attachment; filename="${name}.csv"`)
    .send(body);
}
