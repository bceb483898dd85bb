import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { listCurrentVersions } from "../../../drivers/store/versions.ts";
import { frozenSequence } from "../../../operations/frozen-sequence.ts";
import { previewMail } from "../../../operations/preview-program.ts";
import { forFrame } from "../../mail-frame.ts";
import { sequencePage } from "../../pages/app/sequence-page.tsx";
import { sequencesPage } from "../../pages/app/sequences-page.tsx";
import { stepPage } from "../../pages/app/step-page.tsx";
import { mailFrameHeaders } from "../../plugins/security-headers.ts";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { noSuchPage } from "./form.ts";

interface ByStep {
  Params: { key: string; step: string };
}
/** The case and the contact whose values fill the mail; without them, samples. */
const Look = z.object({
  variant: z.enum(["a", "b"]).catch("a"),
  case: z.uuid().optional().catch(undefined),
  contact: z.uuid().optional().catch(undefined),
});

export function addSequencePages(app: FastifyInstance, parts: WebParts): void {
  app.get("/sequences", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const versions = await listCurrentVersions(parts.db, workspaceId);
    const sequences = versions.map((version) => ({ version, sequence: frozenSequence(version) }));
    return sendPage(reply, sequencesPage(viewerOf(parts, request, reply), sequences));
  });

  app.get<{ Params: { key: string } }>(
    "/sequences/:key",
    { config: { needs: "see" } },
    async (request, reply) => {
      const { workspaceId } = sessionOf(request);
      const versions = await parts.db.sequenceVersion.findMany({
        where: { workspaceId, key: request.params.key },
        orderBy: { version: "desc" },
      });
      const [current] = versions;
      if (current === undefined) throw noSuchPage();
      const viewer = viewerOf(parts, request, reply);
      return sendPage(
        reply,
        sequencePage({ viewer, version: current, sequence: frozenSequence(current), versions }),
      );
    },
  );

  app.get<ByStep>("/sequences/:key/steps/:step", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const { key, step: stepKey } = request.params;
    const { variant } = Look.parse(request.query);
    const versions = await listCurrentVersions(parts.db, workspaceId);
    const version = versions.find((one) => one.key === key);
    const step =
      version === undefined ? undefined : frozenSequence(version).steps.find((one) => one.key === stepKey);
    if (version === undefined || step === undefined) throw noSuchPage();
    const mail = unwrap(await previewMail(parts, { workspaceId, sequenceKey: key, stepKey, variant }));
    return sendPage(
      reply,
      stepPage({
        viewer: viewerOf(parts, request, reply),
        sequenceKey: key,
        sequenceName: version.name,
        stepKey,
        variant,
        hasVariantB: step.variantB !== undefined,
        ...mail,
      }),
    );
  });

  app.get<ByStep>(
    "/sequences/:key/steps/:step/html",
    { config: { needs: "see" }, helmet: mailFrameHeaders },
    async (request, reply) => {
      const { workspaceId } = sessionOf(request);
      const { key: sequenceKey, step: stepKey } = request.params;
      const { variant, case: caseId, contact: contactId } = Look.parse(request.query);
      const reader = caseId === undefined || contactId === undefined ? undefined : { caseId, contactId };
      const input = { workspaceId, sequenceKey, stepKey, variant };
      const mail = unwrap(await previewMail(parts, reader === undefined ? input : { ...input, reader }));
      return reply.header("content-type", "text/html; charset=utf-8").send(forFrame(mail.html));
    },
  );
}
