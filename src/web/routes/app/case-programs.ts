import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { listCurrentVersions } from "../../../drivers/store/versions.ts";
import { chooseTrack } from "../../../operations/choose-track.ts";
import { mailOfStep } from "../../../operations/mail-of-step.ts";
import { previewProgram } from "../../../operations/preview-program.ts";
import { switchTrack } from "../../../operations/switch-track.ts";
import { caseMailPage } from "../../pages/app/case-mail-page.tsx";
import { caseStopPage } from "../../pages/app/case-stop-page.tsx";
import { caseSwitchPage } from "../../pages/app/case-switch-page.tsx";
import { mailFrameHeaders } from "../../plugins/security-headers.ts";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage } from "./form.ts";
import { Look, sendMail } from "./mail-look.ts";

const Variant = z.object({ variant: z.enum(["a", "b"]).catch("a") });
const Track = z.object({ track: z.string().max(120).optional().catch(undefined) });
const Switch = z.object({ track: z.string().min(1).max(120), reason: z.string().trim().min(1).max(1000) });

interface ByStep {
  Params: { id: string; step: string };
}

/** The mails of one program as its reader sees them, and moving that reader to another track. */
export function addCaseProgramPages(app: FastifyInstance, parts: WebParts): void {
  app.get<ByStep>("/enrollments/:id/mails/:step", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const { variant } = Variant.parse(request.query);
    const { view } = Look.parse(request.query);
    const enrollmentId = idOf(request);
    const stepKey = request.params.step;
    const mail = unwrap(await mailOfStep(parts, { workspaceId, enrollmentId, stepKey, variant }));
    return sendPage(
      reply,
      caseMailPage({
        viewer: viewerOf(parts, request, reply),
        enrollmentId,
        stepKey,
        variant,
        view,
        ...mail,
      }),
    );
  });

  app.get<ByStep>(
    "/enrollments/:id/mails/:step/html",
    { config: { needs: "see" }, helmet: mailFrameHeaders },
    async (request, reply) => {
      const { workspaceId } = sessionOf(request);
      const { variant } = Variant.parse(request.query);
      const input = { workspaceId, enrollmentId: idOf(request), stepKey: request.params.step, variant };
      const { html } = unwrap(await mailOfStep(parts, input));
      return sendMail(reply, html, Look.parse(request.query).scheme);
    },
  );

  app.get("/enrollments/:id/switch", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const enrollment = await parts.db.enrollment.findFirst({
      where: { id: idOf(request), workspaceId, audience: "contact" },
      include: { case: true, account: true, contact: true, version: true },
    });
    if (enrollment === null) throw noSuchPage();
    const { caseId, contactId, version: current } = enrollment;
    const [versions, asked, sent] = await Promise.all([
      listCurrentVersions(parts.db, workspaceId),
      chooseTrack(parts.db, { ...enrollment.case, account: enrollment.account }),
      parts.db.send.count({
        where: { workspaceId, enrollmentId: enrollment.id, kind: "step", status: "submitted" },
      }),
    ]);
    const tracks = versions.filter(({ audience, key }) => audience === "contact" && key !== current.key);
    const { track } = Track.parse(request.query);
    const chosen = tracks.find(({ key }) => key === track)?.key ?? null;
    const found =
      chosen === null
        ? null
        : await previewProgram(parts, { workspaceId, caseId, contactId, sequenceKey: chosen });
    return sendPage(
      reply,
      caseSwitchPage({
        viewer: viewerOf(parts, request, reply),
        enrollment,
        current,
        sent,
        tracks,
        proposed: asked.ok ? { key: asked.version.key, reason: asked.reason } : null,
        chosen,
        preview:
          found === null ? null : found.ok ? { ok: true, program: found } : { ok: false, ...found.problem },
      }),
    );
  });

  app.get("/enrollments/:id/stop", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const enrollment = await parts.db.enrollment.findFirst({
      where: { id: idOf(request), workspaceId },
      include: { account: true, contact: true },
    });
    if (enrollment === null) throw noSuchPage();
    return sendPage(reply, caseStopPage({ viewer: viewerOf(parts, request, reply), enrollment }));
  });

  app.post("/enrollments/:id/switch", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { track: sequenceKey, reason } = formOf(request, Switch);
    const input = { workspaceId, enrollmentId: idOf(request), sequenceKey, reason, actor };
    const { enrollment } = unwrap(await switchTrack(parts, input));
    return goBack(reply, `/cases/${enrollment.caseId}`, "switched");
  });
}
