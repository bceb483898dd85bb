import type { Parts } from "./parts.ts";

export type Claim =
  /** Do it, then `keepResponse`. */
  | { kind: "first" }
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
export declare function claimKey(parts: Parts, input: KeyInput & { request: unknown }): Promise<Claim>;
export declare function keepResponse(
  parts: Parts,
  input: KeyInput & { status: number; response: unknown },
): Promise<void>;
/** After a fault: the key may be used again. */
export declare function releaseKey(parts: Parts, input: KeyInput): Promise<void>;
