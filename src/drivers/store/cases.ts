import type { Account, Case, Prisma, PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export type CaseWithAccount = Case & { account: Account };

export function findCase(db: Db, workspaceId: string, id: string): Promise<CaseWithAccount | null> {
  return db.case.findFirst({ where: { workspaceId, id }, include: { account: true } });
}

/**
 * The same, held until the transaction ends: nobody is enrolled into a case while it is being closed. Rows
 * that only point at the case (tasks for a CSM) do not have to wait.
 */
export async function lockCase(db: Db, workspaceId: string, id: string): Promise<CaseWithAccount | null> {
  await db.$queryRaw`SELECT id FROM turnover_case WHERE id = ${id}::uuid AND "workspaceId" = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  return findCase(db, workspaceId, id);
}

export function listCases(
  db: Db,
  workspaceId: string,
  filter: { open?: boolean; accountId?: string } = {},
): Promise<CaseWithAccount[]> {
  return db.case.findMany({
    where: {
      workspaceId,
      ...(filter.open === undefined ? {} : { status: filter.open ? { not: "closed" } : "closed" }),
      ...(filter.accountId === undefined ? {} : { accountId: filter.accountId }),
    },
    include: { account: true },
    orderBy: { detectedAt: "desc" },
  });
}

/** The open case about this departure, if there is one: told twice, it is still one departure. */
export function findOpenCase(
  db: Db,
  workspaceId: string,
  accountId: string,
  kind: string,
  departedContactId: string | null,
): Promise<Case | null> {
  return db.case.findFirst({
    where: { workspaceId, accountId, kind, departedContactId, status: { not: "closed" } },
    orderBy: { createdAt: "asc" },
  });
}

/** Holds the account until the transaction ends: cases of one account are opened one after the other. */
export async function lockAccount(db: Db, workspaceId: string, id: string): Promise<Account | null> {
  await db.$queryRaw`SELECT id FROM account WHERE id = ${id}::uuid AND "workspaceId" = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  return db.account.findFirst({ where: { workspaceId, id } });
}
