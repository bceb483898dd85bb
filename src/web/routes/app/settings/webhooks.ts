import type { FastifyInstance } from "fastify";
import { DateTime } from "luxon";
import { z } from "zod";
import { disableWebhook, registerWebhook, WEBHOOK_EVENTS } from "../../../../operations/register-webhook.ts";
import { repeatDelivery } from "../../../../operations/repeat-delivery.ts";
import {
  deliveriesPage,
  type EndpointRow,
  webhooksPage,
} from "../../../pages/app/settings/webhooks-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { problemOf, statusOf, unwrap } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, pageOf, sentenceFor } from "../form.ts";

const PER_PAGE = 50;
const COUNTED_DAYS = 7;

const NewWebhook = z.object({
  url: z.string().trim().max(2000),
  events: z.preprocess(
    (given) => (given === undefined ? [] : [given].flat()),
    z.array(z.enum(WEBHOOK_EVENTS)).min(1, "choose at least one event"),
  ),
});

export function addWebhookPages(app: FastifyInstance, parts: WebParts): void {
  const admin = { config: { needs: "manage-settings" } } as const;

  app.get("/settings/webhooks", admin, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const endpoints = await listEndpoints(parts, workspaceId);
    const said = sentenceFor(request.query);
    const viewer = viewerOf(parts, request, reply);
    return sendPage(
      reply,
      webhooksPage({ viewer, endpoints, fresh: null, typedUrl: "", problem: null, said }),
    );
  });

  // Answered with the page itself: the secret is shown this once.
  app.post("/settings/webhooks", admin, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { url, events } = formOf(request, NewWebhook);
    const allowPrivateNetworks = parts.allowPrivateWebhooks;
    const made = await registerWebhook(parts, { workspaceId, url, events, allowPrivateNetworks, actor });
    const endpoints = await listEndpoints(parts, workspaceId);
    const viewer = viewerOf(parts, request, reply);
    if (!made.ok) {
      const status = statusOf(made.problem);
      const problem = problemOf(status, made.problem);
      const page = webhooksPage({ viewer, endpoints, fresh: null, typedUrl: url, problem, said: null });
      return sendPage(reply.code(status), page);
    }
    const fresh = { url, secret: made.secret };
    return sendPage(
      reply,
      webhooksPage({ viewer, endpoints, fresh, typedUrl: "", problem: null, said: null }),
    );
  });

  app.post("/settings/webhooks/:id/switch-off", admin, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    unwrap(await disableWebhook(parts, { workspaceId, endpointId: idOf(request), actor }));
    return goBack(reply, "/settings/webhooks", "switched-off");
  });

  app.get("/settings/webhooks/:id", admin, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const endpoint = await parts.db.webhookEndpoint.findFirst({ where: { workspaceId, id: idOf(request) } });
    if (endpoint === null) throw noSuchPage();
    const page = pageOf(request.query);
    const where = { workspaceId, endpointId: endpoint.id };
    const [total, deliveries] = await Promise.all([
      parts.db.webhookDelivery.count({ where }),
      parts.db.webhookDelivery.findMany({
        where,
        orderBy: { createdAt: "desc" },
        omit: { payload: true },
        skip: (page - 1) * PER_PAGE,
        take: PER_PAGE,
      }),
    ]);
    const viewer = viewerOf(parts, request, reply);
    const said = sentenceFor(request.query);
    return sendPage(
      reply,
      deliveriesPage({ viewer, endpoint, deliveries, page, perPage: PER_PAGE, total, said }),
    );
  });

  app.post("/settings/deliveries/:id/repeat", admin, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const done = unwrap(await repeatDelivery(parts, { workspaceId, deliveryId: idOf(request), actor }));
    return goBack(reply, `/settings/webhooks/${done.endpointId}`, "repeated");
  });
}

async function listEndpoints(parts: WebParts, workspaceId: string): Promise<EndpointRow[]> {
  const since = DateTime.fromJSDate(parts.clock.now()).minus({ days: COUNTED_DAYS }).toJSDate();
  const [endpoints, counts] = await Promise.all([
    parts.db.webhookEndpoint.findMany({
      where: { workspaceId },
      orderBy: { createdAt: "desc" },
      omit: { secret: true },
    }),
    parts.db.webhookDelivery.groupBy({
      by: ["endpointId", "status"],
      where: { workspaceId, createdAt: { gte: since } },
      _count: true,
    }),
  ]);
  const countOf = (endpointId: string, status: string) =>
    counts.find((row) => row.endpointId === endpointId && row.status === status)?._count ?? 0;
  return endpoints.map((endpoint) => ({
    ...endpoint,
    delivered: countOf(endpoint.id, "delivered"),
    failed: countOf(endpoint.id, "failed"),
    waiting: countOf(endpoint.id, "planned"),
  }));
}
