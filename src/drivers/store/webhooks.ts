import type { Prisma, PrismaClient, WebhookEndpoint } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export interface PlannedEvent {
  workspaceId: string;
  /** The webhook-id header: the same on every attempt. */
  eventId: string;
  eventType: string;
  payload: object;
  at: Date;
  /** Machine time. */
  nextAttemptAt: Date;
}

/** One duty per endpoint that wants this kind of event; the unique key makes planning twice harmless. */
export async function planDeliveries(db: Db, event: PlannedEvent): Promise<string[]> {
  const endpoints = await listEndpoints(db, event.workspaceId);
  const rows = await db.webhookDelivery.createManyAndReturn({
    data: endpoints
      .filter((endpoint) => endpoint.events.length === 0 || endpoint.events.includes(event.eventType))
      .map((endpoint) => ({
        workspaceId: event.workspaceId,
        endpointId: endpoint.id,
        eventId: event.eventId,
        eventType: event.eventType,
        payload: event.payload,
        nextAttemptAt: event.nextAttemptAt,
        createdAt: event.at,
      })),
    skipDuplicates: true,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Those that are still on. */
export function listEndpoints(db: Db, workspaceId: string): Promise<WebhookEndpoint[]> {
  return db.webhookEndpoint.findMany({ where: { workspaceId, disabledAt: null }, orderBy: { id: "asc" } });
}

export interface ClaimedDelivery {
  id: string;
  workspaceId: string;
  eventId: string;
  payload: unknown;
  attempts: number;
  url: string;
  secret: string;
  createdAt: Date;
}

/**
 * Takes due deliveries for one worker: the lease keeps others away and lets them take over when it runs out.
 * Times are machine times.
 */
export function claimDeliveries(
  db: Db,
  claim: { now: Date; leaseUntil: Date; limit: number },
): Promise<ClaimedDelivery[]> {
  return db.$queryRaw<ClaimedDelivery[]>`
    UPDATE webhook_delivery AS d
       SET "leaseUntil" = ${claim.leaseUntil}, attempts = d.attempts + 1
      FROM webhook_endpoint AS e
     WHERE e.id = d."endpointId" AND e."workspaceId" = d."workspaceId"
       AND d.id IN (
         SELECT id FROM webhook_delivery
          WHERE status = 'planned' AND "nextAttemptAt" <= ${claim.now}
            AND ("leaseUntil" IS NULL OR "leaseUntil" <= ${claim.now})
          ORDER BY "nextAttemptAt" LIMIT ${claim.limit} FOR UPDATE SKIP LOCKED)
    RETURNING d.id, d."workspaceId", d."eventId", d.payload, d.attempts, d."createdAt", e.url, e.secret`;
}
