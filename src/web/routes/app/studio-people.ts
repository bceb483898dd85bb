import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { moveEnrollments, previewMoves } from "../../../operations/move-enrollments.ts";
import { peopleOn, versionsOf } from "../../../operations/studio.ts";
import { studioMovePage, studioPeoplePage } from "../../pages/app/studio-people-page.tsx";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { formOf, goBack, noSuchPage, sentenceFor } from "./form.ts";
import type { ByKey } from "./studio.ts";

const PER_PAGE = 50;

const Page = z.object({
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  version: z.coerce.number().int().min(1).optional().catch(undefined),
});
/** One box gives a word, several give a list. */
const People = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.uuid()).max(500),
);
const Move = z.object({ to: z.coerce.number().int().min(1), person: People });
const Moved = Move.extend({ reason: z.string().max(300).default("") });

/** Who is on which version, and moving them on purpose: first what would happen to each, then the act. */
export function addStudioPeoplePages(app: FastifyInstance, parts: WebParts): void {
  const headOf = async (workspaceId: string, key: string) => {
    const versions = await versionsOf(parts, { workspaceId, key });
    const [newest] = versions;
    if (newest === undefined) throw noSuchPage();
    return { name: newest.version.name, sequenceKey: key, versions };
  };

  app.get<ByKey>("/studio/:key/people", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const { key } = request.params;
    const head = await headOf(workspaceId, key);
    const { page, version } = Page.parse(request.query);
    const window = { skip: (page - 1) * PER_PAGE, take: PER_PAGE };
    const found = await peopleOn(parts, {
      workspaceId,
      key,
      ...window,
      ...(version === undefined ? {} : { version }),
    });
    return sendPage(
      reply,
      studioPeoplePage({
        ...head,
        ...found,
        viewer: viewerOf(parts, request, reply),
        page,
        perPage: PER_PAGE,
        version: version ?? null,
        said: sentenceFor(request.query),
      }),
    );
  });

  app.get<ByKey>("/studio/:key/move", { config: { needs: "publish-sequences" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const head = await headOf(workspaceId, request.params.key);
    const asked = Move.safeParse(request.query);
    if (!asked.success) throw noSuchPage();
    const { to, person } = asked.data;
    const preview = await previewMoves(parts, {
      workspaceId,
      sequenceKey: head.sequenceKey,
      version: to,
      enrollmentIds: person,
    });
    const { people } = unwrap(preview);
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, studioMovePage({ ...head, viewer, to, people, done: false }));
  });

  app.post<ByKey>("/studio/:key/move", { config: { needs: "publish-sequences" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const head = await headOf(workspaceId, request.params.key);
    const { to, person, reason } = formOf(request, Moved);
    const move = { workspaceId, sequenceKey: head.sequenceKey, version: to, enrollmentIds: person };
    const viewer = viewerOf(parts, request, reply);
    const moved = await moveEnrollments(parts, { ...move, actor, reason });
    if (!moved.ok) {
      const { people } = unwrap(await previewMoves(parts, move));
      const complaint = `${moved.problem.message} ${moved.problem.remedy}`;
      const page = studioMovePage({ ...head, viewer, to, people, done: false, complaint, reason });
      return sendPage(reply.code(422), page);
    }
    const { people } = moved;
    if (people.every(({ outcome }) => outcome.ok))
      return goBack(reply, `/studio/${head.sequenceKey}/people`, "moved");
    return sendPage(reply, studioMovePage({ ...head, viewer, to, people, done: true }));
  });
}
