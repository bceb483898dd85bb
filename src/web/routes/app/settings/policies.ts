import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { POLICY_ROLES, PolicyRules, SEGMENTS } from "../../../../domain/sequences/choose-policy.ts";
import { POLICIES } from "../../../../domain/sequences/sequence.ts";
import { changeWorkspace } from "../../../../operations/change-workspace.ts";
import { policiesPage } from "../../../pages/app/settings/policies-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { unwrap } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, sentenceFor } from "../form.ts";

/** "" says nothing about them. */
const Choice = z.union([z.literal(""), z.enum(POLICIES)]).default("");
const Form = z.object(
  Object.fromEntries(
    [...SEGMENTS.map((one) => `segment.${one}`), ...POLICY_ROLES.map((one) => `role.${one}`)].map((name) => [
      name,
      Choice,
    ]),
  ),
);

/** How much of a program people get, by segment and role (S0-44). */
export function addPolicyPages(app: FastifyInstance, parts: WebParts): void {
  app.get("/settings/policies", { config: { needs: "see-settings" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const workspace = await parts.db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, policiesPage({ viewer, workspace, said: sentenceFor(request.query) }));
  });

  app.post("/settings/policies", { config: { needs: "manage-settings" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const typed = formOf(request, Form);
    const said = (kind: "segment" | "role", names: readonly string[]) =>
      Object.fromEntries(
        names.flatMap((name) => {
          const choice = typed[`${kind}.${name}`] ?? "";
          return choice === "" ? [] : [[name, choice]];
        }),
      );
    const policyRules = PolicyRules.parse({
      segments: said("segment", SEGMENTS),
      roles: said("role", POLICY_ROLES),
    });
    unwrap(await changeWorkspace(parts, { workspaceId, change: { policyRules }, actor }));
    return goBack(reply, "/settings/policies", "saved");
  });
}
