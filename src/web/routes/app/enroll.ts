import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { listCases } from "../../../drivers/store/cases.ts";
import { listCurrentVersions } from "../../../drivers/store/versions.ts";
import { caseRoom } from "../../../operations/case-room.ts";
import { enrollContact } from "../../../operations/enroll-contact.ts";
import { previewProgram } from "../../../operations/preview-program.ts";
import { type EnrollPageProps, enrollPage } from "../../pages/app/enroll-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { formOf, goBack } from "./form.ts";

const Choice = z.object({
  case: z.uuid().optional().catch(undefined),
  contact: z.uuid().optional().catch(undefined),
  track: z.string().max(120).optional(),
  pace: z.enum(["slow", "normal", "fast"]).catch("normal"),
});
const Enroll = z.object({
  case: z.uuid(),
  contact: z.uuid(),
  track: z.string().max(120).default(""),
  pace: z.enum(["slow", "normal", "fast"]).catch("normal"),
  once: z.uuid(),
});

/** Enrolling in two minutes: choose, see every mail with its day, confirm. Choosing changes nothing. */
export function addEnrollPages(app: FastifyInstance, parts: WebParts): void {
  app.get("/enroll", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const asked = Choice.parse(request.query);
    const cases = await listCases(parts.db, workspaceId, { open: true });
    const room = asked.case === undefined ? null : await caseRoom(parts, { workspaceId, caseId: asked.case });
    // Who takes over is usually known from the case: then the program is here with the first click.
    const chosen = { ...asked, contact: asked.contact ?? room?.replacement?.id };
    const versions = await listCurrentVersions(parts.db, workspaceId);
    const tracks = versions.filter((version) => version.audience === "contact");
    const preview = await previewOf(parts, workspaceId, chosen);
    return sendPage(
      reply,
      enrollPage({ viewer: viewerOf(parts, request, reply), cases, room, chosen, tracks, preview }),
    );
  });

  app.post("/enroll", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const form = formOf(request, Enroll);
    unwrap(
      await enrollContact(parts, {
        workspaceId,
        caseId: form.case,
        contactId: form.contact,
        pace: form.pace,
        actor,
        idempotencyKey: form.once,
        ...(form.track === "" ? {} : { sequenceKey: form.track }),
      }),
    );
    return goBack(reply, `/cases/${form.case}`, "enrolled");
  });
}

async function previewOf(
  parts: WebParts,
  workspaceId: string,
  chosen: z.output<typeof Choice>,
): Promise<EnrollPageProps["preview"]> {
  if (chosen.case === undefined || chosen.contact === undefined) return null;
  const result = await previewProgram(parts, {
    workspaceId,
    caseId: chosen.case,
    contactId: chosen.contact,
    pace: chosen.pace,
    ...(chosen.track ? { sequenceKey: chosen.track } : {}),
  });
  return result.ok ? { ok: true, program: result } : result;
}
