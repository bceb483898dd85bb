import type { WebhookEndpoint } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export const WEBHOOK_EVENTS = ["readiness.changed", "meeting.requested"] as const;
export interface RegisterWebhookInput {
  workspaceId: string;
  url: string;
  events?: (typeof WEBHOOK_EVENTS)[number][];
  /** "whsec_…"; made when absent. Shown once. */
  secret?: string;
  allowPrivateNetworks: boolean;
  actor: Actor;
}
export declare function registerWebhook(
  parts: Parts,
  input: RegisterWebhookInput,
): Promise<Result<{ endpoint: WebhookEndpoint; secret: string }>>;
export declare function disableWebhook(
  parts: Parts,
  input: { workspaceId: string; endpointId: string; actor: Actor },
): Promise<Result<{ endpoint: WebhookEndpoint }>>;
