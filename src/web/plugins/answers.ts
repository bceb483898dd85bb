import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { expiredPageView } from "../pages/contact/expired-page.tsx";
import { problemPage } from "../pages/problem-page.tsx";
import { refusedFormPage } from "../pages/refused-form-page.tsx";
import { type Typed, writtenIn } from "../pages/what-you-wrote.tsx";
import { type Problem, problemOf, Refused, refused, sendProblem } from "../problem.ts";
import { sendPage } from "../send-page.ts";

const wantsJson = (request: FastifyRequest) => request.url.startsWith("/api/");

/** The one place where what went wrong becomes an answer: a kind page for people, problem+json for programs. */
export function addAnswers(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const refusal = refusedFrom(error);
    // The stack goes to the log, never to the reader.
    if (refusal.status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, "fault");
    return answer(request, reply, problemOf(refusal.status, refusal.problem, refusal.errors));
  });

  app.setNotFoundHandler((request, reply) => answer(request, reply, notHere()));
}

/** The same body for everything that is not there, so nobody learns which tokens or ids exist. */
export function notHere(): Problem {
  return problemOf(404, {
    code: "not-found",
    place: "address",
    message: "There is nothing at this address.",
    remedy: "Check the address, or open the newest mail you have from us and use its link.",
  });
}

export function answer(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  if (reply.sent) return reply;
  if (wantsJson(request)) return sendProblem(reply, problem);
  const typed = correctable(request, problem) ? typedIn(request.body) : [];
  if (typed.some(({ name }) => name === "csrf"))
    return sendPage(
      reply.code(problem.status),
      refusedFormPage({ problem, action: request.url, back: backOf(typed), typed }),
    );
  const written = request.method === "POST" && isTooLate(problem) ? writtenIn(typedIn(request.body)) : [];
  if (request.method === "POST" && problem.code === "link-expired")
    return sendPage(reply.code(problem.status), expiredPageView(pageOf(request.url), written));
  return sendPage(
    reply.code(problem.status),
    problemPage(problem, (request.session ?? null) !== null, written),
  );
}

/** The form came after the door had closed: the link or the session had ended while its reader was writing. */
function isTooLate({ code }: Problem): boolean {
  return code === "link-expired" || code === "not-signed-in" || code === "forged-form";
}

/** The page that a signed link opens, whichever of its places was posted to. */
function pageOf(url: string): string {
  return url.split("?", 1)[0]?.split("/").slice(0, 3).join("/") ?? "/";
}

/** Only a form that reached its handler, from somebody signed in, and was refused for what is in it. */
function correctable(request: FastifyRequest, problem: Problem): boolean {
  const signedIn = (request.session ?? null) !== null;
  return request.method === "POST" && signedIn && (problem.status === 422 || problem.status === 409);
}

/** Every text field in the order it was posted; files are not kept. */
function typedIn(body: unknown): Typed[] {
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one): one is string => typeof one === "string")
      .map((one) => ({ name, value: one })),
  );
}

/** The page the form stood on, if it named one of ours. */
function backOf(typed: readonly Typed[]): string {
  const back = typed.find(({ name }) => name === "back")?.value ?? "/";
  return /^\/(?![/\\])/.test(back) ? back : "/";
}

function refusedFrom(error: FastifyError | Error): Refused {
  if (error instanceof Refused) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error);
  const status = "statusCode" in error ? (error.statusCode ?? 500) : 500;
  switch (status) {
    case 400:
      return refused(400, "unreadable", "body", "The request could not be read.", "Send it again, whole.");
    case 413:
      return refused(413, "too-large", "body", "That is more than we can take at once.", "Send less text.");
    case 415:
      return refused(
        415,
        "content-type",
        "Content-Type",
        "This content type is not accepted here.",
        wantsJsonRemedy,
      );
    case 429:
      return refused(
        429,
        "too-many",
        "rate",
        "Too many requests in a short time.",
        "Wait a minute, then try again.",
      );
    default:
      return refused(
        500,
        "fault",
        "server",
        "Something broke on our side. Nothing you sent was half-done.",
        "Try again in a moment. If it stays, tell the person who runs Baton; the log has the details.",
      );
  }
}

const wantsJsonRemedy = "Send application/json to the API, and forms as application/x-www-form-urlencoded.";

function invalid(error: FastifyError & { validation?: unknown }): Refused {
  const context = "validationContext" in error ? String(error.validationContext) : "body";
  const list = Array.isArray(error.validation) ? error.validation : [];
  const errors = list.map((entry: { instancePath?: string; message?: string }) => ({
    place: `${context}${(entry.instancePath ?? "").replaceAll("/", ".")}`,
    message: entry.message ?? "is not valid",
  }));
  const first = errors[0] ?? { place: context, message: "is not valid" };
  return new Refused(
    {
      code: "invalid",
      place: first.place,
      message: `${first.place}: ${first.message}`,
      remedy: "Correct the named fields and send the request again; /api/docs describes each of them.",
    },
    422,
    errors,
  );
}
