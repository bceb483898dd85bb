import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DateTime } from "luxon";
import { ACCOUNT_PAGES } from "../../../domain/sequences/sequence.ts";
import { contactPage } from "../../../operations/contact-page.ts";
import { recordAct } from "../../../operations/record-act.ts";
import { recordVisit } from "../../../operations/record-hit.ts";
import { sponsorPage } from "../../../operations/sponsor-page.ts";
import { unsubscribe } from "../../../operations/unsubscribe.ts";
import {
  type AccountPageKey,
  accountPageView,
  readingPageView,
  sponsorAccountPageView,
} from "../../pages/contact/account-page.tsx";
import { contactPageView } from "../../pages/contact/contact-page.tsx";
import { expiredPageView } from "../../pages/contact/expired-page.tsx";
import type { FormContext, Typed } from "../../pages/contact/form-context.ts";
import { isSaid, savedPlace } from "../../pages/contact/said-words.ts";
import { sponsorPageView } from "../../pages/sponsor/sponsor-page.tsx";
import type { WrongToken } from "../../plugins/forged-links.ts";
import { refused } from "../../problem.ts";
import { keepHit } from "../../raw-hit.ts";
import { seeOther, sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { addressOf, openPage, type Token } from "./open-page.ts";
import { addOwnFileRoutes } from "./own-files.ts";
import { type OpenPage, readPageLink } from "./page-link.ts";
import { formValues, moveUp, readAct } from "./read-act.ts";
import { addRecordRoutes } from "./record.ts";
import { addValueRoute } from "./value.ts";

interface Visit extends Token {
  Querystring: { said?: string; form?: string; open?: string; step?: string };
}

/** The signed page of a contact or a sponsor: GET and HEAD keep a raw hit and nothing else; only POST acts, and keeps one as proof of a person. */
export function addContactRoutes(app: FastifyInstance, parts: WebParts, wrongToken: WrongToken): void {
  const open = (request: FastifyRequest<Token>) => openPage(parts, wrongToken, request);
  addOwnFileRoutes(app, parts, wrongToken);
  addValueRoute(app, parts, wrongToken);
  addRecordRoutes(app, parts, wrongToken);

  app.head<Token>("/p/:token", async (request, reply) => {
    const link = await readPageLink(parts, request.params.token);
    if (link.state === "unknown") return wrongToken(request);
    await keepPageHit(parts, request, link.page);
    return reply.code(link.state === "open" ? 200 : 410).send();
  });

  app.get<Visit>("/p/:token", async (request, reply) => {
    const link = await readPageLink(parts, request.params.token);
    if (link.state === "unknown") return wrongToken(request);
    await keepPageHit(parts, request, link.page);
    if (link.state === "expired") return sendExpired(reply, request);
    const { said, form, step, open: openAt } = request.query;
    return showPage(parts, request, reply, link.page, {
      typed: null,
      said: isSaid(said) ? said : null,
      saved: typeof form === "string" ? form.slice(0, 200) : null,
      step: typeof step === "string" ? step.slice(0, 120) : null,
      openAt: typeof openAt === "string" ? openAt.slice(0, 200) : null,
    });
  });

  app.post<Token>("/p/:token", async (request, reply) => {
    const page = await open(request);
    const values = formValues(request.body);
    const form = values["form"]?.[0] ?? "";
    const again = (complaint: string | null, shown = values, code = 422) =>
      showPage(parts, request, reply.code(code), page, {
        typed: { form, values: shown, complaint },
        said: null,
        saved: null,
        step: null,
        openAt: null,
      });

    const address = addressOf(request);
    if (values["act"]?.[0] === "stop") {
      await unsubscribe(parts, { enrollmentId: page.enrollmentId, source: "page" });
      return seeOther(reply, `${address}?said=stop#said`);
    }
    const row = Number(values["move"]?.[0] ?? 0);
    if (row > 1) return again(null, moveUp(values, row), 200);

    const read = readAct(values);
    if (!read.ok) return again(read.complaint);
    const result = await recordAct(parts, {
      workspaceId: page.workspaceId,
      enrollmentId: page.enrollmentId,
      act: read.act,
      source: "page",
      dedupeKey: read.dedupeKey,
      ...(page.sendId === null ? {} : { sendId: page.sendId }),
    });
    if (!result.ok) return again(`${result.problem.message} ${result.problem.remedy}`);
    // What was opened from the same place before is a person's, whatever network it came from (trust.md 2, rule 4).
    await keepPageHit(parts, request, page);
    const query = new URLSearchParams({ said: read.act.kind, form });
    // Back to the very form, so that nobody has to look for where they were.
    const place = savedPlace(read.act.kind, form);
    return seeOther(reply, `${address}?${query.toString()}#${place}`);
  });

  /** The optional hint of a script that the page was on a screen; never needed, never a gate. */
  app.post<Token>("/p/:token/visit", async (request, reply) => {
    const page = await open(request);
    const values = formValues(request.body);
    const seconds = Math.min(3600, Math.max(0, Math.floor(Number(values["seconds"]?.[0] ?? 0)) || 0));
    const item = values["item"]?.[0]?.slice(0, 120);
    await recordVisit(parts, {
      pageKey: page.pageKey,
      seconds,
      ...(item === undefined || item === "" ? {} : { item }),
    });
    return reply.code(204).send();
  });

  /** A long text of the course. */
  app.get<{ Params: { token: string; key: string } }>("/p/:token/read/:key", async (request, reply) => {
    const page = await open(request);
    await keepPageHit(parts, request, page);
    const view = await contactPage(parts, page.pageKey);
    const { script: nonce } = reply.cspNonce;
    const shown = view === null ? null : readingPageView(view, request.params.key, addressOf(request), nonce);
    return shown === null ? wrongToken(request) : sendPage(reply, shown);
  });

  app.get<{ Params: { token: string; about: string } }>("/p/:token/:about", async (request, reply) => {
    const page = await open(request);
    const { about } = request.params;
    if (!isAccountPage(about)) return wrongToken(request);
    await keepPageHit(parts, request, page);
    if (page.audience === "sponsor") {
      const view = await sponsorPage(parts, page.pageKey);
      if (view === null) return wrongToken(request);
      return sendPage(reply, sponsorAccountPageView(view, about, addressOf(request)));
    }
    const view = await contactPage(parts, page.pageKey);
    if (view === null) return wrongToken(request);
    return sendPage(reply, accountPageView(view, about, addressOf(request), reply.cspNonce.script));
  });
}

function isAccountPage(name: string): name is AccountPageKey {
  return (ACCOUNT_PAGES as readonly string[]).includes(name);
}

async function keepPageHit(parts: WebParts, request: FastifyRequest, page: OpenPage): Promise<void> {
  const { sendId, position } = page;
  if (sendId !== null) await keepHit(parts, request, { sendId, position, target: "page" });
}

function sendExpired(reply: FastifyReply, request: FastifyRequest<Token>) {
  return sendPage(reply.code(410), expiredPageView(addressOf(request)));
}

interface Shown {
  typed: Typed | null;
  said: string | null;
  saved: string | null;
  /** The step whose line was followed. */
  step: string | null;
  openAt: string | null;
}

async function showPage(
  parts: WebParts,
  request: FastifyRequest<Token>,
  reply: FastifyReply,
  page: OpenPage,
  shown: Shown,
) {
  const address = addressOf(request);
  const context = (live: boolean): FormContext => ({
    address,
    once: randomBytes(9).toString("base64url"),
    typed: shown.typed,
    saved: shown.saved,
    mailStep: page.stepKey,
    openStep: shown.step,
    openAt: shown.openAt,
    live,
  });
  if (page.audience === "sponsor") {
    const view = await sponsorPage(parts, page.pageKey);
    if (view === null) throw gone();
    const { script: nonce } = reply.cspNonce;
    return sendPage(
      reply,
      sponsorPageView({ page: view, context: context(view.live), said: shown.said, nonce }),
    );
  }
  const view = await contactPage(parts, page.pageKey);
  if (view === null) throw gone();
  return sendPage(
    reply,
    contactPageView({
      page: view,
      context: context(view.live),
      said: shown.said,
      today: DateTime.fromJSDate(parts.clock.now(), { zone: view.zone }).toISODate() ?? "",
      nonce: reply.cspNonce.script,
      share: view.values.some(({ confirmed }) => confirmed)
        ? `/v/${parts.links.sign("value", page.pageKey)}`
        : null,
    }),
  );
}

const gone = () =>
  refused(
    404,
    "not-found",
    "address",
    "There is nothing at this address.",
    "Use the link in your newest mail.",
  );
