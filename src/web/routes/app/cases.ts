import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { caseStamp } from "../../../drivers/store/case-stamp.ts";
import { answerQuestion } from "../../../operations/answer-question.ts";
import { CAPTURED, captureFact } from "../../../operations/capture-fact.ts";
import { caseRoom } from "../../../operations/case-room.ts";
import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import { finishCsmTask } from "../../../operations/finish-csm-task.ts";
import { holdMeeting } from "../../../operations/hold-meeting.ts";
import { sendAgain } from "../../../operations/send-again.ts";
import { undoable } from "../../../operations/undo-enrollment.ts";
import { evidencePage } from "../../pages/app/case-evidence.tsx";
import { caseFactsPage } from "../../pages/app/case-facts-page.tsx";
import { caseHistoryPage } from "../../pages/app/case-history-page.tsx";
import { caseRoomPage } from "../../pages/app/case-room-page.tsx";
import { caseTasksPage } from "../../pages/app/case-tasks-page.tsx";
import { viewerMay } from "../../pages/layout.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import { seeOther, sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { Back, formOf, goBack, idOf, noSuchPage, sentenceFor } from "./form.ts";

const Answer = z.object({
  answer: z.string().trim().min(1).max(8000),
  resource: z.string().max(120).default(""),
  back: Back,
});
/** The short address of one of the room's mails. */
const Asked = z.object({
  mail: z
    .string()
    .regex(/^[a-z0-9-]{1,120}$/)
    .optional()
    .catch(undefined),
  of: z.enum(["contact", "sponsor"]).catch("contact"),
  duty: z.uuid().optional().catch(undefined),
});
const Evidence = z.object({
  event: z
    .string()
    .transform((ids) => ids.split(","))
    .pipe(z.array(z.uuid()).max(200))
    .catch([]),
  part: z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}$/)
    .nullable()
    .catch(null),
  page: z.coerce.number().int().min(1).max(10_000).nullable().catch(null),
  machines: z.string().optional().catch(undefined),
});
const Fact = z.object({
  field: z.enum(CAPTURED),
  value: z.string().trim().max(200).default(""),
  newCompany: z.string().trim().max(200).default(""),
  name: z.string().trim().max(200).default(""),
  email: z.string().trim().max(254).default(""),
  title: z.string().trim().max(200).default(""),
});
const Finish = z.object({ outcome: z.string().trim().min(1).max(1000), back: Back });
const Outcome = z.object({
  outcome: z.enum(["held", "no_show", "cancelled"]),
  demo: z.enum(["no", "partly", "yes"]).optional(),
  agreed: z.string().max(1000).default(""),
  back: Back,
});
const OnlyBack = z.object({ back: Back });

export function addCasePages(app: FastifyInstance, parts: WebParts): void {
  app.get("/cases/:id", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const caseId = idOf(request);
    const [room, stamp] = await Promise.all([
      caseRoom(parts, { workspaceId, caseId }),
      caseStamp(parts.db, workspaceId, caseId),
    ]);
    if (room === null || stamp === null) throw noSuchPage();
    const { mail, of, duty = null } = Asked.parse(request.query);
    if (mail !== undefined) {
      const reader = room.enrollments.find(({ audience }) => audience === of);
      if (reader === undefined) throw noSuchPage();
      return seeOther(reply, `/enrollments/${reader.id}/mails/${mail}`);
    }
    const said = sentenceFor(request.query);
    const viewer = viewerOf(parts, request, reply);
    const undo = viewerMay(viewer, "work-cases") ? await undoable(parts, { workspaceId, caseId }) : null;
    return sendPage(reply, caseRoomPage({ viewer, room, now: parts.clock.now(), stamp, said, undo, duty }));
  });

  app.get("/cases/:id/history", { config: { needs: "see" } }, async (request, reply) =>
    sendPage(
      reply,
      caseHistoryPage({ viewer: viewerOf(parts, request, reply), room: await roomOf(parts, request) }),
    ),
  );

  app.get("/cases/:id/evidence", { config: { needs: "see" } }, async (request, reply) => {
    const room = await roomOf(parts, request);
    const { event: events, part, page, machines } = Evidence.parse(request.query);
    const viewer = viewerOf(parts, request, reply);
    const asked = { events, part, page, machines: machines === "yes" };
    return sendPage(reply, evidencePage({ viewer, room, asked }));
  });

  app.get("/cases/:id/tasks", { config: { needs: "work-cases" } }, async (request, reply) => {
    const room = await roomOf(parts, request);
    const enrollment = room.enrollments.find(({ audience }) => audience === "contact") ?? null;
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, caseTasksPage({ viewer, room, enrollment, said: sentenceFor(request.query) }));
  });

  app.get("/cases/:id/facts", { config: { needs: "work-cases" } }, async (request, reply) =>
    sendPage(
      reply,
      caseFactsPage({ viewer: viewerOf(parts, request, reply), room: await roomOf(parts, request) }),
    ),
  );

  app.post("/cases/:id/facts", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const caseId = idOf(request);
    const fact = formOf(request, Fact);
    unwrap(await captureFact(parts, { workspaceId, caseId, actor, ...fact }));
    return goBack(reply, `/cases/${caseId}#facts`, "captured");
  });

  app.post("/questions/:id/answer", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { answer, resource, back } = formOf(request, Answer);
    const input = { workspaceId, questionId: idOf(request), answer, actor };
    unwrap(await answerQuestion(parts, resource === "" ? input : { ...input, resourceKey: resource }));
    return goBack(reply, back, "answered");
  });

  app.post("/csm-tasks/:id/finish", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { outcome, back } = formOf(request, Finish);
    unwrap(await finishCsmTask(parts, { workspaceId, taskId: idOf(request), outcome, actor }));
    return goBack(reply, back, "finished");
  });

  app.post("/meetings/:id/outcome", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { outcome, demo, agreed, back } = formOf(request, Outcome);
    const input = { workspaceId, meetingId: idOf(request), outcome, agreed, actor };
    unwrap(await holdMeeting(parts, demo === undefined ? input : { ...input, demo }));
    return goBack(reply, back, "outcome");
  });

  app.post("/sends/:id/send-again", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { back } = formOf(request, OnlyBack);
    unwrap(await sendAgain(parts, { workspaceId, sendId: idOf(request), actor }));
    return goBack(reply, back, "sent-again");
  });
}

async function roomOf(parts: WebParts, request: FastifyRequest): Promise<CaseRoom> {
  const { workspaceId } = sessionOf(request);
  const room = await caseRoom(parts, { workspaceId, caseId: idOf(request) });
  if (room === null) throw noSuchPage();
  return room;
}
