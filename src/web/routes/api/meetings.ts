import { z } from "zod";
import { bookMeeting } from "../../../operations/book-meeting.ts";
import { holdMeeting } from "../../../operations/hold-meeting.ts";
import { meetingFigures } from "../../../operations/meeting-figures.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import { type ApiApp, answers, ById, created, Id, Instant, KeyHeader, whoOf } from "./api.ts";
import { cursorPage, PageQuery, pageOf } from "./cursor-page.ts";

const Meeting = z.object({
  id: Id,
  caseId: Id,
  enrollmentId: Id,
  purpose: z.string(),
  state: z.string(),
  slotAt: Instant.nullable(),
  agenda: z.unknown(),
  note: z.string().nullable(),
  requestedAt: Instant,
  heldAt: Instant.nullable(),
  demo: z.string().nullable().describe("Did it turn into a demo: no, partly, yes."),
});
const note = z.string().trim().min(1).max(4000).exactOptional();

export function addMeetingRoutes(app: ApiApp, parts: WebParts): void {
  const tags = ["meetings"];

  app.get(
    "/meetings",
    {
      config: { scope: "read" },
      schema: {
        tags,
        summary: "List meetings",
        querystring: PageQuery.extend({ state: z.string().max(40).optional() }),
        response: answers(pageOf(Meeting)),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { state } = request.query;
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        parts.db.meeting.findMany({
          where: { workspaceId, ...(state ? { state } : {}), ...before },
          ...window,
        }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );

  app.get(
    "/meetings/figures",
    {
      config: { scope: "read" },
      schema: {
        tags,
        summary: "How many held meetings stayed free of demos",
        querystring: z.strictObject({
          from: z.iso.datetime({ offset: true }),
          to: z.iso.datetime({ offset: true }),
        }),
        response: answers(
          z.object({
            held: z.number().int(),
            withoutDemo: z.number().int(),
            demoFreeRate: z.number().nullable(),
          }),
        ),
      },
    },
    async (request) => {
      const { workspaceId } = whoOf(request);
      const { from, to } = request.query;
      return meetingFigures(parts, { workspaceId, from: new Date(from), to: new Date(to) });
    },
  );

  app.post(
    "/enrollments/:id/meetings",
    {
      config: { scope: "write" },
      schema: {
        tags,
        summary: "Book a meeting; freezes the agenda",
        params: ById,
        headers: KeyHeader,
        body: z.strictObject({ slotAt: z.iso.datetime({ offset: true }), note }),
        response: created(Meeting),
      },
    },
    async (request, reply) => {
      const { slotAt, ...body } = request.body;
      const input = { ...body, slotAt: new Date(slotAt), enrollmentId: request.params.id, ...whoOf(request) };
      return reply.code(201).send(toWire(unwrap(await bookMeeting(parts, input)).meeting));
    },
  );

  app.post(
    "/meetings/:id/outcome",
    {
      config: { scope: "write" },
      schema: {
        tags,
        summary: "What became of it",
        params: ById,
        headers: KeyHeader,
        body: z.strictObject({
          outcome: z.enum(["held", "no_show", "cancelled"]),
          demo: z.enum(["no", "partly", "yes"]).exactOptional(),
          note,
          agreed: z
            .string()
            .trim()
            .max(1000)
            .exactOptional()
            .describe("What was agreed. The contact reads it in the mail that ends their program."),
        }),
        response: answers(Meeting),
      },
    },
    async (request) => {
      const input = { ...request.body, meetingId: request.params.id, ...whoOf(request) };
      return toWire(unwrap(await holdMeeting(parts, input)).meeting);
    },
  );
}
