import type { Prisma, PrismaClient, SequenceDraft } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

const OPEN = { in: ["draft", "submitted"] };

export function findDraft(db: Db, workspaceId: string, id: string): Promise<SequenceDraft | null> {
  return db.sequenceDraft.findFirst({ where: { workspaceId, id } });
}

/** The one draft of this sequence that is not decided yet. */
export function findOpenDraft(db: Db, workspaceId: string, key: string): Promise<SequenceDraft | null> {
  return db.sequenceDraft.findFirst({ where: { workspaceId, key, status: OPEN } });
}

export function listOpenDrafts(db: Db, workspaceId: string): Promise<SequenceDraft[]> {
  return db.sequenceDraft.findMany({ where: { workspaceId, status: OPEN }, orderBy: { updatedAt: "desc" } });
}

/** Holds one draft until the transaction ends. */
export async function lockDraft(db: Db, workspaceId: string, id: string): Promise<SequenceDraft | null> {
  await db.$queryRaw`SELECT id FROM sequence_draft WHERE id = ${id}::uuid AND "workspaceId" = ${workspaceId}::uuid FOR UPDATE`;
  return findDraft(db, workspaceId, id);
}
