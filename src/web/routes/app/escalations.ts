import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { approveEscalation, wordsProblem } from "../../../operations/approve-escalation.ts";
import { dismissEscalation } from "../../../operations/dismiss-escalation.ts";
import { draftEscalation, whyNot } from "../../../operations/draft-escalation.ts";
import { escalationCase } from "../../../operations/escalation-case.ts";
import type { Refusal } from "../../../operations/refusal.ts";
import { reviseEscalation } from "../../../operations/revise-escalation.ts";
import { briefMail } from "../../../operations/write-escalation-mail.ts";
import { forFrame } from "../../mail-frame.ts";
import { caseEscalatePage } from "../../pages/app/case-escalate-page.tsx";
import { mailFrameHeaders } from "../../plugins/security-headers.ts";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { statusOf, unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, sentenceFor } from "./form.ts";

const Decision = z.object({
  do: z.enum(["draft", "look", "approve", "dismiss"]),
  escalation: z.uuid().optional(),
  subject: z.string().max(200).default(""),
  body: z
    .string()
    .max(4000)
    .default("")
    .transform((text) => text.replaceAll("\r\n", "\n")),
  reason: z.string().max(1000).default(""),
});

/** The brief to the sponsor: read, changed and approved by a person before it goes (domain.md D9). */
export function addEscalationPages(app: FastifyInstance, parts: WebParts): void {
  app.get("/cases/:id/escalate", { config: { needs: "work-cases" } }, async (request, reply) =>
    showPage(parts, request, reply, { typed: null, problem: null }),
  );

  app.post("/cases/:id/escalate", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const caseId = idOf(request);
    const form = formOf(request, Decision);
    const here = `/cases/${caseId}/escalate`;
    if (form.do === "draft") {
      const drafted = await draftEscalation(parts, { workspaceId, caseId, actor });
      if (!drafted.ok) return showPage(parts, request, reply, { typed: null, problem: drafted.problem });
      return goBack(reply, here, "drafted");
    }
    // The draft of another case has no place in this form.
    const draft = await parts.db.escalation.findFirst({
      where: { workspaceId, caseId, id: form.escalation ?? "00000000-0000-0000-0000-000000000000" },
    });
    if (draft === null) throw noSuchPage();
    const escalationId = draft.id;
    const { subject, body, reason } = form;
    const typed = { subject, body };
    switch (form.do) {
      case "dismiss": {
        const dismissed = await dismissEscalation(parts, { workspaceId, escalationId, reason, actor });
        if (!dismissed.ok)
          return showPage(parts, request, reply, { typed: null, problem: dismissed.problem });
        return goBack(reply, `/cases/${caseId}`, "dismissed");
      }
      case "look": {
        const problem = wordsProblem(typed);
        if (problem !== null) return showPage(parts, request, reply, { typed, problem });
        unwrap(await reviseEscalation(parts, { workspaceId, escalationId, ...typed }));
        return goBack(reply, here, "kept");
      }
      case "approve": {
        const approved = await approveEscalation(parts, { workspaceId, escalationId, ...typed, actor });
        if (!approved.ok) return showPage(parts, request, reply, { typed, problem: approved.problem });
        return goBack(reply, `/cases/${caseId}`, "escalated");
      }
      default:
        return form.do satisfies never;
    }
  });

  app.get(
    "/escalations/:id/html",
    { config: { needs: "work-cases" }, helmet: mailFrameHeaders },
    async (request, reply) => {
      const { workspaceId } = sessionOf(request);
      const row = await parts.db.escalation.findFirst({ where: { workspaceId, id: idOf(request) } });
      const found =
        row && (await escalationCase(parts.db, { workspaceId, caseId: row.caseId }, parts.clock.now()));
      if (!row || !found) throw noSuchPage();
      const mail = await briefMail({
        subject: row.subject,
        body: row.body,
        csmName: found.csm?.name ?? found.workspace.name,
        workspaceName: found.workspace.name,
      });
      return reply.header("content-type", "text/html; charset=utf-8").send(forFrame(mail.html));
    },
  );
}

async function showPage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  state: { typed: { subject: string; body: string } | null; problem: Refusal | null },
) {
  const { workspaceId } = sessionOf(request);
  const found = await escalationCase(parts.db, { workspaceId, caseId: idOf(request) }, parts.clock.now());
  if (found === null) throw noSuchPage();
  const said = state.problem === null ? sentenceFor(request.query) : null;
  if (state.problem !== null) reply.code(statusOf(state.problem));
  const page = { viewer: viewerOf(parts, request, reply), found, blocked: whyNot(found), ...state, said };
  return sendPage(reply, caseEscalatePage(page));
}
