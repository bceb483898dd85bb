import { createHmac } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { type RawHit, recordHit } from "../operations/record-hit.ts";
import type { WebParts } from "./web-parts.ts";

/** Raw requests kept per mail and hour. The visitor is never refused; only the recording is capped. */
const RECORDED_PER_HOUR = 200;
const recent = new Map<string, { hour: number; count: number }>();

/** Keeps what the request looked like. A visitor never waits for a fault of the recorder, nor learns of it. */
export async function keepHit(
  parts: WebParts,
  request: FastifyRequest,
  hit: Pick<RawHit, "sendId" | "target"> & { position?: number },
): Promise<void> {
  if (!underCap(hit.sendId, parts.clock.wall())) return;
  try {
    await recordHit(parts, { ...hit, method: request.method, ...lookOf(parts, request) });
  } catch (cause) {
    parts.log.warn({ err: cause }, "a raw hit was not recorded");
  }
}

function lookOf({ secret, networks }: WebParts, request: FastifyRequest) {
  const { headers } = request;
  const purpose = headers["sec-purpose"] ?? headers["purpose"];
  return {
    // Attacker-controlled text: cut here, escaped where shown.
    userAgent: (headers["user-agent"] ?? "").slice(0, 400),
    acceptLanguage: headers["accept-language"]?.slice(0, 100) ?? null,
    purpose: typeof purpose === "string" ? purpose.slice(0, 100) : null,
    // The visitor's address as the trusted proxies tell it. Its network's name is kept, and its hash; never itself.
    network: networks(request.ip),
    ipHash: createHmac("sha256", secret).update(`hit:${request.ip}`).digest("base64url").slice(0, 22),
  };
}

function underCap(sendId: string, wall: Date): boolean {
  const hour = Math.floor(wall.getTime() / 3_600_000);
  const entry = recent.get(sendId);
  if (entry === undefined || entry.hour !== hour) {
    // Forgetting everything now and then only means that a few more rows are kept.
    if (recent.size > 50_000) recent.clear();
    recent.set(sendId, { hour, count: 1 });
    return true;
  }
  entry.count += 1;
  return entry.count <= RECORDED_PER_HOUR;
}
