import type { Prisma, PrismaClient, Workspace } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export function findWorkspaceByKey(db: Db, key: string): Promise<Workspace | null> {
  return db.workspace.findUnique({ where: { key } });
}

export function getWorkspace(db: Db, workspaceId: string): Promise<Workspace> {
  return db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
}

/** The local mode has exactly one. */
export function findOnlyWorkspace(db: Db): Promise<Workspace | null> {
  return db.workspace.findFirst({ orderBy: { createdAt: "asc" } });
}
