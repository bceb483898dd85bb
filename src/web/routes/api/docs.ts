import type { FastifyInstance } from "fastify";
import { docsGroupPage, docsPage } from "../../pages/api-docs-page.tsx";
import { refused } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";

/** The description for programs, and the same one to read. Open to all: it names no data. */
export function addDocsRoutes(app: FastifyInstance): void {
  app.get("/api/openapi.json", async (_request, reply) =>
    reply.header("content-type", "application/json; charset=utf-8").send(JSON.stringify(app.swagger())),
  );
  app.get("/api/docs", async (_request, reply) => sendPage(reply, docsPage(app.swagger())));
  app.get<{ Params: { group: string } }>("/api/docs/:group", async (request, reply) => {
    const page = docsGroupPage(app.swagger(), request.params.group);
    if (page === null)
      throw refused(404, "not-found", "address", "The API has no such part.", "Choose one on /api/docs.");
    return sendPage(reply, page);
  });
}
