import type { FastifyInstance } from "fastify";
import { valuePage } from "../../../operations/value-page.ts";
import { valueExpiredView, valuePageView } from "../../pages/contact/value-page.tsx";
import type { WrongToken } from "../../plugins/forged-links.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { PAGE_LINK_DAYS } from "./page-link.ts";

const MS_PER_DAY = 86_400_000;

/**
 * The page that a contact hands on (S0-46). Its token is of a purpose of its own, so it opens nothing else; it
 * names the page's key, so voiding the contact's links voids what they shared. Reading it is nobody's act.
 */
export function addValueRoute(app: FastifyInstance, parts: WebParts, wrongToken: WrongToken): void {
  app.get<{ Params: { token: string } }>("/v/:token", async (request, reply) => {
    const claims = parts.links.read("value", request.params.token);
    if (claims === null) return wrongToken(request);
    const ageDays = (parts.clock.now().getTime() - claims.issuedAt.getTime()) / MS_PER_DAY;
    if (ageDays > PAGE_LINK_DAYS) return sendPage(reply.code(410), valueExpiredView());
    const page = await valuePage(parts, claims.subject);
    if (page === null) return wrongToken(request);
    return sendPage(reply, valuePageView(page, reply.cspNonce.script));
  });
}
