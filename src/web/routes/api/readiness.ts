import { z } from "zod";
import { VERDICTS } from "../../../domain/readiness/readiness.ts";
import { readinessOf } from "../../../operations/readiness-of.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, ById, Id, Instant, notFound, whoOf } from "./api.ts";
import { cursorPage, PageQuery, pageOf } from "./cursor-page.ts";

const phrase = z.object({ text: z.string(), eventIds: z.array(z.string()) });
const Explanation = z.object({
  headline: z.string(),
  done: z.array(phrase),
  missing: z.array(phrase),
  notCounted: phrase.nullable(),
  lastAct: phrase.nullable(),
  expected: z.string().nullable(),
  nextAction: z.string(),
  text: z.string(),
});
const Readiness = z.object({
  modelVersion: z.string(),
  at: z.string(),
  activeDay: z.number(),
  score: z.number(),
  expected: z.number(),
  components: z.array(
    z.object({
      id: z.string(),
      raw: z.number(),
      weight: z.number(),
      points: z.number(),
      eventIds: z.array(z.string()),
    }),
  ),
  gates: z.array(
    z.object({ id: z.string(), passed: z.boolean(), text: z.string(), eventIds: z.array(z.string()) }),
  ),
  meetingReady: z.boolean(),
  verdict: z.enum(VERDICTS),
  verdictReason: z.string(),
  paused: z.boolean(),
  confidence: z.enum(["high", "medium", "low"]),
  strongActs: z.number(),
  weakActs: z.number(),
  machineSignals: z.object({
    opens: z.number(),
    clicks: z.number(),
    other: z.number(),
    eventIds: z.array(z.string()),
  }),
  intent: z.string().nullable(),
  explanation: Explanation,
});
const agendaItem = z.object({
  kind: z.string(),
  text: z.string(),
  why: z.string(),
  minutes: z.number(),
  lead: z.string(),
  eventIds: z.array(z.string()),
});
const View = z.object({
  enrollmentId: Id,
  contactName: z.string(),
  accountName: z.string(),
  sequenceName: z.string(),
  readiness: Readiness.nullable().describe("Null for a sponsor's enrollment: nobody grades a sponsor."),
  agenda: z
    .object({ items: z.array(agendaItem), byMail: z.array(agendaItem), emptyReason: z.string().nullable() })
    .nullable(),
  history: z.array(z.object({ at: Instant, verdict: z.string(), score: z.number() })),
});
const Explained = z.object({ verdict: z.string(), score: z.number(), explanation: Explanation });
const Event = z.object({
  id: Id,
  kind: z.string(),
  evidenceClass: z.string(),
  occurredAt: Instant,
  receivedAt: Instant,
  source: z.string(),
  sendId: Id.nullable(),
  payload: z.unknown(),
});
const Signal = z.object({
  id: Id,
  enrollmentId: Id,
  caseId: Id,
  kind: z.string(),
  fromVerdict: z.string().nullable(),
  toVerdict: z.string(),
  at: Instant,
  seenAt: Instant.nullable(),
});

export function addReadinessRoutes(app: ApiApp, parts: WebParts): void {
  const { db } = parts;
  const tags = ["readiness"];

  app.get(
    "/enrollments/:id/readiness",
    {
      config: { scope: "read" },
      schema: {
        tags,
        summary: "Readiness now, with gates, agenda and history",
        params: ById,
        response: answers(View),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const view = await readinessOf(parts, { workspaceId, enrollmentId: request.params.id });
      if (view === null) throw notFound("enrollment");
      return toWire(view);
    },
  );

  app.get(
    "/enrollments/:id/readiness/explanation",
    {
      config: { scope: "read" },
      schema: {
        tags,
        summary: "The reasons, each with its events",
        params: ById,
        response: answers(Explained),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const view = await readinessOf(parts, { workspaceId, enrollmentId: request.params.id });
      if (view === null || view.readiness === null) throw notFound("enrollment");
      const { verdict, score, explanation } = toWire(view.readiness);
      return { verdict, score, explanation };
    },
  );

  app.get(
    "/enrollments/:id/events",
    {
      config: { scope: "read" },
      schema: {
        tags,
        summary: "The event log that readiness reads",
        params: ById,
        querystring: PageQuery,
        response: answers(pageOf(Event)),
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
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        db.engagementEvent.findMany({ where: { workspaceId, enrollmentId, ...before }, ...window }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );

  app.get(
    "/signals",
    {
      config: { scope: "read" },
      schema: {
        tags: ["signals"],
        summary: "Readiness signals",
        querystring: PageQuery,
        response: answers(pageOf(Signal)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        db.readinessSignal.findMany({ where: { workspaceId, ...before }, ...window }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );
}
