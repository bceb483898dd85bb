import type { Hit, Prisma, PrismaClient, Send } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/** Requests on one mail are labelled one after the other: each sees the burst it belongs to. */
export async function lockHitsOf(db: Db, sendId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`hits.${sendId}`}, 0))`;
}

export interface HitGroup {
  hits: Hit[];
  sends: Map<string, Pick<Send, "id" | "contactId" | "accountId" | "submittedAt" | "recipientDomain">>;
}

/**
 * A mail's hits, and what the same address fetched of other mails around then: one gateway reads for many
 * people. Bounded, so that a flood cannot make labelling slow.
 */
export async function loadHitGroup(
  db: Db,
  workspaceId: string,
  sendId: string,
  around: { ipHash: string; from: Date; to: Date },
): Promise<HitGroup> {
  const own = await db.hit.findMany({
    where: { workspaceId, sendId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: 500,
  });
  const neighbours = await db.hit.findMany({
    where: {
      workspaceId,
      sendId: { not: sendId },
      ipHash: around.ipHash,
      at: { gte: around.from, lte: around.to },
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: 200,
  });
  const hits = [...own, ...neighbours];
  const sends = await db.send.findMany({
    where: { workspaceId, id: { in: [...new Set(hits.map((hit) => hit.sendId))] } },
    select: { id: true, contactId: true, accountId: true, submittedAt: true, recipientDomain: true },
  });
  return { hits, sends: new Map(sends.map((send) => [send.id, send])) };
}
