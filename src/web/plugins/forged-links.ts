import "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { refused } from "../problem.ts";

/** Wrong tokens from one peer in a minute before it is asked to slow down. Right tokens are never counted. */
const WRONG_TOKENS_PER_MINUTE = 120;

export type WrongToken = (request: FastifyRequest) => Promise<never>;

export type CountGuess = (request: FastifyRequest) => Promise<void>;

/** Counts what was not ours, by the peer's address; throws 429 when somebody is guessing (trust.md A4). */
export function makeCountGuess(app: FastifyInstance): CountGuess {
  const keyGenerator = (request: FastifyRequest) => `guess:${request.ip}`;
  const check = app.createRateLimit({ max: WRONG_TOKENS_PER_MINUTE, timeWindow: "1 minute", keyGenerator });
  return async (request) => {
    const allowed = await check(request);
    if (!allowed.isAllowed && "isExceeded" in allowed && allowed.isExceeded)
      throw refused(
        429,
        "too-many",
        "address",
        "Too many wrong addresses.",
        "Wait a minute, then try again.",
      );
  };
}

/** Answers a token that is not ours: always the same 404, until somebody is guessing. */
export function makeWrongToken(countGuess: CountGuess): WrongToken {
  return async (request) => {
    await countGuess(request);
    throw refused(
      404,
      "not-found",
      "address",
      "There is nothing at this address.",
      "Check the address, or open the newest mail you have from us and use its link.",
    );
  };
}
