import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { TEMPLATE_STEP, templateSequence } from "../../../domain/sequences/template-step.ts";
import type { MailTemplate } from "../../../drivers/store/generated/client.ts";
import { findTemplate, listTopics, searchTemplates } from "../../../drivers/store/templates.ts";
import { previewStep } from "../../../operations/preview-program.ts";
import type { Refusal } from "../../../operations/refusal.ts";
import { retireTemplate, saveTemplate, type TemplateFields } from "../../../operations/save-template.ts";
import { listReaders, namesOf } from "../../../operations/studio.ts";
import { hasDarkColours } from "../../mail-scheme.ts";
import {
  studioTemplatePage,
  type TemplatePageProps,
  type TemplateTyped,
} from "../../pages/app/studio-template-page.tsx";
import { studioTemplatesPage } from "../../pages/app/studio-templates-page.tsx";
import { mailFrameHeaders } from "../../plugins/security-headers.ts";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { statusOf, unwrap } from "../../problem.ts";
import { sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { formOf, goBack, idOf, noSuchPage, sentenceFor } from "./form.ts";
import { Look, sendMail } from "./mail-look.ts";

const PER_PAGE = 50;
const READERS_SHOWN = 80;
const OWNERS_SHOWN = 200;

const List = z.object({
  find: z.string().trim().max(80).catch(""),
  topic: z.string().trim().max(80).catch(""),
  retired: z
    .string()
    .transform((word) => word === "yes")
    .catch(false),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
const As = z.object({
  as: z
    .string()
    .regex(/^[0-9a-f-]{36}\.[0-9a-f-]{36}$/)
    .catch(""),
});
const Typed = z.object({
  title: z.string().trim().min(1, "say what it is for").max(120),
  topics: z.string().max(200).default(""),
  subject: z.string().trim().max(200).default(""),
  body: z.string().max(20_000).default(""),
  owner: z.union([z.uuid(), z.literal("")]).default(""),
  reviewed: z.literal("yes").optional(),
});
const Retire = z.object({ retired: z.enum(["yes", "no"]) });

const reads = { config: { needs: "see" } } as const;
const writes = { config: { needs: "write-sequences" } } as const;

/** The bank of mails to use again (S0-37). */
export function addStudioTemplatePages(app: FastifyInstance, parts: WebParts): void {
  app.get("/studio/templates", reads, async (request, reply) => {
    const { workspaceId } = sessionOf(request);
    const { page, ...asked } = List.parse(request.query);
    const { find: words, topic, retired } = asked;
    const window = { skip: (page - 1) * PER_PAGE, take: PER_PAGE };
    const found = await searchTemplates(parts.db, { workspaceId, words, topic, retired, ...window });
    const ownerIds = found.templates.flatMap(({ ownerId }) => ownerId ?? []);
    return sendPage(
      reply,
      studioTemplatesPage({
        ...found,
        viewer: viewerOf(parts, request, reply),
        owners: await namesOf(parts.db, workspaceId, ownerIds),
        topics: await listTopics(parts.db, workspaceId),
        page,
        perPage: PER_PAGE,
        asked,
        now: parts.clock.now(),
        said: sentenceFor(request.query),
      }),
    );
  });

  app.get("/studio/templates/new", writes, async (request, reply) => {
    const typed = { title: "", topics: "", subject: "", body: "", owner: sessionOf(request).user.id };
    return sendPage(reply, studioTemplatePage(await pageProps(parts, request, reply, null, typed)));
  });

  app.get("/studio/templates/:id", reads, async (request, reply) => {
    const template = await templateOf(parts, request);
    const props = await pageProps(parts, request, reply, template, typedOf(template));
    return sendPage(reply, studioTemplatePage(props));
  });

  app.get("/studio/templates/:id/html", { ...reads, helmet: mailFrameHeaders }, async (request, reply) => {
    const mail = unwrap(await previewOf(parts, request, await templateOf(parts, request)));
    return sendMail(reply, mail.html, Look.parse(request.query).scheme);
  });

  app.post("/studio/templates", writes, async (request, reply) => save(parts, request, reply, null));
  app.post("/studio/templates/:id/save", writes, async (request, reply) =>
    save(parts, request, reply, await templateOf(parts, request)),
  );

  app.post("/studio/templates/:id/retire", writes, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const retired = formOf(request, Retire).retired === "yes";
    unwrap(await retireTemplate(parts, { workspaceId, actor, templateId: idOf(request), retired }));
    return goBack(reply, "/studio/templates", retired ? "template-retired" : "template-back");
  });
}

async function save(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  template: MailTemplate | null,
) {
  const { workspaceId, actor } = sessionOf(request);
  const typed = formOf(request, Typed);
  const saved = await saveTemplate(parts, {
    workspaceId,
    actor,
    fields: fieldsOf(typed),
    ...(template === null ? {} : { templateId: template.id }),
  });
  if (saved.ok) return goBack(reply, `/studio/templates/${saved.template.id}`, "template-saved");
  const props = await pageProps(parts, request, reply, template, typed);
  return sendPage(
    reply.code(statusOf(saved.problem)),
    studioTemplatePage({ ...props, complaint: complaintOf(saved.problem) }),
  );
}

function fieldsOf(typed: z.output<typeof Typed>): TemplateFields {
  const topics = typed.topics.split(",").map((topic) => topic.trim().toLowerCase());
  return {
    title: typed.title,
    topics: [...new Set(topics)].filter((topic) => topic !== "").slice(0, 8),
    subject: typed.subject,
    body: typed.body.replaceAll("\r\n", "\n"),
    ownerId: typed.owner === "" ? null : typed.owner,
    reviewed: typed.reviewed === "yes",
  };
}

function typedOf({ title, topics, subject, body, ownerId }: MailTemplate): TemplateTyped {
  return { title, topics: topics.join(", "), subject, body, owner: ownerId ?? "" };
}

function complaintOf({ place, message, remedy }: Refusal) {
  return { place, message: `${message} ${remedy}` };
}

async function templateOf(parts: WebParts, request: FastifyRequest): Promise<MailTemplate> {
  const template = await findTemplate(parts.db, sessionOf(request).workspaceId, idOf(request));
  if (template === null) throw noSuchPage();
  return template;
}

function previewOf(parts: WebParts, request: FastifyRequest, template: MailTemplate) {
  const { workspaceId } = sessionOf(request);
  const [caseId, contactId] = As.parse(request.query).as.split(".");
  const preview = { workspaceId, sequence: templateSequence(template), stepKey: TEMPLATE_STEP };
  return previewStep(
    parts,
    caseId === undefined || contactId === undefined ? preview : { ...preview, reader: { caseId, contactId } },
  );
}

async function pageProps(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  template: MailTemplate | null,
  typed: TemplateTyped,
): Promise<TemplatePageProps> {
  const { workspaceId } = sessionOf(request);
  const mail = template === null ? null : await previewOf(parts, request, template);
  const [people, readers] = await Promise.all([
    parts.db.user.findMany({
      // Who has left may still own it, until somebody takes it over.
      where: {
        workspaceId,
        OR: [{ status: { not: "left" } }, ...(template?.ownerId ? [{ id: template.ownerId }] : [])],
      },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
      take: OWNERS_SHOWN,
    }),
    listReaders(parts, { workspaceId, take: READERS_SHOWN }),
  ]);
  return {
    viewer: viewerOf(parts, request, reply),
    template,
    typed,
    people,
    readers,
    as: As.parse(request.query).as,
    view: Look.parse(request.query).view,
    mail: mail?.ok === true ? { text: mail.text, hasDark: hasDarkColours(mail.html) } : null,
    cannot: mail === null || mail.ok ? null : { message: mail.problem.message, remedy: mail.problem.remedy },
    complaint: null,
    now: parts.clock.now(),
    said: sentenceFor(request.query),
  };
}
