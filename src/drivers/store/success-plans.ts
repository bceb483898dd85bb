import type { Agreement, Prisma, PrismaClient, SuccessPlan } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export type PlanWithAgreements = SuccessPlan & { agreements: Agreement[] };

/** The newest version: the one that is shown and can be accepted. */
export function findCurrentPlan(
  db: Db,
  workspaceId: string,
  accountId: string,
): Promise<PlanWithAgreements | null> {
  return db.successPlan.findFirst({
    where: { workspaceId, accountId },
    orderBy: { version: "desc" },
    include: { agreements: { orderBy: { acceptedAt: "asc" } } },
  });
}

/** Newest first: older versions stay readable, each with who accepted it (S0-18). */
export function listPlanVersions(
  db: Db,
  workspaceId: string,
  accountId: string,
): Promise<PlanWithAgreements[]> {
  return db.successPlan.findMany({
    where: { workspaceId, accountId },
    orderBy: { version: "desc" },
    include: { agreements: { orderBy: { acceptedAt: "asc" } } },
  });
}
