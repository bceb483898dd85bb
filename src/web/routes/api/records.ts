import { z } from "zod";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, Id, Instant, whoOf } from "./api.ts";
import { cursorPage, PageQuery, pageOf, readCursor, writeCursor } from "./cursor-page.ts";

const Suppression = z.object({
  id: Id,
  email: z.string(),
  reason: z.string(),
  detail: z.string().nullable(),
  createdAt: Instant,
});
const AuditEntry = z.object({
  id: z.number().int(),
  at: Instant,
  actor: z.string(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().nullable(),
  prevHash: z.string(),
  hash: z.string(),
});

/** Records that are only read: who must not be mailed, and who did what. */
export function addRecordRoutes(app: ApiApp, parts: WebParts): void {
  const { db } = parts;

  app.get(
    "/suppressions",
    {
      schema: {
        tags: ["suppressions"],
        summary: "Addresses that are never mailed",
        querystring: PageQuery,
        response: answers(pageOf(Suppression)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        db.suppression.findMany({ where: { workspaceId, ...before }, ...window }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );

  app.get(
    "/audit",
    {
      config: { scope: "admin" },
      schema: {
        tags: ["audit"],
        summary: "Who did what; append-only and hash-chained",
        querystring: PageQuery,
        response: answers(pageOf(AuditEntry)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { limit, cursor } = request.query;
      const below = cursor === undefined ? {} : { id: { lt: BigInt(readCursor(cursor, /^\d{1,18}$/)) } };
      const rows = await db.auditEntry.findMany({
        where: { workspaceId, ...below },
        orderBy: { id: "desc" },
        take: limit + 1,
      });
      const shown = rows.slice(0, limit);
      const end = shown.at(-1);
      const nextCursor = rows.length > limit && end !== undefined ? writeCursor(String(end.id)) : null;
      return { items: toWire(shown), nextCursor };
    },
  );
}
