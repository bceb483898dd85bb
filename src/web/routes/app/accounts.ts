import type { FastifyInstance } from "fastify";
import { accountsPage } from "../../pages/app/accounts-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";

const SHOWN = 200;

export function addAccountPages(app: FastifyInstance, parts: WebParts): void {
  app.get<{ Querystring: { search?: string } }>(
    "/accounts",
    { config: { needs: "see" } },
    async (request, reply) => {
      const { workspaceId } = sessionOf(request);
      const search = String(request.query.search ?? "")
        .trim()
        .slice(0, 100);
      const accounts = await parts.db.account.findMany({
        where: { workspaceId, ...(search === "" ? {} : { name: { contains: search, mode: "insensitive" } }) },
        include: {
          csm: { select: { name: true } },
          contacts: { select: { name: true, title: true, roles: true }, orderBy: { createdAt: "asc" } },
          cases: { where: { status: { not: "closed" } }, select: { id: true, status: true } },
        },
        orderBy: { name: "asc" },
        take: SHOWN,
      });
      return sendPage(reply, accountsPage(viewerOf(parts, request, reply), accounts, search));
    },
  );
}
