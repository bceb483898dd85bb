import type { FastifyInstance } from "fastify";
import type { WebParts } from "../web-parts.ts";

/** For a load balancer: is this process up, and does it reach its database. Says nothing else. */
export function addHealthRoutes(app: FastifyInstance, parts: WebParts): void {
  app.get("/health", async (_request, reply) => {
    try {
      await parts.db.$queryRaw`select 1`;
      return reply.send({ status: "ok" });
    } catch (cause) {
      parts.log.error({ err: cause }, "health: the database does not answer");
      return reply.code(503).send({ status: "database-away" });
    }
  });
  app.head("/health", async (_request, reply) => reply.code(200).send());
}
