import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Capability, may, rolesThatMay } from "../../domain/access/capabilities.ts";
import type { User } from "../../drivers/store/generated/client.ts";
import type { Actor } from "../../operations/actor.ts";
import { readSession } from "../../operations/consume-sign-in.ts";
import { roleWords, type Viewer } from "../pages/layout.tsx";
import { refused } from "../problem.ts";
import { seeOther } from "../send-page.ts";
import type { WebParts } from "../web-parts.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The signed-in person, once the guard has let the request through. */
    session: { user: User; workspaceId: string; csrf: string; token: string } | null;
  }
  interface FastifyInstance {
    /** Every page of the app and what it needs: what the walk over routes and roles goes by. */
    guardedRoutes: GuardedRoute[];
  }
  interface FastifyContextConfig {
    /** What the reader's roles must grant; every page of the app names it, or the server does not start. */
    needs?: Capability | "signed-in";
  }
}

export interface GuardedRoute {
  readonly method: string;
  readonly url: string;
  readonly needs: Capability | "signed-in";
}

/** `__Host-` binds the cookie to this host and to https; browsers refuse that name on plain http. */
export function cookieName(baseUrl: string): string {
  return baseUrl.startsWith("https:") ? "__Host-baton" : "baton";
}

export function setSessionCookie(reply: FastifyReply, baseUrl: string, token: string): void {
  reply.setCookie(cookieName(baseUrl), token, sessionCookie(baseUrl));
}

/** With the attributes it was set with: a browser does not let go of a `__Host-` cookie otherwise. */
export function clearSessionCookie(reply: FastifyReply, baseUrl: string): void {
  reply.clearCookie(cookieName(baseUrl), sessionCookie(baseUrl));
}

function sessionCookie(baseUrl: string) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: baseUrl.startsWith("https:") } as const;
}

/** Names the browser that asked for a sign-in link; the link works in no other (trust.md 6). */
export function askedCookie(baseUrl: string): string {
  return `${cookieName(baseUrl)}-asked`;
}

export function setAskedCookie(reply: FastifyReply, baseUrl: string, browser: string): void {
  const secure = baseUrl.startsWith("https:");
  const maxAge = 15 * 60;
  reply.setCookie(askedCookie(baseUrl), browser, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure,
    maxAge,
  });
}

/** Only who holds the session's cookie can know it, and it gives nothing of the cookie away. */
export function csrfOf(sessionToken: string): string {
  return createHash("sha256").update(`baton-csrf:${sessionToken}`).digest("base64url");
}

/** Default deny for every page of the app; unsafe methods also need our Origin and the form's token. */
export function requireSession(app: FastifyInstance, parts: WebParts): void {
  app.decorateRequest("session", null);

  app.addHook("onRoute", (route) => {
    const needs = route.config?.needs;
    if (needs === undefined)
      throw new Error(`${String(route.method)} ${route.url} does not say what it needs (config.needs).`);
    for (const method of [route.method].flat()) app.guardedRoutes.push({ method, url: route.url, needs });
  });

  app.addHook("onRequest", async (request, reply) => {
    if (request.method !== "GET") requireOrigin(parts.baseUrl, request);
    const token = request.cookies[cookieName(parts.baseUrl)];
    const session = token === undefined ? null : await readSession(parts, token);
    if (token === undefined || session === null) {
      if (request.method === "GET" && request.url === "/") return seeOther(reply, "/sign-in");
      if (isPlainForm(request)) return undefined;
      throw notSignedIn();
    }
    request.session = { user: session.user, workspaceId: session.workspaceId, csrf: csrfOf(token), token };
    requireRole(request, session.user);
    return undefined;
  });

  // A form of somebody whose session has ended is read before it is refused: what they wrote is shown to them again.
  app.addHook("preValidation", async (request) => {
    if (request.session === null) throw notSignedIn();
  });

  app.addHook("preHandler", async (request) => {
    if (request.method === "GET" || request.session === null) return;
    const body: unknown = request.body;
    const given = typeof body === "object" && body !== null && "csrf" in body ? String(body.csrf) : "";
    if (!equal(given, request.session.csrf))
      throw refused(
        403,
        "forged-form",
        "csrf",
        "This form did not come from a page of this session.",
        "Go back, reload the page and send the form again.",
      );
  });
}

const notSignedIn = () =>
  refused(
    401,
    "not-signed-in",
    "session",
    "This page is for people who are signed in.",
    "Sign in again; a session ends after 12 idle hours.",
  );

/** Of our own origin, checked before, and without files. */
function isPlainForm(request: FastifyRequest): boolean {
  const type = request.headers["content-type"] ?? "";
  return request.method === "POST" && type.startsWith("application/x-www-form-urlencoded");
}

function requireRole(request: FastifyRequest, user: User): void {
  const needs = request.routeOptions.config.needs;
  if (needs === "signed-in" || (needs !== undefined && may(user.roles, needs))) return;
  const who = needs === undefined ? "Nobody" : rolesThatMay(needs).map(roleWords).join(", ");
  throw refused(
    403,
    "not-your-role",
    "role",
    "Your role does not include this.",
    `It is for: ${who}. An admin changes roles under Settings, Users.`,
  );
}

/** The browser names where a form came from; a form of another site, or of nowhere, is refused (trust.md A16). */
export function requireOrigin(baseUrl: string, request: FastifyRequest): void {
  const { origin } = request.headers;
  if (origin !== undefined && sameOrigin(origin, baseUrl)) return;
  throw refused(
    403,
    "other-origin",
    "Origin",
    "This form was sent from another place than these pages.",
    `Open ${baseUrl} and use the form there.`,
  );
}

/** localhost, 127.0.0.1 and [::1] are one machine: whichever the person typed, the port must be ours. */
function sameOrigin(origin: string, baseUrl: string): boolean {
  const own = new URL(baseUrl);
  if (origin === own.origin) return true;
  if (!URL.canParse(origin)) return false;
  const given = new URL(origin);
  return (
    isLoopback(own.hostname) &&
    isLoopback(given.hostname) &&
    given.port === own.port &&
    given.protocol === own.protocol
  );
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}

function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function sessionOf(request: FastifyRequest): {
  user: User;
  workspaceId: string;
  csrf: string;
  token: string;
  actor: Actor;
} {
  if (request.session === null) throw new Error("A page of the app ran without a session.");
  return { ...request.session, actor: `user:${request.session.user.id}` };
}

export function viewerOf(parts: WebParts, request: FastifyRequest, reply: FastifyReply): Viewer {
  const { user, csrf } = sessionOf(request);
  return {
    userId: user.id,
    userName: user.name,
    roles: user.roles,
    zone: user.zone,
    csrf,
    nonce: reply.cspNonce.script,
    demo: parts.demo?.state() ?? null,
    hasMailbox: parts.mailbox !== null,
    path: request.url.split("?")[0] ?? "/",
  };
}
