import type { Prisma, PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;
type Definition = Prisma.JsonValue;

/**
 * What a published version says never changes (prisma/schema.prisma), and it is tens of kilobytes: read
 * and parsed once per process. Ids are unique everywhere, so one memory serves every workspace.
 */
const known = new Map<string, Definition>();
const KEPT_MOST = 500;

/** The definitions of these sequence versions, by id; one statement for those not read before. */
export async function frozenDefinitions(
  db: Db,
  workspaceId: string,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, Definition>> {
  const found = new Map<string, Definition>();
  const missing: string[] = [];
  for (const id of new Set(versionIds)) {
    const definition = known.get(id);
    if (definition === undefined) missing.push(id);
    else found.set(id, definition);
  }
  if (missing.length === 0) return found;
  const rows = await db.sequenceVersion.findMany({
    where: { workspaceId, id: { in: missing } },
    select: { id: true, definition: true },
  });
  if (known.size + rows.length > KEPT_MOST) known.clear();
  for (const { id, definition } of rows) {
    known.set(id, definition);
    found.set(id, definition);
  }
  return found;
}
