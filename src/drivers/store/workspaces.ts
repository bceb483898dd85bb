import type { Prisma, PrismaClient, Workspace } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export function getWorkspace(db: Db, workspaceId: string): Promise<Workspace> {
  return db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
}
