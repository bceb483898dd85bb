import type { Parts } from "./parts.ts";

/**
 * A one-time sign-in link, valid 15 minutes, its token stored hashed. The answer is the same for known and
 * unknown addresses; `url` is null for unknown ones and is only for who may see it (the console of a local start).
 */
export declare function issueSignInLink(
  parts: Parts,
  input: { workspaceId: string; email: string; byMail: boolean; lifetimeSeconds?: number },
): Promise<{ url: string | null; sendId: string | null }>;
