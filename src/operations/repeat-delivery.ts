import { recordAudit } from "../drivers/store/audit.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/**
 * Plans an ended delivery once more, with the same id and body: a receiver that has it already knows it
 * by its webhook-id (Standard Webhooks), so this can never count twice.
 */
export async function repeatDelivery(
  parts: Parts,
  input: { workspaceId: string; deliveryId: string; actor: Actor },
): Promise<Result<{ endpointId: string }>> {
  const { workspaceId, deliveryId, actor } = input;
  const result = await transact(parts, async (tx): Promise<Result<{ endpointId: string }>> => {
    const delivery = await tx.webhookDelivery.findFirst({
      where: { workspaceId, id: deliveryId },
      include: { endpoint: true },
    });
    if (delivery === null)
      return refuse("unknown-delivery", "delivery", "There is no such delivery.", "Reload the page.");
    if (delivery.endpoint.disabledAt !== null)
      return refuse(
        "webhook-off",
        "endpoint",
        "This webhook is switched off.",
        "Register the address again, then repeat the delivery there.",
      );
    const { count } = await tx.webhookDelivery.updateMany({
      where: { workspaceId, id: deliveryId, status: { not: "planned" } },
      data: { status: "planned", attempts: 0, nextAttemptAt: parts.clock.wall(), error: null },
    });
    if (count === 0)
      return refuse(
        "already-planned",
        "delivery",
        "This delivery is on its way already.",
        "Wait for its end.",
      );
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor,
      action: "webhook-delivery-repeated",
      subjectType: "webhook-delivery",
      subjectId: deliveryId,
    });
    return { ok: true, endpointId: delivery.endpointId };
  });
  if (result.ok) await parts.waker.webhooksPlanned();
  return result;
}
