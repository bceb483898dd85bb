import { z } from "zod";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, Id, Instant, notFound, whoOf } from "./api.ts";
import { cursorPage, PageQuery, pageOf } from "./cursor-page.ts";

const Version = z.object({
  id: Id,
  key: z.string(),
  version: z.number().int(),
  name: z.string(),
  audience: z.string(),
  status: z.string(),
  publishedAt: Instant,
  publishedBy: z.string(),
  reason: z.string().nullable(),
});
const WholeVersion = Version.extend({
  source: z.string().describe("The YAML as written."),
  definition: z.unknown().describe("The file as read; its JSON Schema is published beside the sequences."),
});
const ByKey = z.object({ key: z.string().max(120) });

/** Published versions are frozen, so these answers never change under a reader. */
export function addSequenceRoutes(app: ApiApp, parts: WebParts): void {
  const { db } = parts;
  const tags = ["sequences"];

  app.get(
    "/sequences",
    {
      config: { scope: "read" },
      schema: {
        tags,
        summary: "The newest version of every sequence",
        response: answers(z.object({ items: z.array(Version) })),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const rows = await db.sequenceVersion.findMany({
        where: { workspaceId },
        distinct: ["key"],
        orderBy: [{ key: "asc" }, { version: "desc" }],
        omit: { source: true, definition: true },
      });
      return { items: toWire(rows) };
    },
  );

  app.get(
    "/sequences/:key",
    {
      config: { scope: "read" },
      schema: { tags, summary: "The newest version, whole", params: ByKey, response: answers(WholeVersion) },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const row = await db.sequenceVersion.findFirst({
        where: { workspaceId, key: request.params.key },
        orderBy: { version: "desc" },
      });
      if (row === null) throw notFound("sequence");
      return toWire(row);
    },
  );

  app.get(
    "/sequences/:key/versions",
    {
      config: { scope: "read" },
      schema: {
        tags,
        summary: "All versions, newest first",
        params: ByKey,
        querystring: PageQuery,
        response: answers(pageOf(Version)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { key } = request.params;
      const known = await db.sequenceVersion.findFirst({ where: { workspaceId, key }, select: { id: true } });
      if (known === null) throw notFound("sequence");
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        db.sequenceVersion.findMany({
          where: { workspaceId, key, ...before },
          omit: { source: true, definition: true },
          ...window,
        }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );
}
