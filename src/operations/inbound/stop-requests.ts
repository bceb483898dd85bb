import type { ClassifiedMail } from "../../domain/inbound/mail-kind.ts";
import type { Contact } from "../../drivers/store/generated/client.ts";
import type { Attribution } from "../attribute-mail.ts";
import type { Parts } from "../parts.ts";
import { unsubscribe } from "../unsubscribe.ts";

const STOP =
  /^\W*(please )?(unsubscribe( me)?|stop|remove me|abmelden|keine mails mehr|désinscrire|darme de baja)\W*$/i;

/**
 * Somebody wrote nothing but "stop", or their mail program did: it fills in the subject that our List-Unsubscribe
 * names and leaves the body empty or writes a line of its own there, sometimes marked as automatic. To a signed
 * address that subject is enough.
 */
export function asksToStop(mail: ClassifiedMail, by: Attribution["by"]): boolean {
  switch (mail.kind) {
    case "reply":
      return STOP.test(mail.text) || (by === "token" && STOP.test(mail.subject));
    case "auto-reply":
    case "other":
      return by === "token" && STOP.test(mail.subject);
    case "hard-bounce":
    case "soft-bounce":
    case "complaint":
      return false;
    default:
      return mail.kind satisfies never;
  }
}

/** Their own choice, at once: no evidence of a reply, no pause, nobody is asked. */
export async function stopAsAsked(
  parts: Parts,
  { contact, sendId, at }: { contact: Contact; sendId: string; at: Date },
): Promise<string> {
  await unsubscribe(parts, { sendId, source: "reply", at });
  return `${contact.name} asked to stop by mail; done.`;
}
