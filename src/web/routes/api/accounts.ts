import { z } from "zod";
import { CONTACT_ROLES } from "../../../domain/accounts/contact-row.ts";
import { addContact } from "../../../operations/add-contact.ts";
import { importAccounts } from "../../../operations/import-accounts.ts";
import { importContacts } from "../../../operations/import-contacts.ts";
import { nameSponsor } from "../../../operations/name-sponsor.ts";
import { planPreview } from "../../../operations/plan-preview.ts";
import { unwrap } from "../../problem.ts";
import type { WebParts } from "../../web-parts.ts";
import { toWire } from "../../wire.ts";
import {
  type ApiApp,
  answers,
  ById,
  callerOf,
  created,
  Id,
  Instant,
  KeyHeader,
  notFound,
  whoOf,
} from "./api.ts";
import { cursorPage, PageQuery, pageOf } from "./cursor-page.ts";
import { Csv, ImportAnswer } from "./import-answer.ts";

const Account = z.object({
  id: Id,
  externalRef: z.string().nullable(),
  name: z.string(),
  domains: z.array(z.string()),
  segment: z.string(),
  tier: z.string(),
  productKey: z.string(),
  arrMinor: z.number().int().describe("Annual recurring revenue in minor units of the currency."),
  currency: z.string(),
  renewalOn: Instant.nullable(),
  zone: z.string().nullable(),
  holidayCountry: z.string().nullable(),
  csmId: Id.nullable(),
  sponsorContactId: Id.nullable(),
  createdAt: Instant,
});

const Contact = z.object({
  id: Id,
  accountId: Id,
  externalRef: z.string().nullable(),
  name: z.string(),
  firstName: z.string(),
  email: z.string().nullable(),
  title: z.string().nullable(),
  zone: z.string().nullable(),
  language: z.string(),
  roles: z.array(z.string()),
  mailStatus: z.string(),
  createdAt: Instant,
});

const line = z.string().max(1000).exactOptional();
const NewContact = z.strictObject({
  accountId: Id,
  name: z.string().max(1000),
  email: line,
  title: line,
  zone: line,
  language: line,
  roles: z.array(z.enum(CONTACT_ROLES)).max(20).exactOptional(),
  sponsor: z.boolean().exactOptional().describe("Whether this person decides at the account."),
});

const Plan = z.object({
  replacementType: z.string(),
  sequenceKey: z.string().nullable(),
  sponsorKey: z.string().nullable(),
  reason: z.string(),
});

export function addAccountRoutes(app: ApiApp, parts: WebParts): void {
  const { db } = parts;

  app.get(
    "/accounts",
    {
      config: { scope: "read" },
      schema: {
        tags: ["accounts"],
        summary: "List accounts",
        querystring: PageQuery,
        response: answers(pageOf(Account)),
      },
    },
    async (request) => {
      const { workspaceId } = callerOf(request);
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        db.account.findMany({ where: { workspaceId, ...before }, ...window }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );

  app.get(
    "/accounts/:id",
    {
      config: { scope: "read" },
      schema: { tags: ["accounts"], summary: "One account", params: ById, response: answers(Account) },
    },
    async (request) => {
      const { workspaceId } = callerOf(request);
      const row = await db.account.findFirst({ where: { id: request.params.id, workspaceId } });
      if (row === null) throw notFound("account");
      return toWire(row);
    },
  );

  app.get(
    "/accounts/:id/plan-preview",
    {
      config: { scope: "read" },
      schema: {
        tags: ["accounts"],
        summary: "What would start if the main contact left today",
        params: ById,
        response: answers(z.object({ items: z.array(Plan) })),
      },
    },
    async (request) => {
      const { workspaceId } = callerOf(request);
      const items = await planPreview(parts, { workspaceId, accountId: request.params.id });
      if (items === null) throw notFound("account");
      return { items };
    },
  );

  app.post(
    "/accounts/:id/sponsor",
    {
      config: { scope: "write" },
      schema: {
        tags: ["accounts"],
        summary: "Name who decides at the account; null: nobody known",
        params: ById,
        headers: KeyHeader,
        body: z.strictObject({ contactId: Id.nullable() }),
        response: answers(Account),
      },
    },
    async (request) => {
      const input = { ...request.body, accountId: request.params.id, ...whoOf(request) };
      return toWire(unwrap(await nameSponsor(parts, input)).account);
    },
  );

  app.post(
    "/accounts/import",
    {
      config: { scope: "write" },
      bodyLimit: 6_000_000,
      schema: {
        tags: ["accounts"],
        summary: "Import accounts from CSV; safe to repeat",
        headers: KeyHeader,
        body: Csv,
        response: answers(ImportAnswer),
      },
    },
    async (request) => importAccounts(parts, { ...whoOf(request), csv: request.body.csv }),
  );

  app.get(
    "/contacts",
    {
      config: { scope: "read" },
      schema: {
        tags: ["contacts"],
        summary: "List contacts",
        querystring: PageQuery.extend({ accountId: Id.optional() }),
        response: answers(pageOf(Contact)),
      },
    },
    async (request) => {
      const { workspaceId } = callerOf(request);
      const { accountId } = request.query;
      const filter = { workspaceId, ...(accountId === undefined ? {} : { accountId }) };
      const { rows, nextCursor } = await cursorPage(request.query, ({ before, ...window }) =>
        db.contact.findMany({ where: { ...filter, ...before }, ...window }),
      );
      return { items: toWire(rows), nextCursor };
    },
  );

  app.get(
    "/contacts/:id",
    {
      config: { scope: "read" },
      schema: { tags: ["contacts"], summary: "One contact", params: ById, response: answers(Contact) },
    },
    async (request) => {
      const { workspaceId } = callerOf(request);
      const row = await db.contact.findFirst({ where: { id: request.params.id, workspaceId } });
      if (row === null) throw notFound("contact");
      return toWire(row);
    },
  );

  app.post(
    "/contacts",
    {
      config: { scope: "write" },
      schema: {
        tags: ["contacts"],
        summary: "Add a person to an account; the same name and address is the same person",
        headers: KeyHeader,
        body: NewContact,
        response: created(Contact),
      },
    },
    async (request, reply) => {
      const { contact } = unwrap(await addContact(parts, { ...request.body, ...whoOf(request) }));
      return reply.code(201).send(toWire(contact));
    },
  );

  app.post(
    "/contacts/import",
    {
      config: { scope: "write" },
      bodyLimit: 6_000_000,
      schema: {
        tags: ["contacts"],
        summary: "Import contacts from CSV; safe to repeat",
        headers: KeyHeader,
        body: Csv,
        response: answers(ImportAnswer),
      },
    },
    async (request) => importContacts(parts, { ...whoOf(request), csv: request.body.csv }),
  );
}
