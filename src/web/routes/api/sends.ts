import { z } from "zod";
import { POLICIES } from "../../../domain/sequences/sequence.ts";
import { previewMail, previewProgram } from "../../../operations/preview-program.ts";
import { sendAgain } from "../../../operations/send-again.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, ById, Id, Instant, KeyHeader, whoOf } from "./api.ts";
import { cursorPage, PageQuery, pageOf } from "./cursor-page.ts";

const Send = z.object({
  id: Id,
  kind: z.string(),
  mailClass: z.string(),
  enrollmentId: Id.nullable(),
  contactId: Id.nullable(),
  stepKey: z.string(),
  variant: z.string(),
  occurrence: z.number().int(),
  status: z.string().describe("submitted means that the mail server took it, not that it was delivered."),
  reason: z.string().nullable(),
  dueAt: Instant,
  zone: z.string(),
  attempts: z.number().int(),
  messageId: z.string().nullable(),
  subject: z.string().nullable(),
  submittedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  bouncedAt: Instant.nullable(),
  bounceKind: z.string().nullable(),
  complainedAt: Instant.nullable(),
  repliedAt: Instant.nullable(),
});
const Step = z.object({
  stepKey: z.string(),
  subject: z.string(),
  recipient: z.string(),
  kind: z.string(),
  day: z.number(),
  activeDay: z.number(),
  localDate: z.string(),
  localTime: z.string(),
  weekday: z.string(),
  zone: z.string(),
  utcOffset: z.string(),
  at: z.string(),
  moved: z.object({ from: z.string(), why: z.string() }).nullable(),
  clockChange: z.string().nullable(),
  gate: z.string(),
  ifGateNotMet: z.object({ does: z.string(), localDate: z.string(), at: z.string() }).nullable(),
  leftOutWhen: z.array(z.string()),
});
const Program = z.object({
  sequenceKey: z.string(),
  sequenceName: z.string(),
  version: z.number().int(),
  reason: z.string(),
  policy: z.enum(POLICIES).describe("How much of the track they get."),
  policyReason: z.string(),
  proposedPolicy: z.enum(POLICIES),
  zone: z.string(),
  steps: z.array(Step),
  sponsor: z.object({ name: z.string(), zone: z.string(), steps: z.array(Step) }).nullable(),
});
const PreviewQuery = z.object({
  caseId: Id,
  contactId: Id,
  sequenceKey: z.string().max(120).optional(),
  pace: z.enum(["slow", "normal", "fast"]).default("normal"),
  policy: z.enum(POLICIES).optional().describe("Left out: by the workspace's rules."),
  startAt: z.iso.datetime({ offset: true }).optional(),
});
const MailQuery = z.object({
  variant: z.enum(["a", "b"]).default("a"),
  caseId: Id.optional(),
  contactId: Id.optional(),
});
const Mail = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  warnings: z.array(z.string()),
});

export function addSendRoutes(app: ApiApp, parts: WebParts): void {
  app.get(
    "/preview",
    {
      config: { scope: "read" },
      schema: {
        tags: ["preview"],
        summary: "The whole program for a person, with every time; nothing is sent",
        querystring: PreviewQuery,
        response: answers(Program),
      },
    },
    async (request) => {
      const { startAt, sequenceKey, policy, ...query } = request.query;
      const { workspaceId } = whoOf(request);
      const program = await previewProgram(parts, {
        ...query,
        workspaceId,
        ...(sequenceKey === undefined ? {} : { sequenceKey }),
        ...(policy === undefined ? {} : { policy }),
        ...(startAt === undefined ? {} : { startAt: new Date(startAt) }),
      });
      return toWire(unwrap(program));
    },
  );

  app.get(
    "/sequences/:key/steps/:step/mail",
    {
      config: { scope: "read" },
      schema: {
        tags: ["preview"],
        summary: "One mail, rendered for a person or with samples",
        params: z.object({ key: z.string().max(120), step: z.string().max(120) }),
        querystring: MailQuery,
        response: answers(Mail),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { key: sequenceKey, step: stepKey } = request.params;
      const { variant, caseId, contactId } = request.query;
      const reader = caseId === undefined || contactId === undefined ? undefined : { caseId, contactId };
      const input = { workspaceId, sequenceKey, stepKey, variant };
      return toWire(unwrap(await previewMail(parts, reader === undefined ? input : { ...input, reader })));
    },
  );

  app.get(
    "/sends",
    {
      config: { scope: "read" },
      schema: {
        tags: ["sends"],
        summary: "List sends",
        querystring: PageQuery.extend({ status: z.string().max(40).optional(), enrollmentId: Id.optional() }),
        response: answers(pageOf(Send)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { status, enrollmentId } = request.query;
      const filter = {
        workspaceId,
        ...(status ? { status } : {}),
        ...(enrollmentId ? { enrollmentId } : {}),
      };
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        parts.db.send.findMany({ where: { ...filter, ...before }, ...window }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );

  app.post(
    "/sends/:id/send-again",
    {
      config: { scope: "write" },
      schema: {
        tags: ["sends"],
        summary: "Send an uncertain or failed mail again: a person's decision",
        params: ById,
        headers: KeyHeader,
        response: answers(Send),
      },
    },
    async (request) => {
      const input = { sendId: request.params.id, ...whoOf(request) };
      return toWire(unwrap(await sendAgain(parts, input)).send);
    },
  );
}
