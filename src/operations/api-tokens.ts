import { randomBytes } from "node:crypto";
import { recordAudit } from "../drivers/store/audit.ts";
import type { ApiToken } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { tokenHash } from "./token-hash.ts";
import { transact } from "./transact.ts";

export const API_SCOPES = ["read", "write", "admin"] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** The token itself is shown once and stored hashed. */
export function createApiToken(
  parts: Parts,
  input: { workspaceId: string; name: string; scopes: ApiScope[]; actor: Actor },
): Promise<{ token: string; row: ApiToken }> {
  const { workspaceId, name, scopes, actor } = input;
  const token = `baton_${randomBytes(32).toString("base64url")}`;
  return transact(parts, async (tx) => {
    const at = parts.clock.now();
    const row = await tx.apiToken.create({
      data: { workspaceId, name, scopes, tokenHash: tokenHash(token), createdAt: at },
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "api-token-created",
      subjectType: "api-token",
      subjectId: row.id,
      after: { name, scopes },
    });
    return { token, row };
  });
}

/** All of them, newest first, without what was hashed. */
export function listApiTokens(parts: Parts, workspaceId: string) {
  return parts.db.apiToken.findMany({
    where: { workspaceId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true, name: true, scopes: true, createdAt: true, lastUsedAt: true, revokedAt: true },
  });
}

/** Null for anything unknown or revoked. Notes the use at most once a minute. */
export async function readApiToken(parts: Parts, token: string): Promise<ApiToken | null> {
  const row = await parts.db.apiToken.findUnique({ where: { tokenHash: tokenHash(token) } });
  if (row === null || row.revokedAt !== null) return null;
  const wall = parts.clock.wall();
  if (row.lastUsedAt === null || wall.getTime() - row.lastUsedAt.getTime() > 60_000) {
    await parts.db.apiToken.updateMany({
      where: { workspaceId: row.workspaceId, id: row.id },
      data: { lastUsedAt: wall },
    });
  }
  return row;
}

/** False when there was none to revoke. */
export function revokeApiToken(
  parts: Parts,
  input: { workspaceId: string; tokenId: string; actor: Actor },
): Promise<boolean> {
  const { workspaceId, tokenId, actor } = input;
  return transact(parts, async (tx) => {
    const at = parts.clock.now();
    const { count } = await tx.apiToken.updateMany({
      where: { workspaceId, id: tokenId, revokedAt: null },
      data: { revokedAt: at },
    });
    if (count === 0) return false;
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "api-token-revoked",
      subjectType: "api-token",
      subjectId: tokenId,
    });
    return true;
  });
}
