import type { Prisma, PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/**
 * Takes some of the enrollments whose daily assessment is due: what another worker is taking at this moment is
 * left to it. The due time is moved ahead as a claim; the assessment sets the true one.
 */
export function claimAssessments(
  db: Db,
  claim: { now: Date; claimedUntil: Date; limit: number },
): Promise<{ id: string; workspaceId: string }[]> {
  return db.$queryRaw<{ id: string; workspaceId: string }[]>`
    UPDATE enrollment SET "assessDueAt" = ${claim.claimedUntil}
     WHERE id IN (
       SELECT id FROM enrollment
        WHERE "assessDueAt" <= ${claim.now} AND audience = 'contact'
          AND status IN ('pending', 'active', 'paused', 'blocked', 'completed')
        ORDER BY "assessDueAt", id LIMIT ${claim.limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, "workspaceId"`;
}
