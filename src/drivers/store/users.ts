import type { Prisma, PrismaClient, Product, User } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export interface UserFields {
  name: string;
  email: string;
  title?: string;
  zone?: string;
  roles: string[];
  externalRef?: string;
}

/** People of the vendor are told apart by their address, in lower case. */
export function upsertUser(db: Db, workspaceId: string, user: UserFields): Promise<User> {
  const email = user.email.trim().toLowerCase();
  const data = { ...user, email };
  return db.user.upsert({
    where: { workspaceId_email: { workspaceId, email } },
    create: { workspaceId, ...data },
    update: data,
  });
}

export function findUserByEmail(db: Db, workspaceId: string, email: string): Promise<User | null> {
  return db.user.findUnique({
    where: { workspaceId_email: { workspaceId, email: email.trim().toLowerCase() } },
  });
}

export function upsertProduct(
  db: Db,
  workspaceId: string,
  product: { key: string; name: string; cadence?: string },
): Promise<Product> {
  return db.product.upsert({
    where: { workspaceId_key: { workspaceId, key: product.key } },
    create: { workspaceId, ...product },
    update: product,
  });
}

/** Holds one person's row until the transaction ends: what is counted per person is counted one after the other. */
export async function lockUser(db: Db, workspaceId: string, id: string): Promise<User | null> {
  await db.$queryRaw`SELECT id FROM "user" WHERE id = ${id}::uuid AND "workspaceId" = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  return db.user.findFirst({ where: { workspaceId, id } });
}
