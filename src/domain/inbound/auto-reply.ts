import { isAbsenceSubject, saysAbsent } from "./absence.ts";
import type { OpenedMail } from "./opened-mail.ts";

/**
 * The signs that a program answered for the person (RFC 3834 and what older programs write). Empty: a person
 * wrote. Never from X-Auto-Response-Suppress alone: Outlook puts it on mail that people write, and others lost
 * real answers that way (trust.md 5).
 */
export function autoReplySigns(mail: OpenedMail): string[] {
  // A mail server speaks, not the person: its notices are no absence.
  if (isMailServer(mail)) return [];
  const nullPath = /^<>$/.test(mail.header("return-path").trim());
  const signs: readonly (readonly [boolean, string])[] = [
    [callsItselfAutomatic(mail), "auto-submitted"],
    [has(mail, "x-autoreply") && !/^no$/i.test(mail.header("x-autoreply").trim()), "x-autoreply"],
    [
      has(mail, "x-autorespond") || has(mail, "x-autoresponder") || has(mail, "x-mail-autoreply"),
      "x-autorespond",
    ],
    [
      has(mail, "x-autoreply-from") ||
        has(mail, "x-auto-reply-from") ||
        has(mail, "x-ms-exchange-inbox-rules-loop"),
      "x-autoreply",
    ],
    [/^auto[_-]?reply$/i.test(mail.header("precedence").trim()), "precedence"],
    [
      /^(?:vacation|oof|ooo|auto)/i.test(mail.header("x-precedence")) ||
        /auto.?(?:repl|respond)|vacation/i.test(mail.header("x-mailer")),
      "mailer",
    ],
    [/oof/i.test(mail.header("x-ms-exchange-generated-message-source")), "exchange-oof"],
    [/vacation/i.test(mail.header("x-apple-action")), "apple-vacation"],
    [nullPath && saysAbsent(mail.body), "null-path"],
    [isAbsenceSubject(mail.subject), "subject"],
  ];
  return [...new Set(signs.flatMap(([holds, id]) => (holds ? [id] : [])))];
}

const has = (mail: OpenedMail, name: string): boolean => mail.header(name) !== "";

const isMailServer = (mail: OpenedMail): boolean => /^(?:mailer-?daemon|postmaster)@/i.test(mail.from ?? "");

/** RFC 3834: anything but "no" was not written by a person for this occasion. */
export function callsItselfAutomatic(mail: OpenedMail): boolean {
  const submitted = mail.header("auto-submitted").trim();
  return submitted !== "" && !/^no\b/i.test(submitted);
}

/** No person wrote this, whatever it is: a server's notice, a list, or a mail that wants no answer. */
export function wroteItself(mail: OpenedMail): boolean {
  return (
    isMailServer(mail) ||
    callsItselfAutomatic(mail) ||
    /^<>$/.test(mail.header("return-path").trim()) ||
    /^(?:bulk|list|junk)$/i.test(mail.header("precedence").trim()) ||
    has(mail, "list-id")
  );
}
