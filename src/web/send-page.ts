import type { FastifyReply } from "fastify";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

/** Answers with a page. React escapes every text; no page sets inner HTML except checked Markdown. */
export function sendPage(reply: FastifyReply, page: ReactElement): FastifyReply {
  return reply
    .header("content-type", "text/html; charset=utf-8")
    .send(`<!doctype html>${renderToStaticMarkup(page)}`);
}

/** Post, redirect, get: a reload never posts twice. Only our own paths; a path never comes from the request. */
export function seeOther(reply: FastifyReply, path: `/${string}`): FastifyReply {
  return reply.code(303).header("location", path).send();
}
