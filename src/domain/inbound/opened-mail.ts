import PostalMime, { type Email } from "postal-mime";
import { plainOf } from "./plain-text.ts";

/** What answers us is small, a bomb is not (trust.md A18): above these a mail is not parsed at all. */
const LARGEST_BYTES = 10 * 1024 * 1024;
const MOST_PARTS = 200;
/** What is said stands at the top; attachments and returned mails below this are not read. The parser pays per line. */
const READ_BYTES = 192 * 1024;
const READ_LINES = 2500;
/** No rule looks further than this into a body; servers say what they have to say at the top. */
const BODY_LIMIT = 60_000;

interface MailPart {
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

type Opening = { opened: OpenedMail } | { refused: "too-large" | "too-many-parts" | "unreadable" };

export async function openMail(raw: Uint8Array | string): Promise<Opening> {
  if (raw.length > LARGEST_BYTES) return { refused: "too-large" };
  const bytes = topOf(typeof raw === "string" ? new TextEncoder().encode(raw.slice(0, READ_BYTES)) : raw);
  const source = new TextDecoder("latin1").decode(bytes);
  if (countParts(source) > MOST_PARTS) return { refused: "too-many-parts" };
  const parser = new PostalMime({
    forceRfc822Attachments: true,
    attachmentEncoding: "arraybuffer",
    maxNestingDepth: 30,
    maxHeadersSize: 128 * 1024,
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
    // Two From headers are one too many (RFC 5322): programs show one, checks look at the other.
    from:
      mail.headers.filter(({ key }) => key === "from").length === 1
        ? (mail.from?.address?.toLowerCase() ?? null)
        : null,
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

function topOf(bytes: Uint8Array): Uint8Array {
  const end = Math.min(bytes.length, READ_BYTES);
  let at = 0;
  for (let line = 0; line < READ_LINES; line++) {
    const next = bytes.indexOf(10, at);
    if (next < 0 || next >= end) return bytes.subarray(0, end);
    at = next + 1;
  }
  return bytes.subarray(0, at);
}

/** Lines that begin a part. Counted before parsing: a part costs the parser a thousand times a line. */
function countParts(source: string): number {
  const declared = [...source.matchAll(/boundary\s{0,5}=\s{0,5}"?([^"\s;]{1,100})/gi)].slice(0, 50);
  const boundaries = new Set(declared.map((match) => `--${match[1]}`));
  let count = 0;
  for (const [line] of source.matchAll(/^--[^\r\n]{1,110}/gm)) if (boundaries.has(line.trimEnd())) count++;
  return count;
}

function decode(content: string | ArrayBuffer | Uint8Array): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}

function dayOf(date: string): string | null {
  const at = new Date(date);
  // The day as the writer's own Date header says it: "back tomorrow" is meant in their zone.
  const local = /^\d{4}-\d\d-\d\d/.exec(date)?.[0];
  return Number.isNaN(at.getTime()) ? null : (local ?? at.toISOString().slice(0, 10));
}
