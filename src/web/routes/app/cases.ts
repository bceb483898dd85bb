import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { answerQuestion } from "../../../operations/answer-question.ts";
import { caseRoom } from "../../../operations/case-room.ts";
import { finishCsmTask } from "../../../operations/finish-csm-task.ts";
import { holdMeeting } from "../../../operations/hold-meeting.ts";
import { sendAgain } from "../../../operations/send-again.ts";
import { caseRoomPage } from "../../pages/app/case-room-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { Back, formOf, goBack, idOf, noSuchPage, sentenceFor } from "./form.ts";

const Answer = z.object({ answer: z.string().trim().min(1).max(8000), back: Back });
const Finish = z.object({ outcome: z.string().trim().min(1).max(1000), back: Back });
const Outcome = z.object({
  outcome: z.enum(["held", "no_show", "cancelled"]),
  demo: z.enum(["no", "partly", "yes"]).optional(),
  back: Back,
});
const OnlyBack = z.object({ back: Back });

export function addCasePages(app: FastifyInstance, parts: WebParts): void {
  app.get("/cases/:id", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId, user } = sessionOf(request);
    const room = await caseRoom(parts, { workspaceId, caseId: idOf(request) });
    if (room === null) throw noSuchPage();
    const said = sentenceFor(request.query);
    return sendPage(
      reply,
      caseRoomPage({ viewer: viewerOf(parts, request, reply), room, zone: user.zone, said }),
    );
  });

  app.post("/questions/:id/answer", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { answer, back } = formOf(request, Answer);
    unwrap(await answerQuestion(parts, { workspaceId, questionId: idOf(request), answer, actor }));
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
    const { outcome, demo, back } = formOf(request, Outcome);
    const input = { workspaceId, meetingId: idOf(request), outcome, actor };
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
