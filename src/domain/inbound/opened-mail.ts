import PostalMime, { type Email } from "postal-mime";
import { plainOf } from "./plain-text.ts";

/** What answers us is small, a bomb is not (trust.md A18): above these a mail is not parsed at all. */
const LARGEST_BYTES = 10 * 1024 * 1024;
const MOST_PARTS = 500;
/** No rule looks further than this into a body; servers say what they have to say at the top. */
const BODY_LIMIT = 60_000;

export interface MailPart {
  /** Lower case, without parameters. */
  readonly type: string;
  readonly text: string;
}

/** A mail as the rules look at it: decoded once, everything bounded. */
export interface OpenedMail {
  /** First value of a header, "" when absent. Name in lower case. */
  readonly header: (name: string) => string;
  readonly from: string | null;
  readonly subject: string;
  readonly messageId: string | null;
  /** Message-IDs of In-Reply-To and References. */
  readonly answers: readonly string[];
  /** The readable body, without the parts below. */
  readonly body: string;
  /** Reports and returned mails, in order. */
  readonly parts: readonly MailPart[];
  /** The day it was written, YYYY-MM-DD; null when the mail has no readable Date. */
  readonly writtenOn: string | null;
}

export type Opening = { opened: OpenedMail } | { refused: "too-large" | "too-many-parts" | "unreadable" };

export async function openMail(raw: Uint8Array | string): Promise<Opening> {
  if (raw.length > LARGEST_BYTES) return { refused: "too-large" };
  const bytes = typeof raw === "string" ? new TextEncoder().encode(raw) : raw;
  const source = new TextDecoder("latin1").decode(bytes);
  if (countParts(source) > MOST_PARTS) return { refused: "too-many-parts" };
  const parser = new PostalMime({
    forceRfc822Attachments: true,
    attachmentEncoding: "arraybuffer",
    maxNestingDepth: 30,
    maxHeadersSize: 512 * 1024,
  });
  let mail: Email;
  try {
    mail = await parser.parse(bytes);
  } catch {
    // The parser throws only on nesting and header limits: such a mail is hostile or broken, and says nothing.
    return { refused: "unreadable" };
  }
  return { opened: opened(mail, source) };
}

function opened(mail: Email, source: string): OpenedMail {
  const headers = new Map<string, string>();
  for (const { key, value } of mail.headers) if (!headers.has(key)) headers.set(key, value);
  const parts = mail.attachments.map(({ mimeType, content }) => ({
    type: mimeType.toLowerCase(),
    text: decode(content).slice(0, BODY_LIMIT),
  }));
  return {
    header: (name) => headers.get(name) ?? "",
    from: mail.from?.address?.toLowerCase() ?? null,
    subject: (mail.subject ?? "").slice(0, 500),
    messageId: mail.messageId ?? null,
    answers: `${mail.inReplyTo ?? ""} ${mail.references ?? ""}`.match(/<[^<>\s]{1,250}>/g) ?? [],
    body: bodyOf(mail, parts, source).replace(/\r\n?/g, "\n").slice(0, BODY_LIMIT),
    parts,
    writtenOn: dayOf(mail.date ?? ""),
  };
}

/**
 * A mail whose boundary does not fit its parts (gateways rewrite headers) parses to nothing; then the source
 * below the headers is what there is to read.
 */
function bodyOf(mail: Email, parts: readonly MailPart[], source: string): string {
  const text = mail.text ?? "";
  const html = mail.html ?? "";
  if (text.trim() !== "") return text;
  if (html !== "") return plainOf(html);
  if (parts.length > 0) return "";
  const start = /\r?\n\r?\n/.exec(source)?.index ?? source.length;
  return source.slice(start);
}

const countParts = (source: string): number =>
  source.match(/^content-(?:type|disposition)[ \t]*:/gim)?.length ?? 0;

function decode(content: string | ArrayBuffer | Uint8Array): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}

function dayOf(date: string): string | null {
  const at = new Date(date);
  // The day as the writer's own Date header says it: "back tomorrow" is meant in their zone.
  const local = /^\d{4}-\d\d-\d\d/.exec(date)?.[0];
  return Number.isNaN(at.getTime()) ? null : (local ?? at.toISOString().slice(0, 10));
}
