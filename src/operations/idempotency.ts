import { createHash } from "node:crypto";
import { canonicalJson } from "../domain/engagement/canonical-json.ts";
import type { Parts } from "./parts.ts";

export type Claim =
  /** Do it, then `keepResponse`. */
  | { kind: "first"; held: HeldKey }
  /** Done before: answer the same. */
  | { kind: "repeat"; status: number; response: unknown }
  /** The first request has not ended yet: 409. */
  | { kind: "running" }
  /** Same key, other request: 422. */
  | { kind: "mismatch" };

export interface KeyInput {
  workspaceId: string;
  tokenId: string;
  key: string;
}
/** A key in the hands of the request that does the work. */
export interface HeldKey extends KeyInput {
  since: Date;
}

/** Longer than any request runs: whoever holds a key for so long was killed, and the next one takes it over. */
const LEASE_MS = 5 * 60_000;

/** The first of several parallel requests with one key does the work; the others wait or repeat its answer. */
export async function claimKey(parts: Parts, input: KeyInput & { request: unknown }): Promise<Claim> {
  const { workspaceId, tokenId, key } = input;
  const requestHash = createHash("sha256").update(canonicalJson(input.request)).digest("hex");
  const since = parts.clock.wall();
  const held: HeldKey = { workspaceId, tokenId, key, since };
  const { count } = await parts.db.idempotencyKey.createMany({
    data: [{ workspaceId, tokenId, key, requestHash, createdAt: since }],
    skipDuplicates: true,
  });
  if (count === 1) return { kind: "first", held };
  const where = { workspaceId_tokenId_key: { workspaceId, tokenId, key } };
  const known = await parts.db.idempotencyKey.findUnique({ where });
  // Released between the two statements: the other request failed, so this one may try.
  if (known === null) return claimKey(parts, input);
  if (known.requestHash !== requestHash) return { kind: "mismatch" };
  if (known.status === null) {
    const taken = await parts.db.idempotencyKey.updateMany({
      where: {
        workspaceId,
        tokenId,
        key,
        status: null,
        createdAt: { lt: new Date(since.getTime() - LEASE_MS) },
      },
      data: { createdAt: since },
    });
    return taken.count === 1 ? { kind: "first", held } : { kind: "running" };
  }
  return { kind: "repeat", status: known.status, response: known.response };
}

export async function keepResponse(
  parts: Parts,
  input: HeldKey & { status: number; response: unknown },
): Promise<void> {
  const { workspaceId, tokenId, key, since, status, response } = input;
  await parts.db.idempotencyKey.updateMany({
    where: { workspaceId, tokenId, key, createdAt: since },
    data: { status, response: JSON.parse(JSON.stringify(response ?? null)) as object },
  });
}

/** After a fault: the key may be used again. */
export async function releaseKey(parts: Parts, input: HeldKey): Promise<void> {
  const { workspaceId, tokenId, key, since } = input;
  await parts.db.idempotencyKey.deleteMany({
    where: { workspaceId, tokenId, key, createdAt: since, status: null },
  });
}
