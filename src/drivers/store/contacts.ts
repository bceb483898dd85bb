import type { Contact, Prisma, PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export function findContact(db: Db, workspaceId: string, id: string): Promise<Contact | null> {
  return db.contact.findFirst({ where: { workspaceId, id } });
}

export function listContacts(db: Db, workspaceId: string, accountId: string): Promise<Contact[]> {
  return db.contact.findMany({ where: { workspaceId, accountId }, orderBy: { id: "asc" } });
}

/**
 * Holds this contact until the transaction ends, so that two enrollments of one person are decided one
 * after the other: the second one sees what the first one wrote.
 */
export async function lockContact(db: Db, workspaceId: string, id: string): Promise<Contact | null> {
  await db.$queryRaw`SELECT id FROM contact WHERE id = ${id}::uuid AND "workspaceId" = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  return findContact(db, workspaceId, id);
}
