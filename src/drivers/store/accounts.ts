import type { Account, Prisma, PrismaClient, Product } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export function findAccount(db: Db, workspaceId: string, id: string): Promise<Account | null> {
  return db.account.findFirst({ where: { workspaceId, id } });
}

/** By external_ref first, then by name: what an import row calls its account. */
export async function findAccountByWord(db: Db, workspaceId: string, word: string): Promise<Account | null> {
  const byRef = await db.account.findFirst({ where: { workspaceId, externalRef: word } });
  return byRef ?? db.account.findFirst({ where: { workspaceId, name: word }, orderBy: { id: "asc" } });
}

export function findProduct(db: Db, workspaceId: string, key: string): Promise<Product | null> {
  return db.product.findUnique({ where: { workspaceId_key: { workspaceId, key } } });
}
