import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CONTACT_COLUMNS } from "../../../../domain/accounts/contact-row.ts";
import type { Contact } from "../../../../drivers/store/generated/client.ts";
import { eraseContact } from "../../../../operations/erase-contact.ts";
import { exportContactData } from "../../../../operations/export-contact-data.ts";
import { exportContacts } from "../../../../operations/export-lists.ts";
import { listAllContacts } from "../../../../operations/list-accounts.ts";
import { dayOf } from "../../../../operations/person-calendar.ts";
import type { Refusal } from "../../../../operations/refusal.ts";
import { saveContact } from "../../../../operations/save-contact.ts";
import { type ContactFormValues, contactFormPage } from "../../../pages/app/accounts/contact-form-page.tsx";
import { contactsPage } from "../../../pages/app/accounts/contacts-page.tsx";
import { sessionOf, viewerOf } from "../../../plugins/session-guard.ts";
import { problemOf, statusOf, unwrap } from "../../../problem.ts";
import { sendPage } from "../../../send-page.ts";
import type { WebParts } from "../../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, pageOf, searchOf, sentenceFor } from "../form.ts";

const PER_PAGE = 50;
const FIELDS = CONTACT_COLUMNS.filter((column) => !["account", "roles", "sponsor"].includes(column));

const text = z.string().max(1000).default("");
const ContactForm = z.object({
  ...Object.fromEntries(FIELDS.map((column) => [column, text])),
  roles: z.preprocess(
    (given) => (given === undefined ? [] : [given].flat()),
    z.array(z.string().max(40)).max(20),
  ),
  sponsor: z.literal("yes").optional(),
});
const Erase = z.object({
  reason: z.string().trim().min(1, "say who asked for it").max(500),
  sure: z.literal("yes"),
});

export function addContactPages(app: FastifyInstance, parts: WebParts): void {
  app.get("/contacts", { config: { needs: "see" } }, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const search = searchOf(request.query);
    const page = pageOf(request.query);
    const { total, rows } = await listAllContacts(parts.db, { workspaceId, search, page, perPage: PER_PAGE });
    const viewer = viewerOf(parts, request, reply);
    return sendPage(reply, contactsPage({ viewer, rows, total, perPage: PER_PAGE, page, search }));
  });

  app.get("/contacts.csv", { config: { needs: "export" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", 'attachment; filename="contacts.csv"')
      .send(await exportContacts(parts, { workspaceId, actor }));
  });

  app.get("/contacts/:id", { config: { needs: "see" } }, async (request, reply) => {
    const contact = await find(parts, request);
    return show(parts, request, reply, { contact, typed: await typedOf(parts, contact), refusal: null });
  });

  app.post("/contacts/:id", { config: { needs: "manage-accounts" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const contact = await find(parts, request);
    const { roles, sponsor, ...given } = formOf(request, ContactForm);
    const decides = sponsor === "yes";
    // The reference is how imports find this person: a form never changes it.
    const fields: Record<string, string> = { ...given, external_ref: contact.externalRef ?? "" };
    const saved = await saveContact(parts, {
      workspaceId,
      contactId: contact.id,
      row: { ...fields, roles: roles.join(";") },
      sponsor: decides,
      actor,
    });
    if (!saved.ok) {
      const typed = { fields, roles, sponsor: decides };
      return show(parts, request, reply, { contact, typed, refusal: saved.problem });
    }
    return goBack(reply, `/contacts/${contact.id}`, "saved");
  });

  for (const format of ["json", "csv"] as const) {
    app.get(`/contacts/:id/data.${format}`, { config: { needs: "export" } }, async (request, reply) => {
      const { workspaceId, actor } = sessionOf(request);
      const { id: contactId } = await find(parts, request);
      const file = await exportContactData(parts, { workspaceId, contactId, format, actor });
      if (file === null) throw noSuchPage();
      return reply
        .header("content-type", file.type)
        .header("content-disposition", `attachment; filename="person-${contactId.slice(-8)}.${format}"`)
        .send(file.body);
    });
  }

  app.post("/contacts/:id/erase", { config: { needs: "erase" } }, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const contact = await find(parts, request);
    const { reason } = formOf(request, Erase);
    unwrap(await eraseContact(parts, { workspaceId, contactId: contact.id, reason, actor }));
    return goBack(reply, `/contacts/${contact.id}`, "erased");
  });
}

async function find(parts: WebParts, request: FastifyRequest): Promise<Contact> {
  const { workspaceId } = sessionOf(request);
  const contact = await parts.db.contact.findFirst({ where: { workspaceId, id: idOf(request) } });
  if (contact === null) throw noSuchPage();
  return contact;
}

async function typedOf(parts: WebParts, contact: Contact): Promise<ContactFormValues> {
  const { workspaceId, accountId } = contact;
  const account = await parts.db.account.findFirstOrThrow({ where: { workspaceId, id: accountId } });
  const fields = {
    external_ref: contact.externalRef ?? "",
    name: contact.name,
    first_name: contact.firstName,
    email: contact.email ?? "",
    title: contact.title ?? "",
    zone: contact.zone ?? "",
    language: contact.language,
    stance: contact.stance ?? "",
    influence: contact.influence ?? "",
    start_on: contact.startOn === null ? "" : dayOf(contact.startOn),
    end_on: contact.endOn === null ? "" : dayOf(contact.endOn),
  };
  return { fields, roles: contact.roles, sponsor: account.sponsorContactId === contact.id };
}

async function show(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  page: { contact: Contact; typed: ContactFormValues; refusal: Refusal | null },
) {
  const { contact, typed, refusal } = page;
  const { workspaceId, id: contactId, accountId } = contact;
  const [account, enrollments] = await Promise.all([
    parts.db.account.findFirstOrThrow({
      where: { workspaceId, id: accountId },
      select: { id: true, name: true },
    }),
    parts.db.enrollment.findMany({
      where: { workspaceId, contactId },
      select: { id: true, caseId: true, status: true, version: { select: { name: true } } },
      orderBy: { createdAt: "desc" },
    }),
  ]);
  const programs = enrollments.map(({ version, ...row }) => ({ ...row, name: version.name }));
  const status = refusal === null ? 200 : statusOf(refusal);
  const problem = refusal === null ? null : problemOf(status, refusal);
  const viewer = viewerOf(parts, request, reply);
  const said = sentenceFor(request.query);
  return sendPage(
    reply.code(status),
    contactFormPage({ viewer, contact, account, programs, typed, problem, said }),
  );
}
