import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { changePhoto } from "../../../../operations/change-photo.ts";
import { changeOwnProfile } from "../../../../operations/change-user.ts";
import { endOwnSession, listSessions } from "../../../../operations/consume-sign-in.ts";
import { ownSettingsPage } from "../../../pages/app/settings/own-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { refused, unwrap } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, sentenceFor } from "../form.ts";

const Profile = z.object({
  name: z.string().max(200),
  title: z.string().max(200).default(""),
  zone: z.string().max(80),
});
/** A little more than a picture may have, so that one slightly too large is refused in words. */
const UPLOAD_BYTES = 2 * 1024 * 1024;

export function addOwnSettings(app: FastifyInstance, parts: WebParts): void {
  app.get("/settings", { config: { needs: "signed-in" } }, async (request, reply) => {
    const { user, token, workspaceId } = sessionOf(request);
    const sessions = await listSessions(parts, { workspaceId, userId: user.id, token });
    const said = sentenceFor(request.query);
    return sendPage(
      reply,
      ownSettingsPage({ viewer: viewerOf(parts, request, reply), user, sessions, said }),
    );
  });

  app.post("/settings/you", { config: { needs: "signed-in" } }, async (request, reply) => {
    const { user, workspaceId } = sessionOf(request);
    unwrap(await changeOwnProfile(parts, { workspaceId, userId: user.id, ...formOf(request, Profile) }));
    return goBack(reply, "/settings", "saved");
  });

  app.post(
    "/settings/you/photo",
    { config: { needs: "signed-in" }, bodyLimit: UPLOAD_BYTES },
    async (request, reply) => {
      const { user, workspaceId } = sessionOf(request);
      const photo: unknown = Object(request.body).photo;
      if (!Buffer.isBuffer(photo) || photo.length === 0)
        throw refused(
          422,
          "no-picture",
          "photo",
          "No file was chosen.",
          "Choose a picture, then press the button.",
        );
      unwrap(await changePhoto(parts, { workspaceId, userId: user.id, photo }));
      return goBack(reply, "/settings", "saved");
    },
  );

  app.post("/settings/you/photo/remove", { config: { needs: "signed-in" } }, async (request, reply) => {
    const { user, workspaceId } = sessionOf(request);
    unwrap(await changePhoto(parts, { workspaceId, userId: user.id, photo: null }));
    return goBack(reply, "/settings", "saved");
  });

  app.post("/settings/you/sessions/:id/end", { config: { needs: "signed-in" } }, async (request, reply) => {
    const { user, workspaceId } = sessionOf(request);
    const ended = await endOwnSession(parts, { workspaceId, userId: user.id, sessionId: idOf(request) });
    if (!ended) throw noSuchPage();
    return goBack(reply, "/settings", "signed-out-there");
  });
}
