import { type DestinationStream, type Logger, pino } from "pino";

const ADDRESS = /[^\s"'<>(),;:@\\[\]{}]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/g;
/** User and password in the address of a database, a queue or a mail server. */
const CREDENTIALS = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi;
/** Signed tokens and keys: a long run of base64url in mixed case. Ids (UUIDs, lower case) stay readable. */
const TOKEN = /(?=[A-Za-z0-9_-]*[0-9])(?=[A-Za-z0-9_-]*[A-Z])(?=[A-Za-z0-9_-]*[a-z])[A-Za-z0-9_-]{28,}/g;
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
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => stream.write(cleanLine(line)) },
  );
}

/** The text without mail addresses, credentials and tokens. */
export function withoutPeople(text: string): string {
  return text.replace(CREDENTIALS, "$1[removed]@").replace(ADDRESS, "[address]").replace(TOKEN, "[token]");
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
