import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { badWebhookUrl, type Resolver, resolveSafely } from "./public-address.ts";

export type WebhookAnswer =
  | { kind: "answered"; status: number }
  | { kind: "refused"; message: string }
  | { kind: "failed"; message: string };

export interface WebhookPost {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  allowPrivateNetworks: boolean;
  /** Another way to find addresses than the machine's own. */
  resolver?: Resolver;
}

/**
 * One POST to an address that somebody else chose. The connection is pinned to the checked address, and a
 * redirect is an answer like any other: following it could lead into a private network.
 */
export async function postWebhook(post: WebhookPost): Promise<WebhookAnswer> {
  const bad = badWebhookUrl(post.url, post.allowPrivateNetworks);
  if (bad !== null) return { kind: "refused", message: bad };
  const url = new URL(post.url);
  const place = await resolveSafely(url, post);
  if (!place.ok) return { kind: "refused", message: place.message };
  return send(url, place, post);
}

function send(
  url: URL,
  place: { address: string; family: 4 | 6 },
  post: WebhookPost,
): Promise<WebhookAnswer> {
  const options: RequestOptions = {
    method: "POST",
    headers: { ...post.headers, "content-length": String(Buffer.byteLength(post.body)) },
    timeout: post.timeoutMs,
    signal: AbortSignal.timeout(post.timeoutMs),
    lookup: (_name, wanted, answer) => {
      if (wanted.all === true) answer(null, [{ address: place.address, family: place.family }]);
      else answer(null, place.address, place.family);
    },
  };
  return new Promise((resolve) => {
    const outgoing = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options, (response) => {
      // The body is nobody's business and may be endless.
      response.destroy();
      resolve({ kind: "answered", status: response.statusCode ?? 0 });
    });
    outgoing.on("error", (error) => resolve({ kind: "failed", message: error.message }));
    outgoing.end(post.body);
  });
}
