import type { FastifyInstance } from "fastify";
import { findDestination } from "../../../operations/record-hit.ts";
import type { WrongToken } from "../../plugins/forged-links.ts";
import { keepHit } from "../../raw-hit.ts";
import type { WebParts } from "../../web-parts.ts";

interface Token {
  Params: { token: string };
}
/** Position of the link that no person sees: whoever follows it is a program (domain.md B3). */
export const HONEYPOT_POSITION = 65_535;

/** The redirector. The address comes from the stored link of the frozen step, never from the request (trust.md A2). */
export function addRedirectRoutes(app: FastifyInstance, parts: WebParts, wrongToken: WrongToken): void {
  app.get<Token>("/c/:token", async (request, reply) => {
    const claims = parts.links.read("link", request.params.token);
    if (claims === null) return wrongToken(request);
    const { subject: sendId, position } = claims;
    if (position === HONEYPOT_POSITION) {
      await keepHit(parts, request, { sendId, target: "honeypot", position });
      return wrongToken(request);
    }
    const destination = await findDestination(parts, { sendId, position });
    if (destination === null) return wrongToken(request);
    await keepHit(parts, request, { sendId, target: "link", position });
    return reply.code(302).header("location", destination).header("referrer-policy", "no-referrer").send();
  });

  app.head<Token>("/c/:token", async (request, reply) => {
    const claims = parts.links.read("link", request.params.token);
    if (claims === null) return wrongToken(request);
    const { subject: sendId, position } = claims;
    const destination = await findDestination(parts, { sendId, position });
    await keepHit(parts, request, {
      sendId,
      target: position === HONEYPOT_POSITION ? "honeypot" : "link",
      position,
    });
    // No location: a program that only looks is told that the link lives, not where it leads.
    return reply.code(destination === null ? 404 : 200).send();
  });
}
