import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/**
 * The headers of every page (trust.md 6). Nothing is allowed that is not named: no third-party
 * resource, no inline script or style, no framing. HSTS only where the address is https, or a
 * loopback demo would lock its own port out of http.
 */
export async function addSecurityHeaders(app: FastifyInstance, baseUrl: string): Promise<void> {
  await app.register(helmet, {
    global: true,
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        // Each answer's own nonce is added to it; nothing else may run.
        // Only the request's own nonce, which the plugin adds.
        scriptSrc: [],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: baseUrl.startsWith("https:")
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
    // "no-referrer" would turn the Origin of our own form posts into "null"; this tells nobody else anything.
    referrerPolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: "deny" },
  });
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("cache-control", "no-store");
    reply.header("x-robots-tag", "noindex, nofollow");
  });
}

/** What frames a captured or previewed mail: it may look like mail, and run nothing. */
export const mailFrameHeaders = {
  enableCSPNonces: false,
  xFrameOptions: { action: "sameorigin" as const },
  referrerPolicy: { policy: "no-referrer" as const },
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'unsafe-inline'"],
      imgSrc: ["data:"],
      fontSrc: ["data:"],
      frameAncestors: ["'self'"],
      sandbox: ["allow-popups", "allow-popups-to-escape-sandbox"],
    },
  },
};
