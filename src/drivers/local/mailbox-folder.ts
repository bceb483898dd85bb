import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { z } from "zod";

/** One captured mail as a list shows it. `from` and `to` are the envelope's: who it was really for. */
export interface CapturedSummary {
  readonly id: string;
  readonly receivedAt: Date;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Who signs it, from its From header; null when it has none or was captured before this was kept. */
  readonly sender: string | null;
}

/** One captured mail, whole. `source` is the message as it came over SMTP. */
export interface CapturedMail extends CapturedSummary {
  readonly messageId: string | null;
  readonly html: string | null;
  readonly text: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly source: string;
}

export interface CapturedEnvelope {
  readonly from: string;
  readonly to: readonly string[];
}

const SummaryFile = z.object({
  receivedAt: z.coerce.date(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  sender: z.string().nullable().default(null),
});

const ID = /^[0-9a-z]{9}-[0-9a-z]+-[0-9a-f]{8}$/;

/**
 * Captured mail as files: `<id>.eml` as received and `<id>.json` with its envelope. Any process may
 * read and write the folder; a mail is there when its .json is, and then it is whole.
 */
export class MailboxFolder {
  readonly #folder: string;
  /** Files never change once written, so what was read once is not read again. */
  readonly #known = new Map<string, CapturedSummary>();
  #written = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Stores a mail; `beforeShown` may still refuse it by throwing, and then nothing of it remains. */
  async write(
    raw: Buffer,
    envelope: CapturedEnvelope,
    receivedAt: Date,
    beforeShown?: (id: string) => Promise<void>,
  ): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    // Sorts by arrival: the machine's time, then a count, then chance between processes.
    const count = (this.#written++ % 36 ** 4).toString(36).padStart(4, "0");
    const id = `${Date.now().toString(36).padStart(9, "0")}-${count}-${randomBytes(4).toString("hex")}`;
    const { subject, from } = await PostalMime.parse(headOf(raw));
    const sender = from?.name || from?.address || null;
    const summary = { receivedAt: receivedAt.toISOString(), ...envelope, subject: subject ?? "", sender };
    const eml = join(this.#folder, `${id}.eml`);
    await writeFile(eml, raw);
    try {
      await beforeShown?.(id);
      await writeFile(join(this.#folder, `.${id}.new`), `${JSON.stringify(summary)}\n`);
      await rename(join(this.#folder, `.${id}.new`), join(this.#folder, `${id}.json`));
    } catch (error) {
      await rm(eml, { force: true });
      throw error;
    }
    return id;
  }

  /** Newest first. `before` is the id of the last mail of the page above; `search` looks in addresses and subjects. */
  async list(options: { search?: string; limit: number; before?: string }): Promise<CapturedSummary[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return []; // nothing was ever captured
      throw new Error(`Cannot read the captured mail in ${this.#folder}`, { cause: error });
    });
    const ids = names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
    const found: CapturedSummary[] = [];
    const wanted = options.search?.trim().toLowerCase() ?? "";
    for (const id of ids.sort().reverse()) {
      if (found.length >= options.limit) break;
      if (!ID.test(id) || (options.before !== undefined && id >= options.before)) continue;
      const summary = await this.#summary(id);
      if (summary !== null && (wanted === "" || wordsOf(summary).includes(wanted))) found.push(summary);
    }
    return found;
  }

  /** Null for an id that is unknown or no id at all: ids come from addresses of pages. */
  async get(id: string): Promise<CapturedMail | null> {
    if (!ID.test(id)) return null;
    const summary = await this.#summary(id);
    const raw = summary === null ? null : await readOrNull(join(this.#folder, `${id}.eml`));
    if (summary === null || raw === null) return null;
    const mail = await PostalMime.parse(raw);
    return {
      ...summary,
      messageId: mail.messageId ?? null,
      html: mail.html ?? null,
      text: mail.text ?? null,
      headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
      source: raw.toString("utf8"),
    };
  }

  /**
   * Removes the mails to, from or about a person, for an erasure: those that hold one of these words (an address,
   * a whole name) in the envelope, a header or the text. Gives their number.
   */
  async forget(words: readonly string[]): Promise<number> {
    const wanted = words.map((word) => word.trim().toLowerCase()).filter((word) => word !== "");
    if (wanted.length === 0) return 0;
    let count = 0;
    for (const { id } of await this.list({ limit: Number.POSITIVE_INFINITY })) {
      const mail = await this.get(id);
      const text = mail === null ? "" : wordsOfWhole(mail);
      if (!wanted.some((word) => text.includes(word))) continue;
      // The list first: a mail is there when its .json is.
      await rm(join(this.#folder, `${id}.json`), { force: true });
      await rm(join(this.#folder, `${id}.eml`), { force: true });
      this.#known.delete(id);
      count++;
    }
    return count;
  }

  async #summary(id: string): Promise<CapturedSummary | null> {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const text = await readOrNull(join(this.#folder, `${id}.json`));
    if (text === null) return null;
    const summary = { id, ...SummaryFile.parse(JSON.parse(text.toString("utf8"))) };
    this.#known.set(id, summary);
    return summary;
  }
}

/** Up to and with the empty line. */
function headOf(raw: Buffer): Buffer {
  const end = raw.indexOf("\r\n\r\n");
  return end === -1 ? raw : raw.subarray(0, end + 4);
}

function wordsOf(summary: CapturedSummary): string {
  return [summary.subject, summary.from, ...summary.to].join("\n").toLowerCase();
}

/** Decoded parts and the source: a name may stand in either alone. */
function wordsOfWhole(mail: CapturedMail): string {
  const headers = mail.headers.map(({ value }) => value).join("\n");
  return [wordsOf(mail), headers, mail.text, mail.html, mail.source].join("\n").toLowerCase();
}

async function readOrNull(path: string): Promise<Buffer | null> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new Error(`Cannot read ${path}`, { cause: error });
  });
}
