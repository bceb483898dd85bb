import { Webhook } from "standardwebhooks";
import { type ClaimedDelivery, claimDeliveries } from "../drivers/store/webhooks.ts";
import { postWebhook, type WebhookAnswer } from "../drivers/webhooks/post-webhook.ts";
import type { Parts } from "./parts.ts";

export interface WebhookPolicy {
  /** Endpoints on private networks, for a local machine only. */
  allowPrivateNetworks: boolean;
  /** Posts at once, and claimed at once. */
  limit?: number;
  /** Machine time after which no more are taken; the next look goes on. */
  budgetMs?: number;
  timeoutMs?: number;
}

/** Waits between attempts, as Standard Webhooks proposes: about a day and a half in all. */
const RETRY_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400] as const;
const TIMEOUT_MS = 15_000;
const AT_ONCE = 50;
/** Looks come every ten seconds: one is over before the next begins, unless an endpoint is slow. */
const BUDGET_MS = 8_000;

/** Delivers what is due until nothing is left or the time is up: leased, signed (Standard Webhooks), retried with backoff, each ending kept on its row. */
export async function deliverWebhooks(
  parts: Parts,
  policy: WebhookPolicy,
): Promise<{ delivered: number; retried: number; failed: number }> {
  const { budgetMs = BUDGET_MS } = policy;
  const began = performance.now();
  const total = { delivered: 0, retried: 0, failed: 0 };
  do {
    const count = await deliverSome(parts, policy);
    if (count.delivered + count.retried + count.failed === 0) break;
    total.delivered += count.delivered;
    total.retried += count.retried;
    total.failed += count.failed;
  } while (performance.now() - began < budgetMs);
  return total;
}

async function deliverSome(
  parts: Parts,
  policy: WebhookPolicy,
): Promise<{ delivered: number; retried: number; failed: number }> {
  const timeoutMs = policy.timeoutMs ?? TIMEOUT_MS;
  const now = parts.clock.wall();
  const claimed = await claimDeliveries(parts.db, {
    now,
    // Longer than the longest post, so that nobody else takes over one that is still under way.
    leaseUntil: new Date(now.getTime() + timeoutMs * 2),
    limit: policy.limit ?? AT_ONCE,
  });
  const count = { delivered: 0, retried: 0, failed: 0 };
  await Promise.all(
    claimed.map(async (delivery) => {
      const answer = await postOne(parts, delivery, policy, timeoutMs);
      count[await keepEnding(parts, delivery, answer)] += 1;
    }),
  );
  return count;
}

async function postOne(
  parts: Parts,
  delivery: ClaimedDelivery,
  policy: WebhookPolicy,
  timeoutMs: number,
): Promise<WebhookAnswer> {
  const body = JSON.stringify(delivery.payload);
  const at = parts.clock.wall();
  const headers = {
    "content-type": "application/json",
    "user-agent": "Baton-Webhooks/1",
    "webhook-id": delivery.eventId,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(delivery.secret).sign(delivery.eventId, at, body),
  };
  const { allowPrivateNetworks } = policy;
  return postWebhook({ url: delivery.url, headers, body, timeoutMs, allowPrivateNetworks });
}

async function keepEnding(
  parts: Parts,
  delivery: ClaimedDelivery,
  answer: WebhookAnswer,
): Promise<"delivered" | "retried" | "failed"> {
  const wall = parts.clock.wall();
  const wait = RETRY_SECONDS[delivery.attempts - 1];
  const responseCode = answer.kind === "answered" ? answer.status : null;
  const error =
    answer.kind === "answered"
      ? isFine(answer.status)
        ? null
        : `answered ${answer.status}`
      : answer.message;
  // An address that may not be called will not become callable by waiting; 410 Gone says so itself.
  const final = answer.kind === "refused" || responseCode === 410 || wait === undefined;
  const ending = error === null ? "delivered" : final ? "failed" : "retried";
  await parts.db.webhookDelivery.updateMany({
    // The attempt number is the fence: whoever took over after our lease has counted on.
    where: {
      workspaceId: delivery.workspaceId,
      id: delivery.id,
      status: "planned",
      attempts: delivery.attempts,
    },
    data: {
      status: ending === "retried" ? "planned" : ending,
      leaseUntil: null,
      responseCode,
      error,
      deliveredAt: ending === "delivered" ? parts.clock.now() : null,
      nextAttemptAt:
        ending === "retried" && wait !== undefined ? new Date(wall.getTime() + wait * 1000) : null,
    },
  });
  if (ending === "failed") {
    parts.log.warn({ deliveryId: delivery.id, attempts: delivery.attempts, error }, "a webhook was given up");
  }
  return ending;
}

function isFine(status: number): boolean {
  return status >= 200 && status < 300;
}
