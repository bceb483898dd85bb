import type { ApiToken } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";

export const API_SCOPES = ["read", "write", "admin"] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** The token itself is shown once and stored hashed. */
export declare function createApiToken(
  parts: Parts,
  input: { workspaceId: string; name: string; scopes: ApiScope[]; actor: Actor },
): Promise<{ token: string; row: ApiToken }>;
export declare function readApiToken(parts: Parts, token: string): Promise<ApiToken | null>;
export declare function revokeApiToken(
  parts: Parts,
  input: { workspaceId: string; tokenId: string; actor: Actor },
): Promise<boolean>;
