import { setTimeout as sleep } from "node:timers/promises";
import { ImapFlow, type ImapFlowOptions } from "imapflow";

export interface ImapInboxOptions {
  /** imaps://user:password@host/INBOX. Holds a password: never log it. */
  readonly url: string;
  /** Called for each unread mail, oldest first; it is marked read once this has returned. */
  readonly onMail: (raw: Buffer) => Promise<void>;
  readonly log: { info(fields: object, text: string): void; warn(fields: object, text: string): void };
  /** Looks at least this often, whether the server told of new mail or not. */
  readonly everyMs?: number;
  /** First wait after a failure; it doubles up to the longest. */
  readonly retryMs?: number;
}

export interface ImapInbox {
  /** Finishes the mail in hand, then signs off. Safe to call twice. */
  close(): Promise<void>;
}

const EVERY_MS = 60_000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 5 * 60_000;
/** What is said stands at the top, so of a larger mail the rest is left on the server (trust.md A18). */
const READ_BYTES = 8 * 1024 * 1024;

/**
 * Reads an inbox for as long as it is open. The read mark is set only after the mail is kept, so a process that
 * dies in between reads the mail again; who keeps it knows that it came before. A lost connection is made anew.
 */
export function watchImapInbox(options: ImapInboxOptions): ImapInbox {
  const closing = new AbortController();
  const done = watch(options, closing.signal);
  return {
    close: () => {
      closing.abort();
      return done;
    },
  };
}

async function watch(options: ImapInboxOptions, closing: AbortSignal): Promise<void> {
  const first = options.retryMs ?? FIRST_RETRY_MS;
  let wait = first;
  while (!closing.aborted) {
    try {
      await session(options, closing, () => {
        wait = first;
      });
    } catch (cause) {
      if (closing.aborted) return;
      options.log.warn({ err: wordsOf(cause), retryMs: wait }, "the inbox cannot be read; it is tried again");
      await pause(wait, closing);
      wait = Math.min(wait * 2, LONGEST_RETRY_MS);
    }
  }
}

/** One connection, until it breaks (throws) or the inbox is closed. `readWhole`: every unread mail was taken. */
async function session(
  options: ImapInboxOptions,
  closing: AbortSignal,
  readWhole: () => void,
): Promise<void> {
  const { client, folder } = openClient(options.url);
  let news = new AbortController();
  let broken: Error | null = null;
  client.on("exists", () => news.abort());
  client.on("error", (cause: Error) => {
    broken = cause;
    news.abort();
  });
  client.on("close", () => {
    broken ??= new Error("The mail server closed the connection.");
    news.abort();
  });
  try {
    await client.connect();
    await client.mailboxOpen(folder);
    options.log.info({ folder }, "the inbox is read");
    while (!closing.aborted) {
      news = new AbortController();
      if (broken !== null) throw broken;
      const failed = await takeUnread(client, options, closing);
      if (failed > 0) throw new Error(`${failed} mails could not be kept; they stay unread.`);
      readWhole();
      // Idling begins by itself when nothing is asked; a mail that came meanwhile has told by then.
      await pause(options.everyMs ?? EVERY_MS, AbortSignal.any([closing, news.signal]));
    }
    await client.logout();
  } finally {
    client.close();
  }
}

/** A mail that cannot be kept stays unread and holds up none of the others. Gives how many there were. */
async function takeUnread(
  client: ImapFlow,
  options: ImapInboxOptions,
  closing: AbortSignal,
): Promise<number> {
  const unread = (await client.search({ seen: false }, { uid: true })) || [];
  let failed = 0;
  for (const uid of unread) {
    if (closing.aborted) break;
    const mail = await client.fetchOne(String(uid), { source: { maxLength: READ_BYTES } }, { uid: true });
    // Gone or read by now: somebody else looks into this inbox as well.
    if (mail === false || mail === undefined || mail.source === undefined) continue;
    try {
      await options.onMail(mail.source);
    } catch (cause) {
      failed += 1;
      options.log.warn({ err: cause, uid }, "a mail of the inbox could not be kept");
      continue;
    }
    await client.messageFlagsAdd(String(uid), ["\\Seen"], { uid: true });
  }
  return failed;
}

/** Signs in and looks once: what is wrong, or how many mails wait. For `doctor`. */
export async function lookIntoInbox(
  url: string,
): Promise<{ ok: true; unread: number } | { ok: false; why: string }> {
  const { client, folder } = openClient(url);
  client.on("error", () => undefined); // the failed call says it
  try {
    await client.connect();
    await client.mailboxOpen(folder, { readOnly: true });
    const unread = (await client.search({ seen: false }, { uid: true })) || [];
    await client.logout();
    return { ok: true, unread: unread.length };
  } catch (cause) {
    return { ok: false, why: wordsOf(cause) };
  } finally {
    client.close();
  }
}

function openClient(url: string): { client: ImapFlow; folder: string } {
  const parsed = new URL(url);
  const secure = parsed.protocol === "imaps:";
  const host = parsed.hostname.replace(/^\[|\]$/g, "");
  const local = /^(localhost|127(\.\d+){3}|::1)$/.test(host);
  const options: ImapFlowOptions = {
    host,
    port: parsed.port === "" ? (secure ? 993 : 143) : Number(parsed.port),
    secure,
    // A password crosses no network in the clear; on this machine there is no network.
    ...(secure ? {} : { doSTARTTLS: !local }),
    auth: { user: decodeURIComponent(parsed.username), pass: decodeURIComponent(parsed.password) },
    logger: false,
    emitLogs: false,
    connectionTimeout: 30_000,
    greetingTimeout: 15_000,
    maxIdleTime: 5 * 60_000,
  };
  const folder = decodeURIComponent(parsed.pathname.replace(/^\/+|\/+$/g, "")) || "INBOX";
  return { client: new ImapFlow(options), folder };
}

/** The server's own words where it said any: "Command failed" tells nobody what to do. */
function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const said = "responseText" in cause && typeof cause.responseText === "string" ? cause.responseText : "";
  return said === "" ? cause.message : `${cause.message}: ${said}`;
}

function pause(ms: number, until: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal: until }).catch(() => undefined);
}
