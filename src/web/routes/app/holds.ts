import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { releaseHold } from "../../../operations/release-hold.ts";
import { sessionOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { Back, formOf, goBack, idOf, noSuchPage } from "./form.ts";

const OnlyBack = z.object({ back: Back });

export function addHoldRoutes(app: FastifyInstance, parts: WebParts): void {
  app.post("/holds/:id/release", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { back } = formOf(request, OnlyBack);
    const holdId = idOf(request);
    const known = await parts.db.mailHold.findFirst({
      where: { workspaceId, id: holdId },
      select: { id: true },
    });
    if (known === null) throw noSuchPage();
    unwrap(await releaseHold(parts, { workspaceId, holdId, actor }));
    return goBack(reply, back, "released");
  });
}
