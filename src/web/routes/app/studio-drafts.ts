import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { renderToStaticMarkup } from "react-dom/server";
import { z } from "zod";
import { readSequence } from "../../../domain/sequences/read-sequence.ts";
import { diffVersions } from "../../../domain/sequences/version-diff.ts";
import { findDraft } from "../../../drivers/store/drafts.ts";
import type { SequenceDraft } from "../../../drivers/store/generated/client.ts";
import { findCurrentVersion } from "../../../drivers/store/versions.ts";
import { checkSequence, fileOf } from "../../../operations/check-sequence.ts";
import { frozenSequence } from "../../../operations/frozen-sequence.ts";
import { previewStep } from "../../../operations/preview-program.ts";
import { publishDraft } from "../../../operations/publish-draft.ts";
import type { Refusal, Result } from "../../../operations/refusal.ts";
import { discardDraft, sendBackDraft, takeBackDraft } from "../../../operations/reopen-draft.ts";
import { saveDraft } from "../../../operations/save-draft.ts";
import { startDraft } from "../../../operations/start-draft.ts";
import { namesOf } from "../../../operations/studio.ts";
import { submitDraft } from "../../../operations/submit-draft.ts";
import { forFrame } from "../../mail-frame.ts";
import { inScheme } from "../../mail-scheme.ts";
import { sequencePage } from "../../pages/app/sequence-page.tsx";
import {
  type DraftPageProps,
  studioDraftChangesPage,
  studioDraftPage,
  studioDraftSourcePage,
} from "../../pages/app/studio-draft-page.tsx";
import { ProblemList } from "../../pages/app/studio-parts.tsx";
import { mailFrameHeaders } from "../../plugins/security-headers.ts";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { statusOf, unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, sentenceFor } from "./form.ts";
import { type ByKey, patchOf, programOf, versionOf } from "./studio.ts";

/** Bytes of a sequence file and a little: the form's other fields travel with it. */
const LARGEST_DRAFT = 256 * 1024;
/** A line break of a form is two characters, and each may be three when it is encoded. */
const bodyLimit = 4 * LARGEST_DRAFT;

const Revision = z.coerce.number().int().min(1);
const Start = z.object({ version: z.coerce.number().int().min(1) });
const Clone = Start.extend({ key: z.string().trim().max(120), name: z.string().trim().min(1).max(120) });
const Save = z.object({
  revision: Revision,
  source: z.string().max(LARGEST_DRAFT),
  note: z.string().max(500).default(""),
  // biome-ignore lint/suspicious/noThenProperty: the name of a button, never awaited
  then: z.enum(["submit", "look", ""]).catch(""),
});
const Decision = z.object({ revision: Revision });
const SendBack = Decision.extend({ comment: z.string().max(1000).default("") });
const Publish = Decision.extend({
  against: z.preprocess((value) => (value === "" ? null : value), z.coerce.number().int().nullable()),
});
const Typing = z.object({ source: z.string().max(LARGEST_DRAFT), step: z.string().max(120).optional() });

const writes = { config: { needs: "write-sequences" } } as const;
const publishes = { config: { needs: "publish-sequences" } } as const;

/** Drafts: authors write and submit, approvers publish or send back (S0-36). */
export function addStudioDraftPages(app: FastifyInstance, parts: WebParts): void {
  addBeginnings(app, parts);
  addReading(app, parts);
  addWriting(app, parts);
  addDeciding(app, parts);
}

function addBeginnings(app: FastifyInstance, parts: WebParts): void {
  app.post<ByKey>("/studio/:key/draft", writes, async (request, reply) => {
    const { workspaceId, user } = sessionOf(request);
    const { version } = formOf(request, Start);
    const from = { fromKey: request.params.key, fromVersion: version };
    const { draft, already } = unwrap(await startDraft(parts, { workspaceId, userId: user.id, ...from }));
    return goBack(reply, `/studio/drafts/${draft.id}`, already ? "draft-already" : "draft-started");
  });

  app.post<ByKey>("/studio/:key/clone", writes, async (request, reply) => {
    const { workspaceId, user } = sessionOf(request);
    const { version, key, name } = formOf(request, Clone);
    const from = { fromKey: request.params.key, fromVersion: version };
    const result = await startDraft(parts, { workspaceId, userId: user.id, ...from, clone: { key, name } });
    if (result.ok)
      return goBack(
        reply,
        `/studio/drafts/${result.draft.id}`,
        result.already ? "draft-already" : "draft-started",
      );
    if (result.problem.place !== "key") unwrap(result);
    const shown = await versionOf(parts, workspaceId, request.params.key, version);
    const program = await programOf(parts, viewerOf(parts, request, reply), shown);
    const complaint = `${result.problem.message} ${result.problem.remedy}`;
    return sendPage(
      reply.code(422),
      sequencePage({ ...program, said: null, clone: { key, name, complaint } }),
    );
  });
}

function addReading(app: FastifyInstance, parts: WebParts): void {
  const needs = { config: { needs: "see" } } as const;

  app.get("/studio/drafts/:id", needs, async (request, reply) =>
    sendPage(reply, studioDraftPage(await pageProps(parts, request, reply))),
  );

  app.get("/studio/drafts/:id/source", needs, async (request, reply) => {
    const { viewer, draft, problems } = await pageProps(parts, request, reply);
    return sendPage(reply, studioDraftSourcePage({ viewer, draft, problems }));
  });

  app.get("/studio/drafts/:id/changes", needs, async (request, reply) =>
    sendPage(reply, studioDraftChangesPage(await pageProps(parts, request, reply))),
  );
}

function addWriting(app: FastifyInstance, parts: WebParts): void {
  app.post("/studio/drafts/:id/save", { ...writes, bodyLimit }, async (request, reply) => {
    const form = formOf(request, Save);
    const { source, note, revision } = form;
    const saved = await saveDraft(parts, { ...actOf(request, revision), source, note });
    if (!saved.ok) return again(parts, request, reply, saved.problem, { source, note });
    const { id } = saved.draft;
    if (form.then === "look") return goBack(reply, `/studio/drafts/${id}/changes`, "draft-saved");
    if (form.then === "") return goBack(reply, `/studio/drafts/${id}`, "draft-saved");
    const submitted = await submitDraft(parts, { ...actOf(request, saved.draft.revision), note });
    if (!submitted.ok) return again(parts, request, reply, submitted.problem);
    return goBack(reply, `/studio/drafts/${id}`, "draft-submitted");
  });

  for (const [act, operation, said] of [
    ["take-back", takeBackDraft, "draft-back"],
    ["discard", discardDraft, "draft-discarded"],
  ] as const)
    app.post(`/studio/drafts/:id/${act}`, writes, async (request, reply) => {
      const { revision } = formOf(request, Decision);
      const done = await operation(parts, actOf(request, revision));
      if (!done.ok) return again(parts, request, reply, done.problem);
      return goBack(reply, act === "discard" ? "/studio" : `/studio/drafts/${done.draft.id}`, said);
    });

  // Asked while somebody types. Nothing is kept.
  app.post("/studio/drafts/:id/check", { ...writes, bodyLimit }, async (request) => {
    const draft = await draftOf(parts, request);
    const { source } = formOf(request, Typing);
    const { workspaceId, key } = draft;
    const { problems, steps } = await checkSequence(parts, { workspaceId, key, source });
    const list = ProblemList({ problems, lineHref: (line) => `#L${line}` });
    return { html: renderToStaticMarkup(list), steps };
  });

  app.post(
    "/studio/drafts/:id/preview",
    { ...writes, bodyLimit, helmet: mailFrameHeaders },
    async (request, reply) => {
      const { workspaceId, key } = await draftOf(parts, request);
      const { source, step: stepKey = "" } = formOf(request, Typing);
      const read = readSequence(source, fileOf(key));
      if (!read.ok) throw noSuchPage();
      const mail = unwrap(await previewStep(parts, { workspaceId, sequence: read.sequence, stepKey }));
      return reply
        .header("content-type", "text/html; charset=utf-8")
        .send(forFrame(inScheme(mail.html, "light")));
    },
  );
}

function addDeciding(app: FastifyInstance, parts: WebParts): void {
  app.post("/studio/drafts/:id/publish", publishes, async (request, reply) => {
    const { revision, against } = formOf(request, Publish);
    const published = await publishDraft(parts, { ...actOf(request, revision), against });
    if (!published.ok) return again(parts, request, reply, published.problem);
    return goBack(reply, `/studio/${published.key}`, "draft-published");
  });

  app.post("/studio/drafts/:id/send-back", publishes, async (request, reply) => {
    const { revision, comment } = formOf(request, SendBack);
    const done: Result<{ draft: SequenceDraft }> = await sendBackDraft(parts, {
      ...actOf(request, revision),
      comment,
    });
    if (!done.ok) return again(parts, request, reply, done.problem);
    return goBack(reply, "/studio", "draft-sent-back");
  });
}

function actOf(request: FastifyRequest, revision: number) {
  const { workspaceId, actor } = sessionOf(request);
  return { workspaceId, actor, draftId: idOf(request), revision };
}

/** The page again, with what is wrong and with everything that was typed. */
async function again(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Refusal,
  typed?: { source: string; note: string },
) {
  const props = await pageProps(parts, request, reply);
  const { place, message, remedy } = problem;
  const complaint = { place, message, remedy };
  const unsaved = typed === undefined ? {} : { unsaved: typed };
  return sendPage(
    reply.code(statusOf(problem)),
    studioDraftPage({ ...props, said: null, complaint, ...unsaved }),
  );
}

async function draftOf(parts: WebParts, request: FastifyRequest): Promise<SequenceDraft> {
  const draft = await findDraft(parts.db, sessionOf(request).workspaceId, idOf(request));
  if (draft === null) throw noSuchPage();
  return draft;
}

async function pageProps(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<DraftPageProps> {
  const draft = await draftOf(parts, request);
  const { workspaceId, key, source, authorId } = draft;
  const current = await findCurrentVersion(parts.db, workspaceId, key);
  const { sequence, problems } = await checkSequence(parts, { workspaceId, key, source });
  const names = await namesOf(parts.db, workspaceId, [authorId]);
  return {
    viewer: viewerOf(parts, request, reply),
    draft,
    author: names.get(authorId) ?? "Somebody",
    sequence,
    problems,
    compared:
      current === null || sequence === null
        ? null
        : {
            version: current.version,
            diff: diffVersions(frozenSequence(current), sequence),
            patch: patchOf(current.source, source),
          },
    current: current?.version ?? null,
    said: sentenceFor(request.query),
  };
}
