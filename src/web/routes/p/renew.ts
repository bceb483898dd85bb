import type { FastifyInstance } from "fastify";
import { renewPageLink } from "../../../operations/renew-page-link.ts";
import { renewedPageView } from "../../pages/contact/expired-page.tsx";
import type { WrongToken } from "../../plugins/forged-links.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { readPageLink } from "./page-link.ts";

/** A fresh link by mail for who holds one that was ours. The address is never asked for and never shown. */
export function addRenewRoute(app: FastifyInstance, parts: WebParts, wrongToken: WrongToken): void {
  app.post<{ Params: { token: string } }>("/p/:token/renew", async (request, reply) => {
    const link = await readPageLink(parts, request.params.token);
    if (link.state === "unknown") return wrongToken(request);
    await renewPageLink(parts, link.page);
    return sendPage(reply, renewedPageView());
  });
}
