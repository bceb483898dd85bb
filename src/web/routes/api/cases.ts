import { z } from "zod";
import { CASE_OUTCOMES, closeCase } from "../../../operations/close-case.ts";
import { DETECTION_SOURCES, openCase } from "../../../operations/open-case.ts";
import { updateCase } from "../../../operations/update-case.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, ById, created, Id, Instant, KeyHeader, notFound, whoOf } from "./api.ts";
import { cursorPage, PageQuery, pageOf } from "./cursor-page.ts";

const Case = z.object({
  id: Id,
  accountId: Id,
  externalRef: z.string().nullable(),
  kind: z.string(),
  departedContactId: Id.nullable(),
  detectedAt: Instant,
  detectionSource: z.string(),
  departureEffectiveOn: Instant.nullable(),
  departureReason: z.string().nullable(),
  learnedWhen: z.string(),
  destination: z.string(),
  roleOutcome: z.string(),
  replacementContactId: Id.nullable(),
  replacementType: z.string().nullable(),
  competitorKey: z.string().nullable(),
  severity: z.number().int(),
  status: z.string(),
  outcome: z.string().nullable(),
  closedAt: Instant.nullable(),
  createdAt: Instant,
});

const day = z.iso.date();
const caseFields = {
  kind: z.enum(["main_contact", "sponsor", "champion", "admin"]).exactOptional(),
  departedContactId: Id.nullable().exactOptional(),
  detectionSource: z.enum(DETECTION_SOURCES).exactOptional(),
  departureEffectiveOn: day.nullable().exactOptional(),
  departureReason: z
    .enum(["new_job", "promotion", "retired", "leave", "restructure", "unknown"])
    .nullable()
    .exactOptional(),
  destination: z.enum(["external", "internal", "unknown", "retired", "leave"]).exactOptional(),
  newCompany: z.string().max(300).nullable().exactOptional(),
  roleOutcome: z.enum(["replacing", "merging", "leaving_space", "unknown"]).exactOptional(),
  replacementContactId: Id.nullable().exactOptional(),
  replacementType: z.enum(["internal", "external_new_function", "ex_competitor"]).nullable().exactOptional(),
  competitorKey: z.string().max(120).nullable().exactOptional(),
  competitorMonths: z.number().int().min(0).max(600).nullable().exactOptional(),
  competitorRole: z.enum(["user", "owner", "buyer"]).nullable().exactOptional(),
};
const OpenBody = z.strictObject({
  accountId: Id,
  externalRef: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .exactOptional()
    .describe("What another program calls the case; the same one twice is the same case."),
  detectedAt: Instant.exactOptional().describe("When it became known; absent: now."),
  ...caseFields,
});
const UpdateBody = z.strictObject({
  ...caseFields,
  status: z
    .enum([
      "detected",
      "triaged",
      "covering",
      "replacement_identified",
      "re_onboarding",
      "aligned",
      "confirmed",
    ])
    .exactOptional(),
  learnedWhen: z.enum(["pre", "post", "unknown"]).exactOptional(),
  reason: z.string().max(1000).exactOptional(),
});
const CloseBody = z.strictObject({
  outcome: z.enum(CASE_OUTCOMES),
  reason: z.string().max(1000).exactOptional(),
});

export function addCaseRoutes(app: ApiApp, parts: WebParts): void {
  const { db } = parts;

  app.get(
    "/cases",
    {
      config: { scope: "read" },
      schema: {
        tags: ["cases"],
        summary: "List turnover cases",
        querystring: PageQuery.extend({ status: z.string().max(40).optional(), accountId: Id.optional() }),
        response: answers(pageOf(Case)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { status, accountId } = request.query;
      const filter = { workspaceId, ...(status ? { status } : {}), ...(accountId ? { accountId } : {}) };
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        db.case.findMany({ where: { ...filter, ...before }, ...window }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );

  app.get(
    "/cases/:id",
    {
      config: { scope: "read" },
      schema: { tags: ["cases"], summary: "One case", params: ById, response: answers(Case) },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const row = await db.case.findFirst({ where: { id: request.params.id, workspaceId } });
      if (row === null) throw notFound("case");
      return toWire(row);
    },
  );

  app.post(
    "/cases",
    {
      config: { scope: "write" },
      schema: {
        tags: ["cases"],
        summary: "Open a case",
        headers: KeyHeader,
        body: OpenBody,
        response: created(Case),
      },
    },
    async (request, reply) => {
      const { detectedAt, ...body } = request.body;
      const seen = detectedAt === undefined ? {} : { detectedAt: new Date(detectedAt) };
      const { case: row } = unwrap(await openCase(parts, { ...body, ...seen, ...whoOf(request) }));
      return reply.code(201).send(toWire(row));
    },
  );

  app.patch(
    "/cases/:id",
    {
      config: { scope: "write" },
      schema: {
        tags: ["cases"],
        summary: "Add what became known",
        params: ById,
        body: UpdateBody,
        response: answers(Case),
      },
    },
    async (request) =>
      toWire(
        unwrap(await updateCase(parts, { ...request.body, caseId: request.params.id, ...whoOf(request) }))
          .case,
      ),
  );

  app.post(
    "/cases/:id/close",
    {
      config: { scope: "write" },
      schema: {
        tags: ["cases"],
        summary: "Close a case; its running enrollments exit",
        params: ById,
        headers: KeyHeader,
        body: CloseBody,
        response: answers(z.object({ case: Case, exited: z.array(Id) })),
      },
    },
    async (request) => {
      const done = unwrap(
        await closeCase(parts, { ...request.body, caseId: request.params.id, ...whoOf(request) }),
      );
      return { case: toWire(done.case), exited: done.exited };
    },
  );
}
