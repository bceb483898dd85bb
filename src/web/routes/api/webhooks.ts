import { z } from "zod";
import { disableWebhook, registerWebhook, WEBHOOK_EVENTS } from "../../../operations/register-webhook.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, ById, created, Id, Instant, KeyHeader, notFound, whoOf } from "./api.ts";
import { cursorPage, PageQuery, pageOf } from "./cursor-page.ts";

const Endpoint = z.object({
  id: Id,
  url: z.string(),
  events: z.array(z.string()),
  createdAt: Instant,
  disabledAt: Instant.nullable(),
});
const Delivery = z.object({
  id: Id,
  endpointId: Id,
  eventId: z.string(),
  eventType: z.string(),
  status: z.string(),
  attempts: z.number().int(),
  nextAttemptAt: Instant.nullable(),
  responseCode: z.number().int().nullable(),
  error: z.string().nullable(),
  createdAt: Instant,
  deliveredAt: Instant.nullable(),
});
const admin = { scope: "admin" } as const;

/** Standard Webhooks out: endpoints are an admin's business, the log is readable by all. */
export function addWebhookRoutes(app: ApiApp, parts: WebParts): void {
  const { db } = parts;
  const tags = ["webhooks"];

  app.get(
    "/webhooks",
    {
      config: { scope: "admin" },
      schema: {
        tags,
        summary: "List endpoints",
        querystring: PageQuery,
        response: answers(pageOf(Endpoint)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        db.webhookEndpoint.findMany({ where: { workspaceId, ...before }, ...window }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );

  app.post(
    "/webhooks",
    {
      config: admin,
      schema: {
        tags,
        summary: "Add an endpoint; its secret is shown this once",
        headers: KeyHeader,
        body: z.strictObject({
          url: z.url({ protocol: /^https?$/ }).max(2000),
          events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).exactOptional(),
          secret: z.string().min(24).max(200).exactOptional(),
        }),
        response: created(Endpoint.extend({ secret: z.string() })),
      },
    },
    async (request, reply) => {
      const input = { ...request.body, allowPrivateNetworks: parts.allowPrivateWebhooks, ...whoOf(request) };
      const { endpoint, secret } = unwrap(await registerWebhook(parts, input));
      return reply.code(201).send({ ...toWire(endpoint), secret });
    },
  );

  app.post(
    "/webhooks/:id/disable",
    {
      config: admin,
      schema: {
        tags,
        summary: "Stop telling this endpoint",
        params: ById,
        headers: KeyHeader,
        response: answers(Endpoint),
      },
    },
    async (request) => {
      const input = { endpointId: request.params.id, ...whoOf(request) };
      return toWire(unwrap(await disableWebhook(parts, input)).endpoint);
    },
  );

  app.get(
    "/webhooks/:id/deliveries",
    {
      config: { scope: "admin" },
      schema: {
        tags,
        summary: "The log of one endpoint",
        params: ById,
        querystring: PageQuery,
        response: answers(pageOf(Delivery)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const endpointId = request.params.id;
      const known = await db.webhookEndpoint.findFirst({ where: { workspaceId, id: endpointId } });
      if (known === null) throw notFound("webhook");
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        db.webhookDelivery.findMany({ where: { workspaceId, endpointId, ...before }, ...window }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );
}
