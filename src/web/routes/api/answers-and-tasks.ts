import { z } from "zod";
import { addEvidence } from "../../../operations/add-evidence.ts";
import { answerQuestion } from "../../../operations/answer-question.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, ById, Id, Instant, KeyHeader, notFound, whoOf } from "./api.ts";
import { cursorPage, PageQuery, pageOf } from "./cursor-page.ts";

const Question = z.object({
  id: Id,
  enrollmentId: Id,
  contactId: Id,
  stepKey: z.string().nullable(),
  text: z.string(),
  kind: z.string(),
  severity: z.string(),
  state: z.string(),
  askedAt: Instant,
  answer: z.string().nullable(),
  answeredAt: Instant.nullable(),
  answeredBy: z.string().nullable(),
});
const Task = z.object({
  id: Id,
  enrollmentId: Id,
  stepKey: z.string(),
  key: z.string(),
  text: z.string(),
  must: z.boolean(),
  weight: z.number(),
  state: z.string(),
  evidence: z.string().nullable(),
  changedAt: Instant,
  reason: z.string().nullable(),
});
const reason = z.string().trim().min(1).max(1000);
const ByTask = z.object({ id: Id, key: z.string().max(120) });

export function addQuestionAndTaskRoutes(app: ApiApp, parts: WebParts): void {
  const { db } = parts;

  app.get(
    "/questions",
    {
      config: { scope: "read" },
      schema: {
        tags: ["questions"],
        summary: "List questions",
        querystring: PageQuery.extend({ state: z.string().max(40).optional(), enrollmentId: Id.optional() }),
        response: answers(pageOf(Question)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { state, enrollmentId } = request.query;
      const filter = { workspaceId, ...(state ? { state } : {}), ...(enrollmentId ? { enrollmentId } : {}) };
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        db.question.findMany({ where: { ...filter, ...before }, ...window }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );

  app.post(
    "/questions/:id/answer",
    {
      config: { scope: "write" },
      schema: {
        tags: ["questions"],
        summary: "Answer a question; the contact sees it on their page",
        params: ById,
        headers: KeyHeader,
        body: z.strictObject({
          answer: z.string().trim().min(1).max(8000),
          resourceKey: z.string().max(120).exactOptional(),
        }),
        response: answers(Question),
      },
    },
    async (request) => {
      const input = { ...request.body, questionId: request.params.id, ...whoOf(request) };
      return toWire(unwrap(await answerQuestion(parts, input)).question);
    },
  );

  app.get(
    "/enrollments/:id/tasks",
    {
      config: { scope: "read" },
      schema: {
        tags: ["tasks"],
        summary: "The tasks of an enrollment",
        params: ById,
        response: answers(z.object({ items: z.array(Task) })),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const enrollmentId = request.params.id;
      const known = await db.enrollment.findFirst({
        where: { id: enrollmentId, workspaceId },
        select: { id: true },
      });
      if (known === null) throw notFound("enrollment");
      const rows = await db.task.findMany({ where: { workspaceId, enrollmentId }, orderBy: { id: "asc" } });
      return { items: toWire(rows) };
    },
  );

  const acts = [
    { what: "verify", summary: "Seen to be done", body: z.strictObject({ reason: reason.exactOptional() }) },
    { what: "waive", summary: "Leaves the sum, with a reason", body: z.strictObject({ reason }) },
    { what: "reopen", summary: "Not done after all, with a reason", body: z.strictObject({ reason }) },
  ] as const;
  for (const { what, summary, body } of acts) {
    app.post(
      `/enrollments/:id/tasks/:key/${what}`,
      {
        config: { scope: "write" },
        schema: {
          tags: ["tasks"],
          summary,
          params: ByTask,
          headers: KeyHeader,
          body,
          response: answers(Task),
        },
      },
      async (request) => {
        const { id: enrollmentId, key: task } = request.params;
        const input = { ...request.body, enrollmentId, task, what, ...whoOf(request) };
        return toWire(unwrap(await addEvidence(parts, input)).task);
      },
    );
  }
}
