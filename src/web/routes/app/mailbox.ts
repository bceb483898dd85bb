import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { MAIL_VIEWS, mailPage } from "../../pages/app/mail-page.tsx";
import { mailboxPage } from "../../pages/app/mailbox-page.tsx";
import { mailFrameHeaders } from "../../plugins/security-headers.ts";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { sendPage } from "../../send-page.ts";
import type { Mailbox, WebParts } from "../../web-parts.ts";
import { noSuchPage } from "./form.ts";
import { Look, sendMail } from "./mail-look.ts";

const PER_PAGE = 50;
const Asked = z.object({ view: z.enum(MAIL_VIEWS).optional().catch(undefined) });
interface ById {
  Params: { id: string };
}

/** The captured mailbox of local mode: what really went over SMTP. */
export function addMailboxPages(app: FastifyInstance, parts: WebParts, mailbox: Mailbox): void {
  const own = { preHandler: async (request: FastifyRequest) => ownOnly(parts, request) };
  app.get<{ Querystring: { search?: string; before?: string } }>(
    "/mailbox",
    { config: { needs: "see-mailbox" }, ...own },
    async (request, reply) => {
      sessionOf(request);
      const search = String(request.query.search ?? "")
        .trim()
        .slice(0, 100);
      const before = request.query.before;
      const mails = await mailbox.list({
        limit: PER_PAGE + 1,
        ...(search === "" ? {} : { search }),
        ...(typeof before === "string" ? { before } : {}),
      });
      const shown = mails.slice(0, PER_PAGE);
      const more = mails.length > PER_PAGE ? (shown.at(-1)?.id ?? null) : null;
      return sendPage(
        reply,
        mailboxPage({
          viewer: viewerOf(parts, request, reply),
          mails: shown,
          search,
          more,
          older: typeof before === "string",
          now: parts.clock.now(),
        }),
      );
    },
  );

  app.get<ById>("/mailbox/:id", { config: { needs: "see-mailbox" }, ...own }, async (request, reply) => {
    const mail = await mailbox.get(request.params.id);
    if (mail === null) throw noSuchPage();
    const { view } = Asked.parse(request.query);
    // A mail without HTML opens on what it has.
    const shown = view ?? (mail.html === null ? "text" : "desktop");
    return sendPage(reply, mailPage({ viewer: viewerOf(parts, request, reply), mail, view: shown }));
  });

  app.get<ById>(
    "/mailbox/:id/html",
    { config: { needs: "see-mailbox" }, ...own, helmet: mailFrameHeaders },
    async (request, reply) => {
      const mail = await mailbox.get(request.params.id);
      if (mail === null || mail.html === null) throw noSuchPage();
      return sendMail(reply, mail.html, Look.parse(request.query).scheme);
    },
  );

  app.get<ById>(
    "/mailbox/:id/source",
    { config: { needs: "see-mailbox" }, ...own },
    async (request, reply) => {
      const mail = await mailbox.get(request.params.id);
      if (mail === null) throw noSuchPage();
      return reply.header("content-type", "text/plain; charset=utf-8").send(mail.source);
    },
  );
}

/** One folder holds all mail of the installation: it is the workspace's whose pages these are, and nobody else's. */
function ownOnly(parts: WebParts, request: FastifyRequest): void {
  if (sessionOf(request).workspaceId !== parts.workspaceId) throw noSuchPage();
}
