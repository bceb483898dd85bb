import type { FastifyInstance } from "fastify";
import { z } from "zod";
import {
  API_SCOPES,
  createApiToken,
  listApiTokens,
  revokeApiToken,
} from "../../../../operations/api-tokens.ts";
import { tokensPage } from "../../../pages/app/settings/tokens-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, sentenceFor } from "../form.ts";

const NewToken = z.object({
  name: z.string().trim().min(1, "say what it is for").max(80),
  scopes: z.preprocess(
    (given) => (given === undefined ? [] : [given].flat()),
    z.array(z.enum(API_SCOPES)).min(1, "choose at least one thing it may do"),
  ),
});

export function addTokenPages(app: FastifyInstance, parts: WebParts): void {
  const admin = { config: { needs: "manage-settings" } } as const;

  app.get("/settings/tokens", admin, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const tokens = await listApiTokens(parts, workspaceId);
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, tokensPage({ viewer, tokens, fresh: null, said: sentenceFor(request.query) }));
  });

  // Answered with the page itself: the token must stand in no address and in no second answer.
  app.post("/settings/tokens", admin, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { name, scopes } = formOf(request, NewToken);
    const { token } = await createApiToken(parts, { workspaceId, name, scopes, actor });
    const tokens = await listApiTokens(parts, workspaceId);
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, tokensPage({ viewer, tokens, fresh: { name, token }, said: null }));
  });

  app.post("/settings/tokens/:id/revoke", admin, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const tokenId = idOf(request);
    const known = await parts.db.apiToken.findFirst({ where: { workspaceId, id: tokenId } });
    if (known === null) throw noSuchPage();
    await revokeApiToken(parts, { workspaceId, tokenId, actor });
    return goBack(reply, "/settings/tokens", "revoked");
  });
}
