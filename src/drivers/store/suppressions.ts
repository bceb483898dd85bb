import type { Prisma, PrismaClient, Suppression } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export type SuppressionReason = "unsubscribed" | "hard_bounce" | "complaint" | "manual";

export interface NewSuppression {
  readonly workspaceId: string;
  readonly email: string;
  readonly reason: SuppressionReason;
  readonly at: Date;
  readonly detail?: string | null;
  readonly sendId?: string | null;
}

/**
 * The form in which an address is suppressed and looked up: whole in lower case. Local parts may differ
 * by case in theory (RFC 5321 2.4); mailing somebody who said no is worse than sparing a namesake.
 */
export function suppressionKey(email: string): string {
  return email.trim().toLowerCase();
}

/** True when it was new. The first reason stands: repeating it, or another cause later, changes nothing. */
export async function suppressAddress(db: Db, entry: NewSuppression): Promise<boolean> {
  const { count } = await db.suppression.createMany({
    data: {
      workspaceId: entry.workspaceId,
      email: suppressionKey(entry.email),
      reason: entry.reason,
      detail: entry.detail ?? null,
      sendId: entry.sendId ?? null,
      createdAt: entry.at,
    },
    skipDuplicates: true,
  });
  return count === 1;
}

export function findSuppression(db: Db, workspaceId: string, email: string): Promise<Suppression | null> {
  return db.suppression.findUnique({
    where: { workspaceId_email: { workspaceId, email: suppressionKey(email) } },
  });
}

/** Those of the addresses that must not be mailed, by `suppressionKey`. */
export async function listSuppressed(
  db: Db,
  workspaceId: string,
  emails: readonly string[],
): Promise<Map<string, Suppression>> {
  const rows = await db.suppression.findMany({
    where: { workspaceId, email: { in: [...new Set(emails.map(suppressionKey))] } },
  });
  return new Map(rows.map((row) => [row.email, row]));
}

/** True when there was one to lift. The caller records who did it and why. */
export async function liftSuppression(db: Db, workspaceId: string, email: string): Promise<boolean> {
  const { count } = await db.suppression.deleteMany({ where: { workspaceId, email: suppressionKey(email) } });
  return count === 1;
}
