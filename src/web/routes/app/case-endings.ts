import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { caseRoom } from "../../../operations/case-room.ts";
import { CASE_OUTCOMES, closeCase } from "../../../operations/close-case.ts";
import { type Refusal, type Result, refuse } from "../../../operations/refusal.ts";
import { updateCase } from "../../../operations/update-case.ts";
import { caseClosePage } from "../../pages/app/case-close-page.tsx";
import { CASE_STATUSES } from "../../pages/app/case-statuses.ts";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { problemOf, statusOf, unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage } from "./form.ts";

/** As posted; what is missing is said with the form, so that the rest of it stays. */
const Typed = z.object({
  outcome: z.string().max(40).default(""),
  reason: z.string().trim().max(4000).default(""),
});
type Typed = z.output<typeof Typed>;
const Status = z.object({ status: z.enum(CASE_STATUSES) });
const LONGEST_REASON = 1000;

export function addCaseEndings(app: FastifyInstance, parts: WebParts): void {
  const work = { config: { needs: "work-cases" } } as const;

  app.get("/cases/:id/close", work, async (request, reply) =>
    show(parts, request, reply, { typed: { outcome: "", reason: "" }, refusal: null }),
  );

  app.post("/cases/:id/close", work, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const caseId = idOf(request);
    const typed = formOf(request, Typed);
    const read = endingOf(typed);
    const closed = read.ok ? await closeCase(parts, { workspaceId, caseId, ...read.ending, actor }) : read;
    if (!closed.ok) return show(parts, request, reply, { typed, refusal: closed.problem });
    return goBack(reply, `/cases/${caseId}`, "closed");
  });

  app.post("/cases/:id/status", work, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const caseId = idOf(request);
    const { status } = formOf(request, Status);
    unwrap(await updateCase(parts, { workspaceId, caseId, status, actor }));
    return goBack(reply, `/cases/${caseId}`, "saved");
  });
}

function endingOf({ outcome, reason }: Typed): Result<{
  ending: { outcome: (typeof CASE_OUTCOMES)[number]; reason: string };
}> {
  const known = CASE_OUTCOMES.find((one) => one === outcome);
  if (known === undefined)
    return refuse("not-chosen", "outcome", "No outcome was chosen.", "Choose how it ended.");
  if (reason === "")
    return refuse("reason-needed", "reason", "There is no reason.", "Say what tells you so.");
  if (reason.length > LONGEST_REASON)
    return refuse(
      "too-long",
      "reason",
      `The reason is longer than ${LONGEST_REASON} characters.`,
      "Shorten it.",
    );
  return { ok: true, ending: { outcome: known, reason } };
}

async function show(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  form: { typed: Typed; refusal: Refusal | null },
) {
  const { workspaceId } = sessionOf(request);
  const room = await caseRoom(parts, { workspaceId, caseId: idOf(request) });
  if (room === null) throw noSuchPage();
  const { typed, refusal } = form;
  const status = refusal === null ? 200 : statusOf(refusal);
  const problem = refusal === null ? null : problemOf(status, refusal);
  const viewer = viewerOf(parts, request, reply);
  return sendPage(reply.code(status), caseClosePage({ viewer, room, typed, problem }));
}
