import type { FastifyInstance } from "fastify";
import { writeCsv } from "../../../../domain/accounts/write-csv.ts";
import { type AuditLine, listAudit } from "../../../../operations/audit-log.ts";
import { recordExport } from "../../../../operations/record-export.ts";
import { auditPage } from "../../../pages/app/settings/audit-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { searchOf } from "../form.ts";

const PER_PAGE = 50;
const EXPORTED_MOST = 10_000;

export function addAuditPages(app: FastifyInstance, parts: WebParts): void {
  app.get<{ Querystring: { before?: string } }>(
    "/settings/audit",
    { config: { needs: "see-audit" } },
    async (request, reply) => {
      const { workspaceId } = sessionOf(request);
      const search = searchOf(request.query);
      const before = /^\d{1,18}$/.test(String(request.query.before))
        ? BigInt(String(request.query.before))
        : null;
      const found = await listAudit(parts.db, { workspaceId, search, before, limit: PER_PAGE + 1 });
      const entries = found.slice(0, PER_PAGE);
      const more = found.length > PER_PAGE ? (entries.at(-1)?.id ?? null) : null;
      return sendPage(reply, auditPage({ viewer: viewerOf(parts, request, reply), entries, search, more }));
    },
  );

  app.get("/settings/audit.csv", { config: { needs: "see-audit" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const search = searchOf(request.query);
    const lines = await listAudit(parts.db, { workspaceId, search, before: null, limit: EXPORTED_MOST });
    await recordExport(parts, { workspaceId, what: "audit", rows: lines.length, actor });
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", 'attachment; filename="audit.csv"')
      .send(
        writeCsv(
          ["id", "at", "who", "action", "subject", "subject id", "before", "after", "reason"],
          lines.map(cells),
        ),
      );
  });
}

function cells(line: AuditLine) {
  const json = (value: unknown) => (value === null ? "" : JSON.stringify(value));
  return [
    line.id,
    line.at,
    line.who,
    line.action,
    line.subjectType,
    line.subjectId,
    json(line.before),
    json(line.after),
    line.reason,
  ];
}
