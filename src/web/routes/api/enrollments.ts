import { z } from "zod";
import { POLICIES } from "../../../domain/sequences/sequence.ts";
import { changePace } from "../../../operations/change-pace.ts";
import { enrollContact } from "../../../operations/enroll-contact.ts";
import { pauseEnrollment } from "../../../operations/pause-enrollment.ts";
import { resumeEnrollment } from "../../../operations/resume-enrollment.ts";
import { switchTrack } from "../../../operations/switch-track.ts";
import { voidPageLinks } from "../../../operations/void-page-links.ts";
import { withdrawEnrollment } from "../../../operations/withdraw-enrollment.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, ById, created, Id, Instant, KeyHeader, notFound, whoOf } from "./api.ts";
import { cursorPage, PageQuery, pageOf } from "./cursor-page.ts";

export const Enrollment = z.object({
  id: Id,
  caseId: Id,
  accountId: Id,
  contactId: Id,
  versionId: Id,
  audience: z.string(),
  status: z.string(),
  blockedReason: z.string().nullable(),
  pace: z.string(),
  policy: z.string().describe("How much of the program they get: light, standard, full."),
  zone: z.string(),
  startedAt: Instant,
  dueAt: Instant.nullable().describe("When the planner looks again."),
  exitReason: z.string().nullable(),
  exitedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  verdict: z.string().nullable(),
  score: z.number().nullable(),
  meetingReady: z.boolean(),
  createdAt: Instant,
});

const pace = z.enum(["slow", "normal", "fast"]);
const CreateBody = z.strictObject({
  caseId: Id,
  contactId: Id,
  sequenceKey: z.string().max(120).exactOptional().describe("Left out: chosen from the case."),
  pace: pace.exactOptional(),
  policy: z.enum(POLICIES).exactOptional().describe("Left out: by the workspace's rules."),
  startAt: z.iso.datetime({ offset: true }).exactOptional(),
});
const Created = z.object({
  enrollment: Enrollment,
  sponsorEnrollment: Enrollment.nullable(),
  reason: z.string().describe("Why this sequence, in words."),
  repeated: z.boolean(),
});
const reason = z.string().trim().min(1).max(1000);

export function addEnrollmentRoutes(app: ApiApp, parts: WebParts): void {
  const { db } = parts;
  const tags = ["enrollments"];

  app.get(
    "/enrollments",
    {
      config: { scope: "read" },
      schema: {
        tags,
        summary: "List enrollments",
        querystring: PageQuery.extend({ caseId: Id.optional(), status: z.string().max(40).optional() }),
        response: answers(pageOf(Enrollment)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { caseId, status } = request.query;
      const filter = { workspaceId, ...(caseId ? { caseId } : {}), ...(status ? { status } : {}) };
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        db.enrollment.findMany({ where: { ...filter, ...before }, ...window }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );

  app.get(
    "/enrollments/:id",
    {
      config: { scope: "read" },
      schema: { tags, summary: "One enrollment", params: ById, response: answers(Enrollment) },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const row = await db.enrollment.findFirst({ where: { id: request.params.id, workspaceId } });
      if (row === null) throw notFound("enrollment");
      return toWire(row);
    },
  );

  app.post(
    "/enrollments",
    {
      config: { scope: "write" },
      schema: {
        tags,
        summary: "Enroll a contact",
        headers: KeyHeader,
        body: CreateBody,
        response: created(Created),
      },
    },
    async (request, reply) => {
      const { startAt, ...body } = request.body;
      const key = request.headers["idempotency-key"];
      const done = unwrap(
        await enrollContact(parts, {
          ...body,
          ...(startAt === undefined ? {} : { startAt: new Date(startAt) }),
          ...(key === undefined ? {} : { idempotencyKey: key }),
          ...whoOf(request),
        }),
      );
      return reply.code(201).send(toWire(done));
    },
  );

  app.post(
    "/enrollments/:id/pause",
    {
      config: { scope: "write" },
      schema: {
        tags,
        summary: "Pause: nothing is sent, no day counts",
        params: ById,
        headers: KeyHeader,
        body: z.strictObject({ reason, until: z.iso.datetime({ offset: true }).nullable().exactOptional() }),
        response: answers(Enrollment),
      },
    },
    async (request) => {
      const { until, ...body } = request.body;
      const done = await pauseEnrollment(parts, {
        ...body,
        until: typeof until === "string" ? new Date(until) : null,
        enrollmentId: request.params.id,
        ...whoOf(request),
      });
      return toWire(unwrap(done).enrollment);
    },
  );

  app.post(
    "/enrollments/:id/resume",
    {
      config: { scope: "write" },
      schema: {
        tags,
        summary: "Go on after a pause or after two unanswered nudges",
        params: ById,
        headers: KeyHeader,
        body: z.strictObject({ reason: reason.exactOptional() }),
        response: answers(Enrollment),
      },
    },
    async (request) => {
      const input = { ...request.body, enrollmentId: request.params.id, ...whoOf(request) };
      return toWire(unwrap(await resumeEnrollment(parts, input)).enrollment);
    },
  );

  app.post(
    "/enrollments/:id/withdraw",
    {
      config: { scope: "write" },
      schema: {
        tags,
        summary: "Stop for good",
        params: ById,
        headers: KeyHeader,
        body: z.strictObject({ reason }),
        response: answers(Enrollment),
      },
    },
    async (request) => {
      const input = { ...request.body, enrollmentId: request.params.id, ...whoOf(request) };
      return toWire(unwrap(await withdrawEnrollment(parts, input)).enrollment);
    },
  );

  app.post(
    "/enrollments/:id/pace",
    {
      config: { scope: "write" },
      schema: {
        tags,
        summary: "Change the pace from now on",
        params: ById,
        headers: KeyHeader,
        body: z.strictObject({ pace }),
        response: answers(Enrollment),
      },
    },
    async (request) => {
      const input = { ...request.body, enrollmentId: request.params.id, ...whoOf(request) };
      return toWire(unwrap(await changePace(parts, input)).enrollment);
    },
  );

  app.post(
    "/enrollments/:id/void-page-links",
    {
      config: { scope: "write" },
      schema: {
        tags,
        summary: "Make every page link mailed so far open nothing but a button for a fresh one",
        params: ById,
        headers: KeyHeader,
        body: z.strictObject({ reason }),
        response: answers(Enrollment),
      },
    },
    async (request) => {
      const input = { ...request.body, enrollmentId: request.params.id, ...whoOf(request) };
      return toWire(unwrap(await voidPageLinks(parts, input)).enrollment);
    },
  );

  app.post(
    "/enrollments/:id/switch-track",
    {
      config: { scope: "write" },
      schema: {
        tags,
        summary: "End this enrollment and start another sequence",
        params: ById,
        headers: KeyHeader,
        body: z.strictObject({ sequenceKey: z.string().min(1).max(120), reason }),
        response: answers(z.object({ enrollment: Enrollment, ended: Enrollment })),
      },
    },
    async (request) => {
      const input = { ...request.body, enrollmentId: request.params.id, ...whoOf(request) };
      const done = unwrap(await switchTrack(parts, input));
      return { enrollment: toWire(done.enrollment), ended: toWire(done.ended) };
    },
  );
}
