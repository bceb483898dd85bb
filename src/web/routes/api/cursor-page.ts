import { z } from "zod";
import { refused } from "../../problem.ts";

/** Newest first. `nextCursor` goes back as `cursor`; null at the end. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional().describe("`nextCursor` of the page before."),
});
export type PageQuery = z.infer<typeof PageQuery>;

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** What a query needs to give one page, one row more than shown so that the end is known. */
export interface PageWindow {
  take: number;
  orderBy: { id: "desc" };
  /** Below the last id of the page before; ids grow with time (UUID v7). */
  before: { id: { lt: string } } | Record<string, never>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function cursorPage<Row extends { id: string }>(
  query: PageQuery,
  find: (window: PageWindow) => Promise<Row[]>,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  const last = query.cursor === undefined ? null : readCursor(query.cursor, UUID);
  const rows = await find({
    take: query.limit + 1,
    orderBy: { id: "desc" },
    before: last === null ? {} : { id: { lt: last } },
  });
  const shown = rows.slice(0, query.limit);
  const end = shown.at(-1);
  return {
    rows: shown,
    nextCursor: rows.length > query.limit && end !== undefined ? writeCursor(end.id) : null,
  };
}

export function writeCursor(id: string): string {
  return Buffer.from(id).toString("base64url");
}

export function readCursor(cursor: string, shape: RegExp): string {
  const id = Buffer.from(cursor, "base64url").toString();
  if (shape.test(id)) return id;
  throw refused(
    422,
    "invalid",
    "querystring.cursor",
    "This cursor was not made by this list.",
    "Use `nextCursor` of the page before, unchanged; leave it out for the first page.",
  );
}
