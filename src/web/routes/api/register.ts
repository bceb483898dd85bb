import { createHash } from "node:crypto";
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { notHere } from "../../plugins/answers.ts";
import type { CountGuess } from "../../plugins/forged-links.ts";
import { Refused, refused, sendProblem } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { addAccountRoutes } from "./accounts.ts";
import { addQuestionAndTaskRoutes } from "./answers-and-tasks.ts";
import { requireToken } from "./api.ts";
import { addCaseRoutes } from "./cases.ts";
import { addEffortRoutes } from "./effort.ts";
import { addEnrollmentRoutes } from "./enrollments.ts";
import { addIdempotency } from "./idempotency.ts";
import { addListRoutes } from "./lists.ts";
import { addMeetingRoutes } from "./meetings.ts";
import { addPlanRoutes } from "./plans.ts";
import { addProductRoutes } from "./products.ts";
import { addReadinessRoutes } from "./readiness.ts";
import { addRecordRoutes } from "./records.ts";
import { addSendRoutes } from "./sends.ts";
import { addSequenceRoutes } from "./sequences.ts";
import { addWebhookRoutes } from "./webhooks.ts";

/** Exactly JSON: variants with tabs, other charsets or text/plain have been used to slip past checks (A16). */
const JSON_TYPE = /^application\/json(; ?charset=utf-8)?$/i;

/** The whole API in a scope of its own: its own parser, its own guard, its own limit. */
export async function addApi(app: FastifyInstance, parts: WebParts, countGuess: CountGuess): Promise<void> {
  const api: FastifyPluginAsync = async (scope) => {
    scope.removeContentTypeParser("text/plain");
    scope.setValidatorCompiler(validatorCompiler);
    scope.setSerializerCompiler(serializerCompiler);
    await scope.register(rateLimit, {
      global: true,
      max: 600,
      timeWindow: "1 minute",
      keyGenerator: (request) =>
        createHash("sha256")
          .update(request.headers.authorization ?? request.ip)
          .digest("base64url"),
      errorResponseBuilder: () =>
        new Refused(
          {
            code: "too-many",
            place: "rate",
            message: "More than 600 requests in a minute.",
            remedy: "Slow down; `Retry-After` says how long.",
          },
          429,
        ),
    });
    requireToken(scope, parts, countGuess);
    scope.addHook("onRequest", async (request) => {
      const type = request.headers["content-type"];
      const bodyless = request.method === "GET" || (type === undefined && !hasBody(request.headers));
      if (!bodyless && (type === undefined || !JSON_TYPE.test(type)))
        throw refused(
          415,
          "content-type",
          "Content-Type",
          "The API takes application/json and nothing else.",
          "Send “Content-Type: application/json”.",
        );
    });
    addIdempotency(scope, parts);
    scope.setNotFoundHandler((_request, reply) => sendProblem(reply, notHere()));

    const typed = scope.withTypeProvider<ZodTypeProvider>();
    addAccountRoutes(typed, parts);
    addPlanRoutes(typed, parts);
    addProductRoutes(typed, parts);
    addCaseRoutes(typed, parts);
    addEffortRoutes(typed, parts);
    addEnrollmentRoutes(typed, parts);
    addSequenceRoutes(typed, parts);
    addSendRoutes(typed, parts);
    addReadinessRoutes(typed, parts);
    addQuestionAndTaskRoutes(typed, parts);
    addListRoutes(typed, parts);
    addMeetingRoutes(typed, parts);
    addWebhookRoutes(typed, parts);
    addRecordRoutes(typed, parts);
  };
  await app.register(api, { prefix: "/api/v1" });
}

function hasBody(headers: Record<string, string | string[] | undefined>): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
