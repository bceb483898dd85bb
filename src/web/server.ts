import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
} from "fastify";
import { addAssets } from "./assets.ts";
import { addAnswers } from "./plugins/answers.ts";
import { makeCountGuess, makeWrongToken } from "./plugins/forged-links.ts";
import { addRequestLog } from "./plugins/request-log.ts";
import { addSecurityHeaders } from "./plugins/security-headers.ts";
import { requireSession } from "./plugins/session-guard.ts";
import { addDocsRoutes } from "./routes/api/docs.ts";
import { addOpenApi } from "./routes/api/openapi.ts";
import { addApi } from "./routes/api/register.ts";
import { addAppRoutes } from "./routes/app/register.ts";
import { addRedirectRoutes } from "./routes/c/redirect.ts";
import { addHealthRoutes } from "./routes/health.ts";
import { addContactRoutes } from "./routes/p/contact.ts";
import { addRenewRoute } from "./routes/p/renew.ts";
import { addSignInRoutes } from "./routes/sign-in.ts";
import { addUnsubscribeRoutes } from "./routes/u/unsubscribe.ts";
import type { WebParts } from "./web-parts.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Every address that GET answers: what a list of all pages is held against. */
    readableRoutes: string[];
  }
}

const MAX_BODY_BYTES = 256 * 1024;
/** A route that takes a file also raises its own `bodyLimit`. */
const FILE_LIMITS = { files: 1, fileSize: 10 * 1024 * 1024, fields: 60, fieldSize: 256 * 1024, parts: 64 };

/**
 * The HTTP side, ready to listen. `close()` stops taking requests and finishes those in flight.
 * HEAD never runs a GET handler: each tracked address answers it by itself (trust.md 0.9).
 */
export async function buildServer(parts: WebParts): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = parts.log;
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: parts.trustedProxies.length === 0 ? false : [...parts.trustedProxies],
    exposeHeadRoutes: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 30_000,
    return503OnClosing: true,
    routerOptions: { maxParamLength: 256 },
  });
  app.decorate("readableRoutes", []);
  app.addHook("onRoute", ({ method, url }) => {
    if ([method].flat().includes("GET")) app.readableRoutes.push(url);
  });
  addAnswers(app);
  addRequestLog(app);
  await addSecurityHeaders(app, parts.baseUrl);
  await app.register(rateLimit, { global: false });
  await addOpenApi(app, parts.baseUrl);

  addAssets(app);
  addHealthRoutes(app, parts);
  addDocsRoutes(app);
  const countGuess = makeCountGuess(app);
  await addApi(app, parts, countGuess);

  const wrongToken = makeWrongToken(countGuess);
  addRedirectRoutes(app, parts, wrongToken);
  await addUnsubscribeRoutes(app, parts, wrongToken);
  const signedPages: FastifyPluginAsync = async (pages) => {
    await takeForms(pages);
    addContactRoutes(pages, parts, wrongToken);
    addRenewRoute(pages, parts, wrongToken);
  };
  await app.register(signedPages);
  app.decorate("guardedRoutes", []);
  const guardedPages: FastifyPluginAsync = async (pages) => {
    // A few forms of the app carry a file; its bytes arrive as a Buffer in the body, beside the fields.
    await pages.register(multipart, { attachFieldsToBody: "keyValues", limits: FILE_LIMITS });
    requireSession(pages, parts);
    addAppRoutes(pages, parts);
  };
  const appPages: FastifyPluginAsync = async (pages) => {
    await takeForms(pages);
    await pages.register(cookie);
    addSignInRoutes(pages, parts, countGuess);
    await pages.register(guardedPages);
  };
  await app.register(appPages);
  return app;
}

/** Pages take forms and nothing else: no JSON, no text/plain that a foreign form could send (trust.md A16). */
async function takeForms(pages: FastifyInstance): Promise<void> {
  pages.removeAllContentTypeParsers();
  await pages.register(formbody);
}
