import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { contactPage } from "../../../operations/contact-page.ts";
import { setReaderSettings } from "../../../operations/set-reader-settings.ts";
import type { Typed } from "../../pages/contact/form-context.ts";
import { recordPageView } from "../../pages/contact/record.tsx";
import { savedPlace } from "../../pages/contact/said-words.ts";
import type { WrongToken } from "../../plugins/forged-links.ts";
import { seeOther, sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { addressOf, openPage, type Token } from "./open-page.ts";
import { formValues } from "./read-act.ts";

interface Shown {
  typed: Typed | null;
  saved: string | null;
}

/** What is recorded about a contact, their rights to it, and how dates are shown to them. */
export function addRecordRoutes(app: FastifyInstance, parts: WebParts, wrongToken: WrongToken): void {
  const show = async (request: FastifyRequest<Token>, reply: FastifyReply, shown: Shown) => {
    const page = await openPage(parts, wrongToken, request);
    // A sponsor has no log of their own to show.
    const view = page.audience === "sponsor" ? null : await contactPage(parts, page.pageKey);
    if (view === null) return wrongToken(request);
    const context = {
      address: addressOf(request),
      once: randomBytes(9).toString("base64url"),
      mailStep: null,
      live: view.live,
      ...shown,
      said: shown.saved,
    };
    return sendPage(reply, recordPageView({ page: view, context, nonce: reply.cspNonce.script }));
  };

  app.get<Token & { Querystring: { said?: unknown } }>("/p/:token/record", async (request, reply) => {
    const { said } = request.query;
    return show(request, reply, {
      typed: null,
      saved: said === "forget" || said === "settings" ? said : null,
    });
  });

  app.post<Token>("/p/:token/record", async (request, reply) => {
    const { workspaceId, enrollmentId } = await openPage(parts, wrongToken, request);
    const values = formValues(request.body);
    const language = values["language"]?.[0]?.trim() ?? "";
    const zone = values["zone"]?.[0]?.trim() ?? "";
    const set = await setReaderSettings(parts, { workspaceId, enrollmentId, language, zone });
    if (set.ok)
      return seeOther(
        reply,
        `${addressOf(request)}/record?said=settings#${savedPlace("settings", "settings")}`,
      );
    const complaint = `${set.problem.message} ${set.problem.remedy}`;
    return show(request, reply.code(422), { typed: { form: "settings", values, complaint }, saved: null });
  });
}
