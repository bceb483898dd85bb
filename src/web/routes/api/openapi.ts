import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform } from "fastify-type-provider-zod";

/** What whoever writes the other end of a webhook must know. */
const RECEIVING =
  "Webhooks follow Standard Webhooks. Each carries `webhook-id`, `webhook-timestamp` (seconds) and " +
  "`webhook-signature`: `v1,` and the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>`, keyed with the base64 part " +
  "of the endpoint's `whsec_…`. Check it over the body as it came, before you parse it; refuse a timestamp more " +
  "than five minutes off; keep the ids for a day or two and drop one you have seen, since an event may come again " +
  "(same id and body, a time and signature of its own). Answer 2xx within 15 seconds; anything else is tried " +
  "again for about a day and a half, 410 never.";

const PREFIX = "/api/v1";

/** Describes /api/v1 from the schemas that check it; pages are no API and stay out. Before any route. */
export async function addOpenApi(app: FastifyInstance, baseUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.0.3",
      info: {
        title: "Baton",
        version: "1",
        description:
          "Everything the pages do, for programs. Send `Authorization: Bearer <token>`; put an `Idempotency-Key` " +
          "on POST to be able to repeat it; lists are pages with `nextCursor`; errors are RFC 9457 problem+json.\n\n" +
          RECEIVING,
      },
      servers: [{ url: baseUrl }],
      components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
      security: [{ bearer: [] }],
    },
    transform: (input) =>
      input.url.startsWith(`${PREFIX}/`)
        ? jsonSchemaTransform(input)
        : { schema: { ...input.schema, hide: true }, url: input.url },
  });
}
