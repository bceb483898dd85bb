import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ApiToken } from "../../../drivers/store/generated/client.ts";
import type { Actor } from "../../../operations/actor.ts";
import { type ApiScope, readApiToken } from "../../../operations/api-tokens.ts";
import type { CountGuess } from "../../plugins/forged-links.ts";
import { Problem, refused } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";

export type ApiApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module "fastify" {
  interface FastifyRequest {
    /** The token of an API call, once it has been checked. */
    apiToken: ApiToken | null;
  }
  interface FastifyContextConfig {
    /** What a token must be allowed to; every route of the API names it, or the server does not start. */
    scope?: ApiScope;
  }
}

/** Who calls, and for which workspace. Every query of a route names this workspace (product.md decision 9). */
export function callerOf(request: FastifyRequest): { workspaceId: string; actor: Actor; tokenId: string } {
  if (request.apiToken === null) throw new Error("An API route ran without a checked token.");
  const { id, workspaceId } = request.apiToken;
  return { workspaceId, tokenId: id, actor: `token:${id}` };
}

/** Default deny: no bearer token that lives and has the scope, no answer. */
export function requireToken(app: FastifyInstance, parts: WebParts, countGuess: CountGuess): void {
  app.decorateRequest("apiToken", null);
  app.addHook("onRoute", (route) => {
    if (route.config?.scope === undefined)
      throw new Error(`${String(route.method)} ${route.url} does not say what a token needs (config.scope).`);
  });
  app.addHook("onRequest", async (request, reply) => {
    const [, given] = /^Bearer ([\w.-]{1,200})$/.exec(request.headers.authorization ?? "") ?? [];
    const token = given === undefined ? null : await readApiToken(parts, given);
    if (token === null || token.revokedAt !== null) {
      await countGuess(request);
      reply.header("www-authenticate", 'Bearer realm="baton"');
      throw refused(
        401,
        "no-token",
        "Authorization",
        "This needs a living API token.",
        "Send “Authorization: Bearer <token>”; an admin makes tokens with `baton token create`.",
      );
    }
    const { scope } = request.routeOptions.config;
    // An address without a route has none, and gets its 404 from the handler.
    if (scope !== undefined && !covers(token.scopes, scope))
      throw refused(
        403,
        "missing-scope",
        "Authorization",
        `This token may not do this: it lacks the scope “${scope}”.`,
        "Use a token that has it.",
      );
    request.apiToken = token;
  });
}

/** admin may everything, write may also read. */
function covers(scopes: readonly string[], needed: ApiScope): boolean {
  if (scopes.includes("admin")) return true;
  return scopes.includes(needed) || (needed === "read" && scopes.includes("write"));
}

export const Id = z.uuid();
export const ById = z.object({ id: Id });
export const Instant = z.iso.datetime();

/** The answers of a route, for validation and for the API's description. */
export function answers<T extends z.ZodType>(ok: T) {
  return { 200: ok, "4xx": Problem, "5xx": Problem };
}

export function created<T extends z.ZodType>(ok: T) {
  return { 201: ok, "4xx": Problem, "5xx": Problem };
}

export const KeyHeader = z.object({
  "idempotency-key": z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("The same key and the same request give the same answer once more, and nothing twice."),
});

export function whoOf(request: FastifyRequest): { workspaceId: string; actor: Actor } {
  const { workspaceId, actor } = callerOf(request);
  return { workspaceId, actor };
}

export function notFound(what: string) {
  return refused(
    404,
    "not-found",
    "id",
    `There is no such ${what} in this workspace.`,
    `List the ${what}s to find its id.`,
  );
}
