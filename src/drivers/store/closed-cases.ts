import type { Prisma, PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export interface ClosedCase {
  caseId: string;
  accountName: string;
  csmName: string | null;
  /** saved | lost | downsold | offboarded | extended | dismissed */
  outcome: string | null;
  closedAt: Date | null;
  detectedAt: Date;
  arrMinor: bigint;
  currency: string;
}

/** Cases that are over, the newest end first. `csmId`: a person's id, or null for accounts that nobody owns. */
export async function listClosedCases(
  db: Db,
  workspaceId: string,
  asked: { search: string; csmId?: string | null; page: number; limit: number },
): Promise<{ rows: ClosedCase[]; total: number }> {
  const { search, csmId, page, limit } = asked;
  const where: Prisma.CaseWhereInput = {
    workspaceId,
    status: "closed",
    account: {
      ...(search === "" ? {} : { name: { contains: search, mode: "insensitive" } }),
      ...(csmId === undefined ? {} : { csmId }),
    },
  };
  const [total, rows] = await Promise.all([
    db.case.count({ where }),
    db.case.findMany({
      where,
      include: { account: { include: { csm: { select: { name: true } } } } },
      orderBy: [{ closedAt: "desc" }, { id: "desc" }],
      skip: (page - 1) * limit,
      take: limit,
    }),
  ]);
  return {
    total,
    rows: rows.map(({ account, ...row }) => ({
      caseId: row.id,
      accountName: account.name,
      csmName: account.csm?.name ?? null,
      outcome: row.outcome,
      closedAt: row.closedAt,
      detectedAt: row.detectedAt,
      arrMinor: account.arrMinor,
      currency: account.currency,
    })),
  };
}
