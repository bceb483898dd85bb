import type { FastifyReply } from "fastify";
import { z } from "zod";
import { forFrame } from "../../mail-frame.ts";
import { inScheme } from "../../mail-scheme.ts";
import { MAIL_VIEWS } from "../../pages/ui/mail-look.tsx";

/** How a mail is looked at (`view`, of the page) and in which colours (`scheme`, of the frame in it). */
export const Look = z.object({
  view: z.enum(MAIL_VIEWS).catch("desktop"),
  scheme: z.enum(["light", "dark"]).catch("light"),
});

/** A mail's HTML for the frame of its page. */
export function sendMail(reply: FastifyReply, html: string, scheme: "light" | "dark"): FastifyReply {
  return reply.header("content-type", "text/html; charset=utf-8").send(forFrame(inScheme(html, scheme)));
}
