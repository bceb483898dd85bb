import { z } from "zod";
import { liftSuppression } from "../../../operations/lift-suppression.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, Id, Instant, KeyHeader, whoOf } from "./api.ts";
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

/** Who must not be mailed, and who did what. */
export function addRecordRoutes(app: ApiApp, parts: WebParts): void {
  const { db } = parts;

  app.get(
    "/suppressions",
    {
      config: { scope: "read" },
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

  app.post(
    "/suppressions/lift",
    {
      config: { scope: "admin" },
      schema: {
        tags: ["suppressions"],
        summary: "Let an address be mailed again, because its owner said so",
        headers: KeyHeader,
        body: z.strictObject({ email: z.string().max(254), reason: z.string().trim().min(1).max(1000) }),
        response: answers(z.object({ lifted: z.literal(true) })),
      },
    },
    async (request) => {
      const done = unwrap(await liftSuppression(parts, { ...request.body, ...whoOf(request) }));
      return { lifted: done.lifted };
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
