import type { TransportOutcome } from "../../domain/sending/outcome.ts";

/** What nodemailer puts on its errors. Read defensively: other errors come through here too. */
interface SmtpError {
  readonly message: string;
  readonly code: string | null;
  readonly command: string | null;
  readonly responseCode: number | null;
  readonly response: string | null;
}

/** Commands that are about this one mail. A refusal of anything else is about the connection. */
const MAIL_COMMANDS = new Set(["MAIL FROM", "RCPT TO", "DATA"]);

/**
 * Decides what a failed submission means. nodemailer reports the same ECONNECTION/CONN whether
 * the server dropped before DATA or after the final dot (trust.md 0.2), so the error alone never
 * decides: `bodyBegan` does. It is true from the moment the server's 354 was read and the body's
 * first byte could leave.
 *
 * A complete reply is definite in any phase: 4xx and 5xx to the final dot mean not taken.
 */
export function outcomeOfError(error: unknown, bodyBegan: boolean): TransportOutcome {
  const smtp = readError(error);
  const { responseCode: code, response, command } = smtp;
  if (code !== null && code >= 400 && code < 600) {
    const words = oneLine(response ?? smtp.message);
    if (code < 500) return { kind: "deferred", code, response: words };
    if (command !== null && MAIL_COMMANDS.has(command)) return { kind: "rejected", code, response: words };
    // 5xx to AUTH, EHLO, STARTTLS or as a greeting: our setting, not this recipient.
    if (!bodyBegan) return { kind: "not-sent", cause: oneLine(`${command ?? "connection"}: ${words}`) };
    return { kind: "rejected", code, response: words };
  }
  const cause = oneLine([smtp.code, smtp.command, smtp.message].filter((part) => part !== null).join(" "));
  return bodyBegan ? { kind: "unknown", cause } : { kind: "not-sent", cause };
}

function readError(error: unknown): SmtpError {
  const fields = error instanceof Error ? { ...error } : {};
  const text = (name: string): string | null => {
    const value: unknown = Reflect.get(fields, name);
    return typeof value === "string" ? value : null;
  };
  const responseCode: unknown = Reflect.get(fields, "responseCode");
  return {
    message: error instanceof Error ? error.message : String(error),
    code: text("code"),
    command: text("command"),
    responseCode: typeof responseCode === "number" ? responseCode : null,
    response: text("response"),
  };
}

/** Server words end up in a row and on a page: one line, no invisible characters, not a novel. */
export function oneLine(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/ +/g, " ")
    .trim()
    .slice(0, 500);
}
