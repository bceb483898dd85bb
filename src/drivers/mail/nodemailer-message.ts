import type { SendMailOptions } from "nodemailer";
import MailComposer from "nodemailer/lib/mail-composer";
import { readAddress } from "../../domain/sending/addresses.ts";
import type { OutgoingMail } from "../../domain/sending/outcome.ts";
import { messageSource } from "./message-source.ts";
import { oneLine } from "./smtp-outcome.ts";

/** Set by us on every mail; a second one in `headers` would make two of a header that must be one. */
const OWN_HEADERS =
  /^(from|to|cc|bcc|sender|reply-to|subject|date|message-id|mime-version|content-.*|return-path|dkim-signature)$/i;
const HEADER_LIMIT = 900;

/**
 * The headers and the envelope of a mail, in nodemailer's words.
 *
 * The second wall behind the check at saving: nodemailer made two recipients out of one string
 * with a line break (trust.md 1), so nothing reaches it that is not exactly one address. Throws:
 * such a mail here is a fault of ours, not of SMTP.
 */
export function toNodemailer(mail: OutgoingMail, notifySuccess: boolean): SendMailOptions {
  const to = checkedAddress(mail.to.address, "to");
  const headers: Record<string, { prepared: true; foldLines: false; value: string }> = {};
  for (const [name, value] of Object.entries(mail.headers)) {
    if (OWN_HEADERS.test(name) || !/^[A-Za-z][A-Za-z0-9-]*$/.test(name))
      throw new Error(`Header ${name} may not be set`);
    if (!/^[\x20-\x7e]*$/.test(value) || value.length > HEADER_LIMIT) {
      throw new Error(`Header ${name} must be one line of ASCII below ${HEADER_LIMIT} characters`);
    }
    if (name.toLowerCase() !== "references") headers[name] = { prepared: true, foldLines: false, value };
  }
  const references = Object.entries(mail.headers).find(([name]) => name.toLowerCase() === "references")?.[1];
  return {
    from: { name: oneLine(mail.from.name), address: checkedAddress(mail.from.address, "from").address },
    replyTo: {
      name: oneLine(mail.replyTo.name),
      address: checkedAddress(mail.replyTo.address, "replyTo").address,
    },
    to: { name: oneLine(mail.to.name), address: to.address },
    envelope: { from: checkedAddress(mail.envelopeFrom, "envelopeFrom").address, to: [to.address] },
    maxRecipients: 1,
    messageId: mail.messageId,
    date: mail.date,
    subject: oneLine(mail.subject),
    // Without its parts, which messageSource writes.
    baseBoundary: boundaryOf(mail.messageId),
    headers,
    textEncoding: "quoted-printable",
    xMailer: false,
    dsn: {
      id: mail.envelopeId,
      return: "headers",
      notify: notifySuccess ? ["failure", "delay", "success"] : ["failure", "delay"],
      recipient: `rfc822;${to.address}`,
    },
    ...(references === undefined ? {} : { references }),
  };
}

/** Made by the keyed Message-ID: nobody can write a text that ends the part it stands in. */
const boundaryOf = (messageId: string): string => messageId.replace(/@.*$|[^A-Za-z0-9]/g, "");

function checkedAddress(address: string, place: string): { address: string; domain: string } {
  const read = readAddress(address);
  if (!read.ok) throw new Error(`${place}: ${read.problem.message}`);
  return read;
}

/** The mail as it would stand on the wire, without a signature: what `preview --render` writes as .eml. */
export async function mailSource(mail: OutgoingMail): Promise<Buffer> {
  return messageSource(new MailComposer(toNodemailer(mail, false)).compile(), mail);
}
