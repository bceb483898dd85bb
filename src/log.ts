import { type DestinationStream, type Logger, pino } from "pino";

const ADDRESS = /[^\s"'<>(),;:@\\[\]{}]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/g;
/** User and password in the address of a database, a queue or a mail server. */
const CREDENTIALS = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi;
/** A signed link's token (signed-links.ts), whatever its letters are. */
const SIGNED = /\b[A-Za-z0-9]{1,8}\.[A-Za-z0-9_-]{30}\.[A-Za-z0-9_-]{24}(?![A-Za-z0-9_-])/g;
/** A run that may be a key, or the payload or the mac of a signed link alone: the mac has 24 characters. */
const LONG_RUN = /[A-Za-z0-9_-]{24,}/g;
/** Names in code: whole words, each with at most one capital, in front. */
const WORDS = /^[_-]*(?:(?:[A-Z]?[a-z]{2,}|Id)[_-]*)+$/;
/** A name has a capital for every five letters at most; a key has two. */
const LETTERS_PER_CAPITAL = 5;
const REMOVED_KEYS = new Set(
  [
    "password",
    "secret",
    "token",
    "authorization",
    "cookie",
    "setcookie",
    "privatekey",
    "remoteaddress",
    "ip",
  ].concat([
    "email",
    "address",
    "to",
    "from",
    "replyto",
    "envelopefrom",
    "recipient",
    "headers",
    "firstname",
    "text",
    "html",
  ]),
);

/**
 * A log that holds no address and no token (trust.md A22): they are taken out of texts, fields and error
 * messages alike, so that a careless line cannot leak a person. Rows are named by their ids.
 */
export function createLog(options: { level: string; destination?: DestinationStream }): Logger {
  const stream = options.destination ?? pino.destination({ fd: 1, sync: true });
  return pino(
    {
      level: options.level,
      base: null,
      serializers: { err: errorFields },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => stream.write(cleanLine(line)) },
  );
}

/** An error's own words and numbers. Drivers hang whole connections on their errors, thousands of characters long. */
function errorFields(cause: Error): object {
  const fields = Object.entries(pino.stdSerializers.err(cause));
  return Object.fromEntries(
    fields.filter(([, value]) => typeof value !== "object" && typeof value !== "function"),
  );
}

/** The text without mail addresses, credentials and tokens. */
export function withoutPeople(text: string): string {
  return text
    .replace(CREDENTIALS, "$1[removed]@")
    .replace(ADDRESS, "[address]")
    .replace(SIGNED, "[token]")
    .replace(LONG_RUN, (run) => (isToken(run) ? "[token]" : run));
}

/** Mixed case is nobody's id: ids (UUIDs) are in lower case and stay readable. */
function isToken(run: string): boolean {
  const capitals = run.match(/[A-Z]/g)?.length ?? 0;
  if (capitals === 0 || !/[a-z]/.test(run)) return false;
  return /[0-9]/.test(run) || capitals * LETTERS_PER_CAPITAL > run.length || !WORDS.test(run);
}

/** Cleaned as a value, not as text: cutting into JSON's escapes would break the line. */
function cleanLine(line: string): string {
  try {
    return `${JSON.stringify(clean(JSON.parse(line)))}\n`;
  } catch {
    return `${JSON.stringify({ level: "error", msg: withoutPeople(line.trim()) })}\n`;
  }
}

function clean(value: unknown): unknown {
  if (typeof value === "string") return withoutPeople(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      withoutPeople(key),
      REMOVED_KEYS.has(key.toLowerCase().replaceAll(/[-_]/g, "")) ? "[removed]" : clean(part),
    ]),
  );
}
