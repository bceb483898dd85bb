import { createHash } from "node:crypto";

/** Tokens have 256 random bits, so a plain hash is enough: there is nothing to guess (no salt, no stretching). */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
