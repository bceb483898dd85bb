import type MimeNode from "nodemailer/lib/mime-node";
import type { FixedText, OutgoingMail } from "../../domain/sending/outcome.ts";
import { quotedPrintable } from "./quoted-printable.ts";

const TEXT = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
const HTML = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";

const SOFT_BREAK = Buffer.from("=\r\n", "latin1");

export type MailParts = Pick<OutgoingMail, "text" | "html" | "htmlPieces">;

/**
 * A mail as it stands on the wire, without a signature, in one piece: multipart/alternative of a text and an
 * HTML part. nodemailer writes the headers; the parts are put together here, because its tree of streams costs
 * more than everything else about a mail of 16 KB (0.9 ms of CPU against 0.3 ms).
 *
 * @param message compiled from everything but the parts
 */
export function messageSource(message: MimeNode, parts: MailParts): Buffer {
  message.setHeader("Content-Type", "multipart/alternative");
  // The boundary is made with the headers, so they come first.
  const headers = message.buildHeaders();
  const { boundary } = message;
  if (typeof boundary !== "string") throw new Error("A mail got no boundary between its parts.");
  // The wall behind nodemailer's own: a server that takes a lone CR or LF for a line's end would see another mail.
  if (/(?<!\r)\n|\r(?!\n)/.test(headers)) throw new Error("A header holds a line break of its own.");
  return Buffer.concat([
    Buffer.from(`${headers}\r\n\r\n--${boundary}\r\n${TEXT}`, "utf8"),
    quotedPrintable(parts.text),
    Buffer.from(`\r\n--${boundary}\r\n${HTML}`, "latin1"),
    ...htmlPart(parts),
    Buffer.from(`\r\n--${boundary}--\r\n`, "latin1"),
  ]);
}

/** Fixed text is encoded once for all mails that hold it. */
const encoded = new WeakMap<FixedText, Buffer>();

function htmlPart({ html, htmlPieces }: MailParts): Buffer[] {
  if (htmlPieces === undefined) return [quotedPrintable(html)];
  const lines: Buffer[] = [];
  for (const piece of htmlPieces) {
    if (piece === "") continue;
    // A piece may begin where a line begins only: its lines were counted from there.
    if (lines.length > 0) lines.push(SOFT_BREAK);
    lines.push(typeof piece === "string" ? quotedPrintable(piece) : encodedOnce(piece));
  }
  return lines;
}

function encodedOnce(text: FixedText): Buffer {
  let bytes = encoded.get(text);
  if (bytes === undefined) {
    bytes = quotedPrintable(text.fixed);
    encoded.set(text, bytes);
  }
  return bytes;
}
