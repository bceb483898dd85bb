import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  claimKey,
  type HeldKey,
  type KeyInput,
  keepResponse,
  releaseKey,
} from "../../../operations/idempotency.ts";
import { refused } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { callerOf } from "./api.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set while this request is the first with its key. */
    heldKey: HeldKey | null;
  }
}

/** Idempotency-Key on every POST: the first answer is kept and given again; another body is refused. */
export function addIdempotency(app: FastifyInstance, parts: WebParts): void {
  app.decorateRequest("heldKey", null);

  app.addHook("preHandler", async (request, reply) => {
    const key = request.headers["idempotency-key"];
    if (request.method !== "POST" || typeof key !== "string") return;
    const input: KeyInput = { ...workspaceAndToken(request), key };
    const claim = await claimKey(parts, {
      ...input,
      request: { method: request.method, url: request.url, body: request.body ?? null },
    });
    switch (claim.kind) {
      case "first":
        request.heldKey = claim.held;
        return;
      case "repeat":
        return reply
          .code(claim.status)
          .header(
            "content-type",
            claim.status >= 400 ? "application/problem+json; charset=utf-8" : "application/json",
          )
          .header("idempotency-replayed", "true")
          .send(JSON.stringify(claim.response));
      case "running":
        throw refused(
          409,
          "still-running",
          "Idempotency-Key",
          "The first request with this key has not ended yet.",
          "Wait a second, then send the same request again.",
        );
      case "mismatch":
        throw refused(
          422,
          "key-reused",
          "Idempotency-Key",
          "This key was used for another request.",
          "Use a new key for a new request.",
        );
      default:
        return claim satisfies never;
    }
  });

  // After the answer is known and before it leaves: a client that never hears it can ask again.
  app.addHook("onSend", async (request, reply, payload) => {
    const held = request.heldKey;
    if (held === null) return payload;
    request.heldKey = null;
    if (reply.statusCode >= 500) await releaseKey(parts, held);
    else await keepResponse(parts, { ...held, status: reply.statusCode, response: parsed(payload) });
    return payload;
  });
}

function workspaceAndToken(request: FastifyRequest): Pick<KeyInput, "workspaceId" | "tokenId"> {
  const { workspaceId, tokenId } = callerOf(request);
  return { workspaceId, tokenId };
}

function parsed(payload: unknown): unknown {
  return typeof payload === "string" && payload !== "" ? JSON.parse(payload) : null;
}
