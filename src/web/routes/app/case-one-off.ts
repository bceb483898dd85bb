import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { findTemplate, searchTemplates } from "../../../drivers/store/templates.ts";
import { cancelOneOff } from "../../../operations/cancel-one-off.ts";
import { type OneOffDesk, oneOffDesk } from "../../../operations/one-off-desk.ts";
import type { Refusal } from "../../../operations/refusal.ts";
import { previewOneOff, scheduleOneOff } from "../../../operations/schedule-one-off.ts";
import { caseOneOffPage, type OneOffTyped } from "../../pages/app/case-one-off-page.tsx";
import { mailFrameHeaders } from "../../plugins/security-headers.ts";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { refused, statusOf, unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { Back, formOf, goBack, idOf, noSuchPage } from "./form.ts";
import { Look, sendMail } from "./mail-look.ts";

const TEMPLATES_SHOWN = 200;
const MORNING = "09:00";
const Chosen = z.object({ template: z.uuid().optional().catch(undefined) });
const Sent = z.object({
  template: z.uuid(),
  when: z.enum(["now", "later"]).default("now"),
  on: z.union([z.iso.date(), z.literal("")]).default(""),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .catch(MORNING),
});
const OnlyBack = z.object({ back: Back });

/** A mail of the bank to the contact of a case, beside the program (S0-37, S0-38). */
export function addCaseOneOffPages(app: FastifyInstance, parts: WebParts): void {
  app.get("/cases/:id/mail", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { template } = Chosen.parse(request.query);
    return showPage(parts, request, reply, template ?? null, { when: "now", on: "", at: MORNING }, null);
  });

  app.get(
    "/cases/:id/mail/html",
    { config: { needs: "work-cases" }, helmet: mailFrameHeaders },
    async (request, reply) => {
      const { template } = Chosen.parse(request.query);
      const mail = unwrap(
        (await mailOf(parts, request, await deskOf(parts, request), template ?? "")) ?? unknown(),
      );
      return sendMail(reply, mail.html, Look.parse(request.query).scheme);
    },
  );

  app.post("/cases/:id/mail", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const caseId = idOf(request);
    const { template, ...typed } = formOf(request, Sent);
    if (typed.when === "later" && typed.on === "")
      return showPage(parts, request, reply, template, typed, {
        code: "day-needed",
        place: "on",
        message: "No day was chosen.",
        remedy: "Choose one, or let it go now.",
      });
    const when = typed.when === "now" ? null : { on: typed.on, at: typed.at };
    const sent = await scheduleOneOff(parts, { workspaceId, caseId, templateId: template, when, actor });
    if (!sent.ok) return showPage(parts, request, reply, template, typed, sent.problem);
    return goBack(reply, `/cases/${caseId}#one-off-${sent.mail.id}`, "one-off");
  });

  app.post("/one-offs/:id/cancel", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { back } = formOf(request, OnlyBack);
    unwrap(await cancelOneOff(parts, { workspaceId, mailId: idOf(request), actor }));
    return goBack(reply, back, "one-off-cancelled");
  });
}

const unknown = () => {
  throw noSuchPage();
};

async function deskOf(parts: WebParts, request: FastifyRequest): Promise<OneOffDesk> {
  const { workspaceId } = sessionOf(request);
  const caseId = idOf(request);
  const found = await parts.db.case.findFirst({ where: { workspaceId, id: caseId }, select: { id: true } });
  if (found === null) throw noSuchPage();
  const desk = await oneOffDesk(parts.db, { workspaceId, caseId });
  if (desk === null)
    throw refused(
      422,
      "not-enrolled",
      "contact",
      "Nobody is enrolled in this case yet.",
      "Enroll who takes over; then a mail can go beside the program.",
    );
  return desk;
}

/** Null: no such template. */
async function mailOf(parts: WebParts, request: FastifyRequest, desk: OneOffDesk, id: string) {
  const { workspaceId } = sessionOf(request);
  const template = id === "" ? null : await findTemplate(parts.db, workspaceId, id);
  return template === null
    ? null
    : previewOneOff(parts, { workspaceId, caseId: idOf(request), template, desk });
}

async function showPage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  template: string | null,
  typed: OneOffTyped,
  problem: Refusal | null,
) {
  const { workspaceId } = sessionOf(request);
  const desk = await deskOf(parts, request);
  const found = await searchTemplates(parts.db, {
    workspaceId,
    words: "",
    topic: "",
    retired: false,
    skip: 0,
    take: TEMPLATES_SHOWN,
  });
  const mail = template === null ? null : await mailOf(parts, request, desk, template);
  if (problem !== null) reply.code(statusOf(problem));
  return sendPage(
    reply,
    caseOneOffPage({
      viewer: viewerOf(parts, request, reply),
      caseId: idOf(request),
      desk,
      templates: found.templates,
      chosen:
        template === null || mail === null
          ? null
          : { id: template, mail: mail.ok ? mail : { ok: false, ...mail.problem } },
      view: Look.parse(request.query).view,
      typed,
      problem,
    }),
  );
}
