import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { consumeSignIn, endAllSessions, endSession } from "../../operations/consume-sign-in.ts";
import { issueSignInLink } from "../../operations/issue-sign-in-link.ts";
import { signInOverPage, signInPage, signInSentPage, signInTokenPage } from "../pages/app/sign-in-page.tsx";
import type { CountGuess } from "../plugins/forged-links.ts";
import {
  askedCookie,
  clearSessionCookie,
  requireOrigin,
  sessionOf,
  setAskedCookie,
  setSessionCookie,
} from "../plugins/session-guard.ts";
import { refused } from "../problem.ts";
import { seeOther, sendPage } from "../send-page.ts";
import type { WebParts } from "../web-parts.ts";
import { formValues } from "./p/read-act.ts";

interface Token {
  Params: { token: string };
}

/**
 * Sign-in by a mailed link. Scanners open links, so opening one signs nobody in: the button does,
 * once (trust.md 0.8). Asking is answered the same for every address (A13).
 */
export function addSignInRoutes(app: FastifyInstance, parts: WebParts, countGuess: CountGuess): void {
  const captured = parts.mailbox !== null;
  const perAddress = app.createRateLimit({
    max: 5,
    timeWindow: "15 minutes",
    keyGenerator: (request) => `address:${emailIn(request.body).toLowerCase()}`,
  });
  const issuing = new Set<Promise<void>>();
  /** A server that stops first ends what it has promised. */
  app.addHook("onClose", () => Promise.allSettled(issuing));
  const afterwards = (act: () => Promise<void>) => {
    setImmediate(() => {
      const running: Promise<void> = act().finally(() => issuing.delete(running));
      issuing.add(running);
    });
  };
  const perPeer = app.createRateLimit({ max: 20, timeWindow: "15 minutes" });

  app.get("/sign-in", async (_request, reply) => sendPage(reply, signInPage({ captured })));

  app.post("/sign-in", async (request, reply) => {
    requireOrigin(parts.baseUrl, request);
    const email = emailIn(request.body);
    for (const check of [perPeer, perAddress]) {
      const allowed = await check(request);
      if (!allowed.isAllowed && allowed.isExceeded)
        throw refused(429, "too-many", "email", "Too many sign-in mails were asked for.", "Wait 15 minutes.");
    }
    const browser = request.cookies[askedCookie(parts.baseUrl)] ?? randomBytes(32).toString("base64url");
    setAskedCookie(reply, parts.baseUrl, browser);
    if (email !== "") afterwards(() => issue(parts, { email, browser }));
    return sendPage(reply, signInSentPage({ captured }));
  });

  app.get<Token>("/sign-in/:token", async (request, reply) =>
    sendPage(reply, signInTokenPage(`/sign-in/${encodeURIComponent(request.params.token)}`)),
  );

  app.post<Token>("/sign-in/:token", async (request, reply) => {
    requireOrigin(parts.baseUrl, request);
    const signedIn = await consumeSignIn(parts, {
      token: request.params.token,
      browser: request.cookies[askedCookie(parts.baseUrl)],
    });
    if (signedIn === null) {
      await countGuess(request);
      return sendPage(reply.code(410), signInOverPage());
    }
    setSessionCookie(reply, parts.baseUrl, signedIn.sessionToken);
    return seeOther(reply, "/");
  });
}

/** Inside the guarded part: needs a session and its form token. */
export function addSignOutRoute(app: FastifyInstance, parts: WebParts): void {
  app.post("/sign-out", { config: { needs: "signed-in" } }, async (request, reply) => {
    const { token, workspaceId, user } = sessionOf(request);
    if (formValues(request.body)["everywhere"]?.[0] === "yes")
      await endAllSessions(parts, { workspaceId, userId: user.id });
    else await endSession(parts, token);
    clearSessionCookie(reply, parts.baseUrl);
    return seeOther(reply, "/sign-in");
  });
}

/**
 * The link is made after the answer has left, so that the time an answer takes tells nobody which addresses are
 * known (trust.md A13). What goes wrong is ours to see: who asked asks again.
 */
async function issue(parts: WebParts, asked: { email: string; browser: string }): Promise<void> {
  try {
    await issueSignInLink(parts, { workspaceId: parts.workspaceId, byMail: true, ...asked });
  } catch (cause) {
    parts.log.error({ err: cause }, "a sign-in link could not be made");
  }
}

function emailIn(body: unknown): string {
  return formValues(body)["email"]?.[0]?.trim().slice(0, 254) ?? "";
}
