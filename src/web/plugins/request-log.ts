import type { FastifyInstance } from "fastify";

/**
 * One line per request, by route pattern: tokens stand in paths and addresses in bodies, so
 * neither the URL nor the peer's address is ever written (trust.md A22).
 */
export function addRequestLog(app: FastifyInstance): void {
  app.addHook("onResponse", async (request, reply) => {
    const line = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? "(none)",
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    };
    if (reply.statusCode >= 500) app.log.error(line, "request");
    else app.log.debug(line, "request");
  });
}
