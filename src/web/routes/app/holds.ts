import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { releaseHold } from "../../../operations/release-hold.ts";
import { sessionOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { Back, formOf, goBack, idOf } from "./form.ts";

const OnlyBack = z.object({ back: Back });

export function addHoldRoutes(app: FastifyInstance, parts: WebParts): void {
  app.post("/holds/:id/release", { config: { needs: "work-cases" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { back } = formOf(request, OnlyBack);
    unwrap(await releaseHold(parts, { workspaceId, holdId: idOf(request), actor }));
    return goBack(reply, back, "released");
  });
}
