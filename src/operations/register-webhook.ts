import { randomBytes } from "node:crypto";
import { recordAudit } from "../drivers/store/audit.ts";
import type { WebhookEndpoint } from "../drivers/store/generated/client.ts";
import { badWebhookUrl, resolveSafely } from "../drivers/webhooks/public-address.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export const WEBHOOK_EVENTS = ["readiness.changed", "meeting.requested", "task.changed"] as const;
/** A name that is not found by then is refused; the form can be sent again. */
const NAME_PATIENCE_MS = 5_000;

export interface RegisterWebhookInput {
  workspaceId: string;
  url: string;
  events?: (typeof WEBHOOK_EVENTS)[number][];
  /** "whsec_…"; made when absent. Shown once. */
  secret?: string;
  allowPrivateNetworks: boolean;
  actor: Actor;
}
/** Keeps an endpoint. Its name must be one that may be called now; it is checked again at every delivery. */
export async function registerWebhook(
  parts: Parts,
  input: RegisterWebhookInput,
): Promise<Result<{ endpoint: WebhookEndpoint; secret: string }>> {
  const { workspaceId, url, actor, allowPrivateNetworks } = input;
  const bad = badWebhookUrl(url, allowPrivateNetworks);
  if (bad !== null) return refuse("bad-url", "url", bad, "Use an https address of a public server.");
  const place = await resolveSafely(new URL(url), { allowPrivateNetworks, timeoutMs: NAME_PATIENCE_MS });
  if (!place.ok) return refuse("bad-url", "url", place.message, "Use an https address of a public server.");
  const secret = input.secret ?? `whsec_${randomBytes(32).toString("base64")}`;
  if (!/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret)) {
    return refuse(
      "bad-secret",
      "secret",
      "The secret is not in the form of Standard Webhooks.",
      "Leave it out; one is made.",
    );
  }
  return transact(parts, async (tx) => {
    const at = parts.clock.now();
    const endpoint = await tx.webhookEndpoint.create({
      data: { workspaceId, url, secret, events: [...(input.events ?? WEBHOOK_EVENTS)], createdAt: at },
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "webhook-registered",
      subjectType: "webhook-endpoint",
      subjectId: endpoint.id,
      after: { url, events: endpoint.events },
    });
    return { ok: true, endpoint, secret };
  });
}

/** Nothing more is planned for it; what is planned ends as failed. */
export function disableWebhook(
  parts: Parts,
  input: { workspaceId: string; endpointId: string; actor: Actor },
): Promise<Result<{ endpoint: WebhookEndpoint }>> {
  const { workspaceId, endpointId, actor } = input;
  return transact(parts, async (tx) => {
    const at = parts.clock.now();
    const before = await tx.webhookEndpoint.findFirst({ where: { workspaceId, id: endpointId } });
    if (before === null)
      return refuse("unknown-endpoint", "endpointId", "There is no such webhook.", "Reload the page.");
    const endpoint = await tx.webhookEndpoint.update({
      where: { id: endpointId },
      data: { disabledAt: before.disabledAt ?? at },
    });
    await tx.webhookDelivery.updateMany({
      where: { workspaceId, endpointId, status: "planned" },
      data: {
        status: "failed",
        error: "the webhook was switched off",
        nextAttemptAt: null,
        leaseUntil: null,
      },
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "webhook-disabled",
      subjectType: "webhook-endpoint",
      subjectId: endpointId,
      before: { disabledAt: before.disabledAt },
      after: { disabledAt: endpoint.disabledAt },
    });
    return { ok: true, endpoint };
  });
}
