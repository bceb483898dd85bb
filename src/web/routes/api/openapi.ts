import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform } from "fastify-type-provider-zod";

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
          "on POST to be able to repeat it; lists are pages with `nextCursor`; errors are RFC 9457 problem+json.",
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
