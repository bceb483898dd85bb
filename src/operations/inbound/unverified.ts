import type { Author } from "../../domain/inbound/author.ts";
import type { ClassifiedMail } from "../../domain/inbound/mail-kind.ts";
import { QUESTION_ANSWER_DAYS } from "../../domain/turnover/service-levels.ts";
import { askInTime } from "../ask-in-time.ts";
import type { Parts } from "../parts.ts";
import type { Arrival } from "./arrival.ts";
import { asksToStop } from "./stop-requests.ts";

/** `machine`: it came from their address, but a list or a program sent it. */
type NotThem = Exclude<Author, "contact"> | "machine";

/**
 * An answer that the contact did not write, or that failed the check of its sender: kept and shown to the CSM,
 * and nothing else. It is no evidence, asks no question, pauses and stops nothing in the contact's name (A18).
 */
export async function keepUnverified(parts: Parts, arrival: Arrival, author: NotThem): Promise<string> {
  const { mail, frame, mailId } = arrival;
  const who = whoElse(mail, author);
  await askInTime(parts.db, arrival, {
    key: `unverified.${mailId}`,
    kind: "unverified-answer",
    text: `Read a mail about ${frame.contact.name}'s program ${who}`,
    detail: [advice(arrival, author), mail.text.slice(0, 2000)].filter(Boolean).join("\n\n"),
    days: QUESTION_ANSWER_DAYS,
  });
  return `Kept as an unverified answer ${who}; the CSM is asked to read it.`;
}

/** Where it came from, to stand behind "a mail". */
export function whoElse({ from }: Pick<ClassifiedMail, "from">, author: NotThem): string {
  switch (author) {
    case "somebody-else":
      return `from somebody else: ${(from ?? "an unreadable address").slice(0, 254)}`;
    case "forged":
      return `whose sender could not be confirmed: ${(from ?? "").slice(0, 254)}`;
    case "machine":
      return `that a list or a program sent: ${(from ?? "").slice(0, 254)}`;
    default:
      return author satisfies never;
  }
}

function advice({ mail, frame }: Arrival, author: NotThem): string {
  const { name } = frame.contact;
  if (asksToStop(mail, "token"))
    return `It asks to stop. Ask ${name}, and stop the program if they want that.`;
  if (mail.departed) return `It says that somebody has left. If that is ${name}, open a case.`;
  if (mail.returnsOn !== null)
    return `It speaks of an absence until ${mail.returnsOn}. If that is ${name}, pause the program.`;
  return author === "forged" ? `Ask ${name} whether they wrote it.` : "";
}
