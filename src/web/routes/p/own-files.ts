import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { askDeletion } from "../../../operations/ask-deletion.ts";
import { suggestFromCourse } from "../../../operations/course-resources.ts";
import { exportContactData } from "../../../operations/export-contact-data.ts";
import { meetingFile } from "../../../operations/meeting-file.ts";
import { suggested } from "../../pages/contact/suggested.ts";
import type { WrongToken } from "../../plugins/forged-links.ts";
import { unwrap } from "../../problem.ts";
import { seeOther } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { addressOf, openPage, type Token } from "./open-page.ts";
import { formValues } from "./read-act.ts";

/** What a picture of a person may be; anything else that is stored is not served. */
const PICTURES = ["image/png", "image/jpeg", "image/webp"];

/** Under the token beside the page: the CSM's face, the meeting as a file, resources, and the reader's own data. */
export function addOwnFileRoutes(app: FastifyInstance, parts: WebParts, wrongToken: WrongToken): void {
  app.get<Token>("/p/:token/photo", async (request, reply) => {
    const { workspaceId, enrollmentId } = await openPage(parts, wrongToken, request);
    const enrollment = await parts.db.enrollment.findFirst({
      where: { workspaceId, id: enrollmentId },
      select: { senderId: true, account: { select: { csmId: true } } },
    });
    const id = enrollment?.senderId ?? enrollment?.account.csmId ?? null;
    const user =
      id === null
        ? null
        : await parts.db.user.findFirst({
            where: { workspaceId, id },
            select: { photo: true, photoType: true },
          });
    const type = user?.photoType ?? "";
    if (user?.photo == null || !PICTURES.includes(type)) return wrongToken(request);
    return sendPicture(request, reply, Buffer.from(user.photo), type);
  });

  app.get<Token>("/p/:token/meeting.ics", async (request, reply) => {
    const { workspaceId, enrollmentId } = await openPage(parts, wrongToken, request);
    const file = await meetingFile(parts, { workspaceId, enrollmentId });
    if (file === null) return wrongToken(request);
    return reply
      .header("content-type", "text/calendar; charset=utf-8; method=PUBLISH")
      .header("content-disposition", 'attachment; filename="meeting.ics"')
      .send(file);
  });

  app.get<Token & { Querystring: { q?: unknown } }>("/p/:token/suggest", async (request, reply) => {
    const { workspaceId, enrollmentId } = await openPage(parts, wrongToken, request);
    const asked = typeof request.query.q === "string" ? request.query.q.slice(0, 400) : "";
    const found = await suggestFromCourse(parts, { workspaceId, enrollmentId, asked });
    return reply.send(found.map((resource) => suggested(resource, addressOf(request))));
  });

  app.post<Token>("/p/:token/data", async (request, reply) => {
    const { workspaceId, enrollmentId } = await openPage(parts, wrongToken, request);
    const format = formValues(request.body)["format"]?.[0] === "json" ? "json" : "csv";
    const { contactId } = await parts.db.enrollment.findFirstOrThrow({
      where: { workspaceId, id: enrollmentId },
      select: { contactId: true },
    });
    const file = await exportContactData(parts, { workspaceId, contactId, format });
    if (file === null) return wrongToken(request);
    return reply
      .header("content-type", file.type)
      .header("content-disposition", `attachment; filename="${file.name}"`)
      .send(file.body);
  });

  app.post<Token>("/p/:token/forget", async (request, reply) => {
    const { workspaceId, enrollmentId } = await openPage(parts, wrongToken, request);
    unwrap(await askDeletion(parts, { workspaceId, enrollmentId }));
    return seeOther(reply, `${addressOf(request)}/record?said=forget#forget`);
  });
}

/** Kept by the reader's own browser for a day; the token in the address keeps it out of anybody else's. */
function sendPicture(request: FastifyRequest, reply: FastifyReply, picture: Buffer, type: string) {
  const tag = `"${createHash("sha256").update(picture).digest("base64url").slice(0, 16)}"`;
  reply.header("cache-control", "private, max-age=86400").header("etag", tag);
  if (request.headers["if-none-match"] === tag) return reply.code(304).send();
  return reply.header("content-type", type).send(picture);
}
