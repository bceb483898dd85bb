import type { Hit, Prisma, PrismaClient, Send } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/**
 * Requests on one mail are labelled one after the other: each sees the burst it belongs to. The locks are
 * taken in one order, so that two batches cannot wait for each other.
 */
export async function lockHitsOf(db: Db, sendIds: readonly string[]): Promise<void> {
  const keys = [...sendIds].sort().map((id) => `hits.${id}`);
  await db.$executeRaw`
    SELECT pg_advisory_xact_lock(key) FROM (
      SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest(${keys}::text[]) AS name ORDER BY key
    ) AS keys`;
}

export interface HitGroup {
  hits: Hit[];
  sends: Map<
    string,
    Pick<Send, "id" | "contactId" | "accountId" | "submittedAt" | "recipientDomain" | "links">
  >;
}

/** Hits of one mail that are looked at again; a flood cannot make labelling slow. */
const OWN_PER_SEND = 500;

/** The mails' hits, and what the same addresses fetched of other mails around then: one gateway reads for many people. */
export async function loadHitGroup(
  db: Db,
  workspaceId: string,
  sendIds: readonly string[],
  around: { ipHashes: readonly string[]; from: Date; to: Date },
): Promise<HitGroup> {
  const own = await db.hit.findMany({
    where: { workspaceId, sendId: { in: [...sendIds] } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: OWN_PER_SEND * sendIds.length,
  });
  const neighbours = await db.hit.findMany({
    where: {
      workspaceId,
      sendId: { notIn: [...sendIds] },
      ipHash: { in: [...around.ipHashes] },
      at: { gte: around.from, lte: around.to },
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: 200,
  });
  const hits = [...own, ...neighbours].reverse();
  const sends = await db.send.findMany({
    where: { workspaceId, id: { in: [...new Set(hits.map((hit) => hit.sendId))] } },
    select: {
      id: true,
      contactId: true,
      accountId: true,
      submittedAt: true,
      recipientDomain: true,
      links: true,
    },
  });
  return { hits, sends: new Map(sends.map((send) => [send.id, send])) };
}

/** Writes labels over: one statement for all hits that are judged alike. */
export async function keepLabels(
  db: Db,
  changed: readonly {
    row: Hit;
    judged: { label: string; rules: readonly string[]; ruleSetVersion: string };
  }[],
): Promise<void> {
  const alike = new Map<
    string,
    { ids: string[]; data: Prisma.HitUpdateManyMutationInput; workspaceId: string }
  >();
  for (const { row, judged } of changed) {
    const { label, rules, ruleSetVersion } = judged;
    const key = JSON.stringify([row.workspaceId, label, rules, ruleSetVersion]);
    const entry = alike.get(key) ?? {
      ids: [],
      data: { label, rules: [...rules], ruleSetVersion },
      workspaceId: row.workspaceId,
    };
    entry.ids.push(row.id);
    alike.set(key, entry);
  }
  for (const { ids, data, workspaceId } of alike.values()) {
    await db.hit.updateMany({ where: { workspaceId, id: { in: ids } }, data });
  }
}

/** Each hit names its line in the log, where it has one. */
export async function linkSignals(db: Db, workspaceId: string, hitIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    UPDATE hit SET "eventId" = line.id FROM engagement_event AS line
    WHERE hit."workspaceId" = ${workspaceId}::uuid AND hit.id = ANY(${[...new Set(hitIds)]}::uuid[])
      AND hit."eventId" IS NULL
      AND line."enrollmentId" = hit."enrollmentId" AND line."dedupeKey" = 'hit.' || hit.id`;
}
