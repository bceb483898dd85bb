import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import { unsubscribe } from "../../../operations/unsubscribe.ts";
import { unsubscribedView, unsubscribeView } from "../../pages/contact/unsubscribe-page.tsx";
import type { WrongToken } from "../../plugins/forged-links.ts";
import { keepHit } from "../../raw-hit.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";

interface Token {
  Params: { token: string };
}

/**
 * RFC 8058. Mail programs post here with no cookie, no origin and either form encoding, or no body
 * at all; each is answered 200 at once, however often. GET and HEAD only look. Tokens never expire.
 */
export async function addUnsubscribeRoutes(
  app: FastifyInstance,
  parts: WebParts,
  wrongToken: WrongToken,
): Promise<void> {
  const unsubscribing: FastifyPluginAsync = async (scope) => {
    // The token says everything; whatever the body is, it is read to its end and dropped.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: 64 * 1024 }, async () => null);

    scope.head<Token>("/u/:token", async (request, reply) => {
      const claims = parts.links.read("unsubscribe", request.params.token);
      if (claims === null) return wrongToken(request);
      await keepHit(parts, request, { sendId: claims.subject, target: "unsubscribe" });
      return reply.code(200).send();
    });

    scope.get<Token>("/u/:token", async (request, reply) => {
      const claims = parts.links.read("unsubscribe", request.params.token);
      if (claims === null) return wrongToken(request);
      const send = await parts.db.send.findUnique({ where: { id: claims.subject }, select: { id: true } });
      if (send === null) return wrongToken(request);
      await keepHit(parts, request, { sendId: send.id, target: "unsubscribe" });
      return sendPage(reply, unsubscribeView(`/u/${encodeURIComponent(request.params.token)}`));
    });

    scope.post<Token>("/u/:token", async (request, reply) => {
      const claims = parts.links.read("unsubscribe", request.params.token);
      if (claims === null) return wrongToken(request);
      const result = await unsubscribe(parts, { sendId: claims.subject, source: "one-click" });
      if (!result.done) return wrongToken(request);
      return sendPage(reply, unsubscribedView());
    });
  };
  await app.register(unsubscribing);
}
