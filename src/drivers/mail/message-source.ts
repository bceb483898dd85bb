import type MimeNode from "nodemailer/lib/mime-node";
import { quotedPrintable } from "./quoted-printable.ts";

const TEXT = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
const HTML = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";

/**
 * A mail as it stands on the wire, without a signature, in one piece. nodemailer writes the headers; the
 * two parts are put together here, because its tree of streams costs more than everything else about a
 * mail of 16 KB (0.9 ms of CPU against 0.3 ms).
 *
 * @param message compiled from a text and an HTML part and nothing else: multipart/alternative
 */
export function messageSource(message: MimeNode, parts: { text: string; html: string }): Buffer {
  // The boundary is made with the headers, so they come first.
  const headers = message.buildHeaders();
  const { boundary } = message;
  if (typeof boundary !== "string" || message.childNodes.length !== 2) {
    throw new Error("Only mails of a text and an HTML part are written.");
  }
  return Buffer.concat([
    Buffer.from(`${headers}\r\n\r\n--${boundary}\r\n${TEXT}`, "utf8"),
    quotedPrintable(parts.text),
    Buffer.from(`\r\n--${boundary}\r\n${HTML}`, "latin1"),
    quotedPrintable(parts.html),
    Buffer.from(`\r\n--${boundary}--\r\n`, "latin1"),
  ]);
}
