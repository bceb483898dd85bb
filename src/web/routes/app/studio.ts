import { createTwoFilesPatch } from "diff";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { diffVersions } from "../../../domain/sequences/version-diff.ts";
import { findOpenDraft } from "../../../drivers/store/drafts.ts";
import type { SequenceVersion } from "../../../drivers/store/generated/client.ts";
import { findCurrentCompetitor, findCurrentVersion } from "../../../drivers/store/versions.ts";
import { checkCompetitor } from "../../../operations/check-sequence.ts";
import { frozenCompetitor, frozenSequence } from "../../../operations/frozen-sequence.ts";
import { problemsOf, studioHome, versionsOf } from "../../../operations/studio.ts";
import { type SequencePageProps, sequencePage } from "../../pages/app/sequence-page.tsx";
import { studioCompetitorPage } from "../../pages/app/studio-competitor-page.tsx";
import { studioHomePage } from "../../pages/app/studio-home-page.tsx";
import { studioSourcePage } from "../../pages/app/studio-source-page.tsx";
import { studioVersionsPage } from "../../pages/app/studio-versions-page.tsx";
import type { Viewer } from "../../pages/layout.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { noSuchPage, sentenceFor } from "./form.ts";

export interface ByKey {
  Params: { key: string };
}

const VersionNumber = z.coerce.number().int().min(1).max(100_000).optional().catch(undefined);
const Versions = z.object({ version: VersionNumber, from: VersionNumber, to: VersionNumber });

/** Programs as they are published: read by everybody, changed through drafts. */
export function addStudioPages(app: FastifyInstance, parts: WebParts): void {
  const needs = { config: { needs: "see" } } as const;

  app.get("/studio", needs, async (request, reply) => {
    const home = await studioHome(parts, sessionOf(request).workspaceId);
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, studioHomePage({ viewer, home, said: sentenceFor(request.query) }));
  });

  app.get<ByKey>("/studio/competitors/:key", needs, async (request, reply) => {
    const version = await findCurrentCompetitor(parts.db, sessionOf(request).workspaceId, request.params.key);
    if (version === null) throw noSuchPage();
    const today = parts.clock.now().toISOString().slice(0, 10);
    const problems = checkCompetitor(version, today);
    const viewer = viewerOf(parts, request, reply);
    return sendPage(
      reply,
      studioCompetitorPage({ viewer, version, competitor: frozenCompetitor(version), problems }),
    );
  });

  app.get<ByKey>("/studio/:key", needs, async (request, reply) => {
    const viewer = viewerOf(parts, request, reply);
    const { version } = Versions.parse(request.query);
    const shown = await versionOf(parts, sessionOf(request).workspaceId, request.params.key, version);
    const said = sentenceFor(request.query);
    return sendPage(reply, sequencePage({ ...(await programOf(parts, viewer, shown)), said }));
  });

  app.get<ByKey>("/studio/:key/source", needs, async (request, reply) => {
    const { version } = Versions.parse(request.query);
    const shown = await versionOf(parts, sessionOf(request).workspaceId, request.params.key, version);
    const problems = await problemsOf(parts, shown);
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, studioSourcePage({ viewer, version: shown, problems }));
  });

  app.get<ByKey>("/studio/:key/versions", needs, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const { key } = request.params;
    const versions = await versionsOf(parts, { workspaceId, key });
    const [newest, before] = versions;
    if (newest === undefined) throw noSuchPage();
    const asked = Versions.parse(request.query);
    const from = asked.from ?? before?.version.version;
    const compared =
      from === undefined
        ? null
        : await compareVersions(parts, { workspaceId, key, from, to: asked.to ?? newest.version.version });
    return sendPage(
      reply,
      studioVersionsPage({
        viewer: viewerOf(parts, request, reply),
        name: newest.version.name,
        sequenceKey: key,
        versions,
        compared,
        said: sentenceFor(request.query),
      }),
    );
  });

  addOldAddresses(app);
}

/** One version of a sequence: the one asked for, or the one in use. */
export async function versionOf(
  parts: WebParts,
  workspaceId: string,
  key: string,
  version: number | undefined,
): Promise<SequenceVersion> {
  const found =
    version === undefined
      ? await findCurrentVersion(parts.db, workspaceId, key)
      : await parts.db.sequenceVersion.findFirst({ where: { workspaceId, key, version } });
  if (found === null) throw noSuchPage();
  return found;
}

/** What the page of one version shows. */
export async function programOf(
  parts: WebParts,
  viewer: Viewer,
  version: SequenceVersion,
): Promise<Omit<SequencePageProps, "said">> {
  const { workspaceId, key } = version;
  const [versions, problems, draft] = await Promise.all([
    versionsOf(parts, { workspaceId, key }),
    problemsOf(parts, version),
    findOpenDraft(parts.db, workspaceId, key),
  ]);
  const current = versions.find((one) => one.version.status === "published")?.version.version;
  return {
    viewer,
    version,
    sequence: frozenSequence(version),
    current: current ?? version.version,
    people: versions.reduce((sum, { people }) => sum + people, 0),
    problems,
    draft,
  };
}

async function compareVersions(
  parts: WebParts,
  input: { workspaceId: string; key: string; from: number; to: number },
) {
  const { workspaceId, key, from, to } = input;
  const older = await versionOf(parts, workspaceId, key, from);
  const newer = await versionOf(parts, workspaceId, key, to);
  return {
    from,
    to,
    diff: diffVersions(frozenSequence(older), frozenSequence(newer)),
    patch: patchOf(older.source, newer.source),
  };
}

/** A unified diff without its head; empty when the two are the same. */
export function patchOf(older: string, newer: string): string {
  if (older === newer) return "";
  const patch = createTwoFilesPatch("a", "b", older, newer, "", "", { context: 3 });
  return patch.slice(Math.max(0, patch.indexOf("@@"))).trimEnd();
}

/** Where the programs stood before there was a studio: links in mails and bookmarks go on working. */
function addOldAddresses(app: FastifyInstance): void {
  const needs = { config: { needs: "see" } } as const;
  const moved = (reply: FastifyReply, from: string) =>
    reply.redirect(from.replace(/^\/sequences/, "/studio"), 301);
  for (const path of [
    "/sequences",
    "/sequences/:key",
    "/sequences/:key/steps/:step",
    "/sequences/:key/steps/:step/html",
  ])
    app.get(path, needs, async (request, reply) => moved(reply, request.url));
}
