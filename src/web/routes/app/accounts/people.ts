import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CONTACT_ROLES } from "../../../../domain/accounts/contact-row.ts";
import { findAccount } from "../../../../drivers/store/accounts.ts";
import { listContacts } from "../../../../drivers/store/contacts.ts";
import type { Account } from "../../../../drivers/store/generated/client.ts";
import { addContact } from "../../../../operations/add-contact.ts";
import { nameSponsor } from "../../../../operations/name-sponsor.ts";
import type { Refusal } from "../../../../operations/refusal.ts";
import type { ContactFormValues } from "../../../pages/app/accounts/contact-form-page.tsx";
import { personFormPage } from "../../../pages/app/accounts/person-form-page.tsx";
import { sponsorFormPage } from "../../../pages/app/accounts/sponsor-form-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { problemOf, statusOf } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { Back, formOf, goBack, idOf, noSuchPage } from "../form.ts";

const text = z.string().max(1000).default("");
const roles = z.preprocess(
  (given) => (given === undefined ? [] : [given].flat()),
  z.array(z.enum(CONTACT_ROLES)).max(20),
);
const PersonForm = z.object({
  name: text,
  email: text,
  title: text,
  zone: text,
  language: text,
  roles,
  sponsor: z.literal("yes").optional(),
  back: Back,
});
const SponsorForm = z.object({ contactId: z.union([z.literal(""), z.uuid()]), back: Back });
/** A gap says which role is missing: the form comes with it chosen. */
const Asked = z.object({
  as: z
    .enum(["sponsor", ...CONTACT_ROLES])
    .optional()
    .catch(undefined),
  back: z.string().optional().catch(undefined),
});

/** New people of an account, and which of its people decides. */
export function addPeoplePages(app: FastifyInstance, parts: WebParts): void {
  const manage = { config: { needs: "manage-accounts" } } as const;

  app.get("/accounts/:id/people/new", manage, async (request, reply) => {
    const account = await find(parts, request);
    const { as } = Asked.parse(request.query);
    const sponsor = as === "sponsor";
    const typed = { fields: {}, roles: sponsor ? ["decision_maker"] : as === undefined ? [] : [as], sponsor };
    return showPerson(parts, request, reply, {
      account,
      typed,
      back: backOf(request, account),
      refusal: null,
    });
  });

  app.post("/accounts/:id/people/new", manage, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const account = await find(parts, request);
    const form = formOf(request, PersonForm);
    const { back, sponsor, roles: held, ...fields } = form;
    const decides = sponsor === "yes";
    const person = { ...fields, roles: held, sponsor: decides };
    const added = await addContact(parts, { workspaceId, accountId: account.id, ...person, actor });
    if (added.ok) return goBack(reply, back, "saved");
    const typed = { fields, roles: held, sponsor: decides };
    return showPerson(parts, request, reply, { account, typed, back, refusal: added.problem });
  });

  app.get("/accounts/:id/sponsor", manage, async (request, reply) => {
    const account = await find(parts, request);
    const chosen = account.sponsorContactId ?? "";
    return showSponsor(parts, request, reply, {
      account,
      chosen,
      back: backOf(request, account),
      refusal: null,
    });
  });

  app.post("/accounts/:id/sponsor", manage, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const account = await find(parts, request);
    const { contactId, back } = formOf(request, SponsorForm);
    const sponsor = { workspaceId, accountId: account.id, contactId: contactId || null, actor };
    const named = await nameSponsor(parts, sponsor);
    if (named.ok) return goBack(reply, back, "saved");
    return showSponsor(parts, request, reply, { account, chosen: contactId, back, refusal: named.problem });
  });
}

async function find(parts: WebParts, request: FastifyRequest): Promise<Account> {
  const { workspaceId } = sessionOf(request);
  const account = await findAccount(parts.db, workspaceId, idOf(request));
  if (account === null) throw noSuchPage();
  return account;
}

function backOf(request: FastifyRequest, account: Account): string {
  const { back } = Asked.parse(request.query);
  return back === undefined ? `/accounts/${account.id}` : Back.parse(back);
}

function answerOf(refusal: Refusal | null) {
  const status = refusal === null ? 200 : statusOf(refusal);
  return { status, problem: refusal === null ? null : problemOf(status, refusal) };
}

function showPerson(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  form: { account: Account; typed: ContactFormValues; back: string; refusal: Refusal | null },
) {
  const { refusal, ...shown } = form;
  const { status, problem } = answerOf(refusal);
  const viewer = viewerOf(parts, request, reply);
  return sendPage(reply.code(status), personFormPage({ viewer, ...shown, problem }));
}

async function showSponsor(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  form: { account: Account; chosen: string; back: string; refusal: Refusal | null },
) {
  const { refusal, ...shown } = form;
  const { workspaceId, id } = form.account;
  const people = (await listContacts(parts.db, workspaceId, id)).filter(
    (contact) => contact.erasedAt === null && !contact.roles.includes("departed"),
  );
  const { status, problem } = answerOf(refusal);
  const viewer = viewerOf(parts, request, reply);
  return sendPage(reply.code(status), sponsorFormPage({ viewer, ...shown, people, problem }));
}
