import type { FastifyRequest } from "fastify";
import type { WrongToken } from "../../plugins/forged-links.ts";
import { refused } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { type OpenPage, readPageLink } from "./page-link.ts";

export interface Token {
  Params: { token: string };
}

/** The path of the page, from the route's own parts: never from a header. */
export function addressOf(request: FastifyRequest<Token>): `/p/${string}` {
  return `/p/${encodeURIComponent(request.params.token)}`;
}

/** The page that a link opens today. Throws 404 for what is not ours, 410 for what is too old. */
export async function openPage(
  parts: WebParts,
  wrongToken: WrongToken,
  request: FastifyRequest<Token>,
): Promise<OpenPage> {
  const link = await readPageLink(parts, request.params.token);
  if (link.state === "unknown") return wrongToken(request);
  if (link.state === "expired")
    throw refused(
      410,
      "link-expired",
      "address",
      "This link is too old to be used.",
      "Open the newest mail you have from us, or ask for a fresh link on the page itself.",
    );
  return link.page;
}
