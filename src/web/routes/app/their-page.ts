import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ACCOUNT_PAGES } from "../../../domain/sequences/sequence.ts";
import type { Enrollment } from "../../../drivers/store/generated/client.ts";
import { contactPage } from "../../../operations/contact-page.ts";
import { sponsorPage } from "../../../operations/sponsor-page.ts";
import {
  type AccountPageKey,
  accountPageView,
  readingPageView,
  sponsorAccountPageView,
} from "../../pages/contact/account-page.tsx";
import { contactPageView } from "../../pages/contact/contact-page.tsx";
import type { FormContext } from "../../pages/contact/form-context.ts";
import { sponsorPageView } from "../../pages/sponsor/sponsor-page.tsx";
import { sessionOf } from "../../plugins/session-guard.ts";
import { seeOther, sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { idOf, noSuchPage } from "./form.ts";

/** No script of theirs runs here: a visit of ours must not count as one of theirs. */
const NO_SCRIPT = "";
const see = { config: { needs: "see" } } as const;

/** The contact's or sponsor's page as they see it, without its forms: nobody acts in another's name. */
export function addTheirPage(app: FastifyInstance, parts: WebParts): void {
  app.get<{ Querystring: { step?: string; open?: string } }>(
    "/enrollments/:id/page",
    see,
    async (request, reply) => {
      const enrollment = await find(parts, request);
      const context: FormContext = {
        address: addressOf(enrollment),
        once: "",
        typed: null,
        saved: null,
        mailStep: null,
        openStep: typeof request.query.step === "string" ? request.query.step.slice(0, 120) : null,
        openAt: typeof request.query.open === "string" ? request.query.open.slice(0, 200) : null,
        live: false,
        looking: true,
      };
      if (enrollment.audience === "sponsor") {
        const page = await sponsorPage(parts, enrollment.pageKey);
        if (page === null) throw noSuchPage();
        return sendPage(reply, sponsorPageView({ page, context, said: null }));
      }
      const page = await contactPage(parts, enrollment.pageKey);
      if (page === null) throw noSuchPage();
      const view = { page, context, said: null, today: "", nonce: NO_SCRIPT };
      return sendPage(reply, contactPageView(view));
    },
  );

  app.get<{ Params: { key: string } }>("/enrollments/:id/page/read/:key", see, async (request, reply) => {
    const enrollment = await find(parts, request);
    const page = await contactPage(parts, enrollment.pageKey);
    const { key } = request.params;
    const view = page === null ? null : readingPageView(page, key, addressOf(enrollment), NO_SCRIPT);
    if (view === null) throw noSuchPage();
    return sendPage(reply, view);
  });

  app.get<{ Params: { about: string } }>("/enrollments/:id/page/:about", see, async (request, reply) => {
    const enrollment = await find(parts, request);
    const { about } = request.params;
    if (about === "photo") return sendPhoto(parts, enrollment, reply);
    if (!isAccountPage(about)) throw noSuchPage();
    if (enrollment.audience === "sponsor") {
      const page = await sponsorPage(parts, enrollment.pageKey);
      if (page === null) throw noSuchPage();
      return sendPage(reply, sponsorAccountPageView(page, about, addressOf(enrollment)));
    }
    const page = await contactPage(parts, enrollment.pageKey);
    if (page === null) throw noSuchPage();
    return sendPage(reply, accountPageView(page, about, addressOf(enrollment), NO_SCRIPT));
  });
}

const addressOf = ({ id }: Enrollment) => `/enrollments/${id}/page`;

function isAccountPage(name: string): name is AccountPageKey {
  return (ACCOUNT_PAGES as readonly string[]).includes(name);
}

async function find(parts: WebParts, request: FastifyRequest): Promise<Enrollment> {
  const { workspaceId } = sessionOf(request);
  const enrollment = await parts.db.enrollment.findFirst({ where: { id: idOf(request), workspaceId } });
  if (enrollment === null) throw noSuchPage();
  return enrollment;
}

async function sendPhoto(
  parts: WebParts,
  enrollment: Enrollment,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { workspaceId, accountId } = enrollment;
  const account = await parts.db.account.findFirst({
    where: { workspaceId, id: accountId },
    select: { csmId: true },
  });
  if (account === null || account.csmId === null) throw noSuchPage();
  return seeOther(reply, `/settings/users/${account.csmId}/photo`);
}
