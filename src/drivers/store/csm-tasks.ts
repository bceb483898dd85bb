import type { CsmTask, Prisma, PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export interface CsmTaskFields {
  workspaceId: string;
  caseId: string;
  enrollmentId?: string | null;
  userId: string | null;
  /** Unique in its case: the same cause never asks twice. */
  key: string;
  kind: string;
  text: string;
  detail?: string;
  dueAt: Date;
  createdAt: Date;
}

/** Asks a person of the vendor to do something, once. False: it was asked before. */
export async function askCsm(db: Db, task: CsmTaskFields): Promise<boolean> {
  const { count } = await db.csmTask.createMany({ data: [task], skipDuplicates: true });
  return count === 1;
}

export function listCsmTasks(db: Db, workspaceId: string, caseId: string): Promise<CsmTask[]> {
  return db.csmTask.findMany({ where: { workspaceId, caseId }, orderBy: [{ dueAt: "asc" }, { id: "asc" }] });
}
