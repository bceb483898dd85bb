import type { Parts } from "./parts.ts";

export interface WebhookPolicy {
  /** Endpoints on private networks, for a local machine only. */
  allowPrivateNetworks: boolean;
  limit?: number;
  timeoutMs?: number;
}
/** Delivers what is due: leased, signed (Standard Webhooks), retried with backoff, each ending kept on its row. */
export declare function deliverWebhooks(
  parts: Parts,
  policy: WebhookPolicy,
): Promise<{ delivered: number; retried: number; failed: number }>;
