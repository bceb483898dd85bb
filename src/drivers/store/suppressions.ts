import { createHash } from "node:crypto";
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

export async function findSuppression(
  db: Db,
  workspaceId: string,
  email: string,
): Promise<Suppression | null> {
  const workspace = await db.workspace.findUnique({
    where: { id: workspaceId },
    select: { erasureKey: true },
  });
  const forms = [suppressionKey(email)];
  if (workspace !== null) forms.push(erasedKey(workspace.erasureKey, email));
  return db.suppression.findFirst({ where: { workspaceId, email: { in: forms } } });
}

/**
 * What stays of an address that was erased: enough to know it when it comes back, nothing to write to.
 * The same is computed in SQL where a mail is claimed (sends.ts).
 */
export function erasedKey(erasureKey: string, email: string): string {
  return `erased:${createHash("sha256")
    .update(`${erasureKey}:${suppressionKey(email)}`)
    .digest("hex")}`;
}

/** The address is forgotten and stays suppressed, whatever the reason was before. */
export async function forgetAddress(
  db: Db,
  entry: { workspaceId: string; email: string; at: Date },
): Promise<void> {
  const { workspaceId, email, at } = entry;
  const { erasureKey } = await db.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { erasureKey: true },
  });
  const before = await db.suppression.findFirst({ where: { workspaceId, email: suppressionKey(email) } });
  await db.suppression.deleteMany({ where: { workspaceId, email: suppressionKey(email) } });
  await db.suppression.createMany({
    data: {
      workspaceId,
      email: erasedKey(erasureKey, email),
      reason: before?.reason ?? "manual",
      detail: "erased on request",
      createdAt: at,
    },
    skipDuplicates: true,
  });
}

/** The row that was lifted; null when there was none. The caller records who did it and why. */
export async function liftSuppression(
  db: Db,
  workspaceId: string,
  email: string,
): Promise<Suppression | null> {
  const row = await findSuppression(db, workspaceId, email);
  if (row === null) return null;
  const { count } = await db.suppression.deleteMany({ where: { workspaceId, id: row.id } });
  return count === 1 ? row : null;
}
