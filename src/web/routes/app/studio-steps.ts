import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { readSequence } from "../../../domain/sequences/read-sequence.ts";
import type { Sequence } from "../../../domain/sequences/sequence.ts";
import { stepFacts } from "../../../domain/sequences/step-facts.ts";
import { findDraft } from "../../../drivers/store/drafts.ts";
import { fileOf } from "../../../operations/check-sequence.ts";
import { frozenSequence } from "../../../operations/frozen-sequence.ts";
import { type PreviewStepInput, previewStep } from "../../../operations/preview-program.ts";
import { sendTest } from "../../../operations/send-test.ts";
import { listReaders } from "../../../operations/studio.ts";
import { forFrame } from "../../mail-frame.ts";
import { hasDarkColours, inScheme } from "../../mail-scheme.ts";
import { type StepPageProps, stepPage } from "../../pages/app/step-page.tsx";
import { mailFrameHeaders } from "../../plugins/security-headers.ts";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import { seeOther, sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { Back, formOf, idOf, noSuchPage, sentenceFor } from "./form.ts";
import { versionOf } from "./studio.ts";

const READERS_SHOWN = 80;

const Whole = z.coerce.number().int().min(1).max(100_000).optional().catch(undefined);
/** The case and the contact whose values fill the mail, as one word; without it, samples. */
const As = z
  .string()
  .regex(/^[0-9a-f-]{36}\.[0-9a-f-]{36}$/)
  .catch("");
const Look = z.object({
  variant: z.enum(["a", "b"]).catch("a"),
  view: z.enum(["desktop", "phone", "text", "dark"]).catch("desktop"),
  scheme: z.enum(["light", "dark"]).catch("light"),
  as: As,
  version: Whole,
  case: z.uuid().optional().catch(undefined),
  contact: z.uuid().optional().catch(undefined),
});
const Test = z.object({ variant: z.enum(["a", "b"]).catch("a"), as: As, version: Whole, back: Back });

/** A program whose steps are looked at: a published version or a draft. */
interface Shown {
  readonly at: string;
  readonly crumbs: StepPageProps["crumbs"];
  readonly sequence: Sequence;
  readonly of: { versionId: string } | { draftId: string };
}

type Find = (request: FastifyRequest, version: number | undefined) => Promise<Shown>;

/** Every mail of a program as it will arrive. Looking sends nothing. */
export function addStudioStepPages(app: FastifyInstance, parts: WebParts): void {
  addSteps(app, parts, "/studio/:key/steps/:step", async (request, number) => {
    const { key } = request.params as { key: string };
    const version = await versionOf(parts, sessionOf(request).workspaceId, key, number);
    return {
      at: `/studio/${key}`,
      crumbs: [
        { href: "/studio", name: "Studio" },
        { href: `/studio/${key}`, name: version.name },
      ],
      sequence: frozenSequence(version),
      of: { versionId: version.id },
    };
  });
  addSteps(app, parts, "/studio/drafts/:id/steps/:step", async (request) => {
    const draft = await findDraft(parts.db, sessionOf(request).workspaceId, idOf(request));
    const read = draft === null ? null : readSequence(draft.source, fileOf(draft.key));
    if (draft === null || read === null || !read.ok) throw noSuchPage();
    return {
      at: `/studio/drafts/${draft.id}`,
      crumbs: [
        { href: "/studio", name: "Studio" },
        { href: `/studio/drafts/${draft.id}`, name: `Draft of ${draft.key}` },
      ],
      sequence: read.sequence,
      of: { draftId: draft.id },
    };
  });
}

function addSteps(app: FastifyInstance, parts: WebParts, path: string, find: Find): void {
  app.get(path, { config: { needs: "see" } }, async (request, reply) => {
    const look = Look.parse(request.query);
    const shown = await find(request, look.version);
    return sendPage(reply, stepPage(await pageProps(parts, request, reply, shown, look)));
  });

  app.get(`${path}/html`, { config: { needs: "see" }, helmet: mailFrameHeaders }, async (request, reply) => {
    const look = Look.parse(request.query);
    const { sequence } = await find(request, look.version);
    const mail = unwrap(await previewStep(parts, previewOf(request, sequence, look)));
    return reply
      .header("content-type", "text/html; charset=utf-8")
      .send(forFrame(inScheme(mail.html, look.scheme)));
  });

  app.post(`${path}/test`, { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId, user } = sessionOf(request);
    const form = formOf(request, Test);
    const { sequence, of } = await find(request, form.version);
    const preview = previewOf(request, sequence, form);
    // What cannot be made is said here, not in a row that nobody looks at.
    unwrap(await previewStep(parts, preview));
    const { stepKey, reader } = preview;
    const asked = { workspaceId, userId: user.id, of, stepKey, variant: form.variant };
    unwrap(await sendTest(parts, reader === undefined ? asked : { ...asked, reader }));
    const joint = form.back.includes("?") ? "&" : "?";
    return seeOther(reply, `${form.back}${joint}said=test-sent` as `/${string}`);
  });
}

function previewOf(
  request: FastifyRequest,
  sequence: Sequence,
  look: Pick<z.output<typeof Look>, "variant" | "as"> & Partial<z.output<typeof Look>>,
): PreviewStepInput {
  const { workspaceId } = sessionOf(request);
  const { step: stepKey } = request.params as { step: string };
  const [caseId = look.case, contactId = look.contact] = look.as === "" ? [] : look.as.split(".");
  const plain = { workspaceId, sequence, stepKey, variant: look.variant };
  return caseId === undefined || contactId === undefined
    ? plain
    : { ...plain, reader: { caseId, contactId } };
}

async function pageProps(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Shown,
  look: z.output<typeof Look>,
): Promise<StepPageProps> {
  const { sequence, at, crumbs } = shown;
  const facts = stepFacts(sequence);
  const preview = previewOf(request, sequence, look);
  const index = facts.findIndex(({ key }) => key === preview.stepKey);
  const step = facts[index];
  if (step === undefined) throw noSuchPage();
  const { workspaceId } = sessionOf(request);
  const [mail, readers] = await Promise.all([
    previewStep(parts, preview),
    listReaders(parts, { workspaceId, take: READERS_SHOWN }),
  ]);
  const mails = (list: typeof facts) => list.filter(({ recipient }) => recipient !== "csm");
  return {
    viewer: viewerOf(parts, request, reply),
    at,
    crumbs,
    stepKey: step.key,
    position: step.position,
    total: facts.length,
    day: step.day,
    hasVariantB: step.hasVariantB,
    neighbours: {
      before: mails(facts.slice(0, index)).at(-1)?.key ?? null,
      after: mails(facts.slice(index + 1))[0]?.key ?? null,
    },
    chosen: { variant: look.variant, view: look.view, as: look.as, version: look.version ?? null },
    readers,
    mail: mail.ok
      ? {
          ok: true,
          subject: mail.subject,
          text: mail.text,
          htmlBytes: Buffer.byteLength(mail.html),
          hasDark: hasDarkColours(mail.html),
          warnings: mail.warnings,
        }
      : { ok: false, message: mail.problem.message, remedy: mail.problem.remedy },
    said: sentenceFor(request.query),
  };
}
