import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { Refusal } from "../operations/refusal.ts";

/** RFC 9457. `code`, `place` and `remedy` are ours: what a person or a program can act on. */
export const Problem = z
  .object({
    type: z.string().describe("A stable address that names the kind of problem."),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    place: z.string().describe("The field, header or row that is wrong."),
    remedy: z.string().describe("What to do about it."),
    errors: z.array(z.object({ place: z.string(), message: z.string() })).optional(),
  })
  .describe("An error, as RFC 9457 problem+json.");
export type Problem = z.infer<typeof Problem>;

const titles: Readonly<Record<number, string>> = {
  400: "The request cannot be read",
  401: "Sign in first",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "In conflict with what is there",
  410: "No longer here",
  413: "Too large",
  415: "Content type not accepted",
  422: "Refused",
  429: "Too many requests",
  500: "A fault on our side",
};

/** A refusal as the status a client understands. The code decides; the words are for people. */
export function statusOf(refusal: Refusal): number {
  if (/(^|-)not-found$|^unknown-|-unknown$/.test(refusal.code)) return 404;
  if (/^already-|-already-|-not-open$|-ended$|(^|-)closed$|-changed$|-running$/.test(refusal.code))
    return 409;
  return 422;
}

export function problemOf(status: number, refusal: Refusal, errors?: Problem["errors"]): Problem {
  return {
    type: `urn:baton:problem:${refusal.code}`,
    title: titles[status] ?? "Refused",
    status,
    detail: refusal.message,
    code: refusal.code,
    place: refusal.place,
    remedy: refusal.remedy,
    ...(errors === undefined ? {} : { errors }),
  };
}

/**
 * A refusal thrown out of a route, for the one error handler to answer in the manner of the
 * surface (page or API). Carries the status when the code alone does not say it.
 */
export class Refused extends Error {
  readonly problem: Refusal;
  readonly status: number;
  readonly errors: Problem["errors"];

  constructor(problem: Refusal, status = statusOf(problem), errors?: Problem["errors"]) {
    super(problem.message);
    this.name = "Refused";
    this.problem = problem;
    this.status = status;
    this.errors = errors;
  }
}

export function refused(
  status: number,
  code: string,
  place: string,
  message: string,
  remedy: string,
): Refused {
  return new Refused({ code, place, message, remedy }, status);
}

/** The success part of an operation's answer; a refusal goes to the error handler. */
export function unwrap<T extends { ok: boolean }>(result: T): Extract<T, { ok: true }> {
  if (result.ok) return result as Extract<T, { ok: true }>;
  throw new Refused((result as unknown as { problem: Refusal }).problem);
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .send(JSON.stringify(problem));
}
