import type { Contact, Prisma, PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export function findContact(db: Db, workspaceId: string, id: string): Promise<Contact | null> {
  return db.contact.findFirst({ where: { workspaceId, id } });
}

export function listContacts(db: Db, workspaceId: string, accountId: string): Promise<Contact[]> {
  return db.contact.findMany({ where: { workspaceId, accountId }, orderBy: { id: "asc" } });
}

/** A contact by id, external_ref or address: what a person types in a command. */
export async function findContactByWord(db: Db, workspaceId: string, word: string): Promise<Contact | null> {
  const isId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(word);
  return db.contact.findFirst({
    where: {
      workspaceId,
      OR: [
        ...(isId ? [{ id: word }] : []),
        { externalRef: word },
        { email: { equals: word, mode: "insensitive" as const } },
        { name: word },
      ],
    },
    orderBy: { id: "asc" },
  });
}

/**
 * Holds this contact until the transaction ends, so that two enrollments of one person are decided one
 * after the other: the second one sees what the first one wrote.
 */
export async function lockContact(db: Db, workspaceId: string, id: string): Promise<Contact | null> {
  await db.$queryRaw`SELECT id FROM contact WHERE id = ${id}::uuid AND "workspaceId" = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  return findContact(db, workspaceId, id);
}
