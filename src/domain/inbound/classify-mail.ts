import { saysDeparted } from "./absence.ts";
import { autoReplySigns, callsItselfAutomatic, wroteItself } from "./auto-reply.ts";
import { type Bounce, readBounce } from "./bounce.ts";
import { readComplaint } from "./complaint.ts";
import type { ClassifiedMail } from "./mail-kind.ts";
import { type OpenedMail, openMail } from "./opened-mail.ts";
import { isAnswerSubject, ownWords } from "./own-words.ts";
import { type ProviderNotice, readProviderNotice } from "./provider-notice.ts";
import { findReturnDate } from "./return-date.ts";
import { findStandIn } from "./stand-in.ts";
import { enhancedStatus } from "./status-codes.ts";

const NOTHING: ClassifiedMail = {
  kind: "other",
  status: null,
  recipient: null,
  reason: "",
  returnsOn: null,
  standIn: null,
  departed: false,
  from: null,
  subject: "",
  text: "",
  messageId: null,
  references: [],
  rules: [],
};

/**
 * What an incoming mail is (trust.md 5): a complaint, a bounce, an automatic answer, a person's reply; `other`
 * is everything else. Says nothing about whom it concerns: only a signed address does that (A19). Never throws
 * on what a stranger sent; a mail too large or too deep to read is `other`.
 */
export async function classifyMail(raw: Uint8Array | string): Promise<ClassifiedMail> {
  const opening = await openMail(raw);
  if ("refused" in opening) {
    return { ...NOTHING, reason: `not read: ${opening.refused}`, rules: [opening.refused] };
  }
  const mail = opening.opened;
  const base = baseOf(mail);
  return (
    complaint(mail, base) ??
    providerNotice(mail, base) ??
    bounce(mail, base) ??
    autoReply(mail, base) ??
    reply(mail, base) ?? {
      ...base,
      reason: "neither a return nor an answer",
      rules: wroteItself(mail) ? ["machine-written"] : [],
    }
  );
}

function baseOf(mail: OpenedMail): ClassifiedMail {
  return {
    ...NOTHING,
    from: mail.from,
    subject: mail.subject,
    text: ownWords(mail.body),
    messageId: mail.messageId,
    references: [...new Set([...mail.answers, ...returnedIds(mail)])],
  };
}

/** Message-IDs of the mails that a report brings back. */
function returnedIds(mail: OpenedMail): string[] {
  return mail.parts
    .filter(({ type }) => /^message\/(?:global|rfc822)$|^text\/rfc822-headers$/.test(type))
    .flatMap(({ text }) => /^message-id[ \t]*:\s{0,3}(<[^<>\s]{1,250}>)/im.exec(text)?.[1] ?? []);
}

function complaint(mail: OpenedMail, base: ClassifiedMail): ClassifiedMail | null {
  const found = readComplaint(mail);
  if (found === null) return null;
  const rules = [found.rule, `feedback-${found.type}`];
  switch (found.type) {
    case "not-spam":
      // Takes a complaint back.
      return { ...base, reason: "feedback: not-spam", rules };
    case "auth-failure":
      // About our own authentication, from a machine: it names nobody who could be suppressed for it.
      return { ...base, kind: "complaint", reason: "feedback: auth-failure", references: [], rules };
    default:
      return {
        ...base,
        kind: "complaint",
        reason: `feedback: ${found.type}`,
        recipient: found.recipient,
        rules,
      };
  }
}

function providerNotice(mail: OpenedMail, base: ClassifiedMail): ClassifiedMail | null {
  const notice = readProviderNotice(mail);
  if (notice === null) return null;
  return { ...base, ...ofNotice(notice), rules: ["ses-notice"] };
}

function ofNotice({
  notificationType,
  bounce: returned,
  complaint: said,
  delivery,
}: ProviderNotice): Partial<ClassifiedMail> {
  switch (notificationType) {
    case "Complaint": {
      const recipient = said?.complainedRecipients[0]?.emailAddress ?? null;
      return { kind: "complaint", reason: `feedback: ${said?.complaintFeedbackType ?? "abuse"}`, recipient };
    }
    case "Delivery":
      return { reason: "delivered", recipient: delivery?.recipients[0] ?? null };
    case "Bounce": {
      const first = returned?.bouncedRecipients[0];
      const status = enhancedStatus(first?.status ?? first?.diagnosticCode ?? "");
      const hard =
        returned?.bounceType === "Permanent" && (status === null || /^5\.1\.(?:[1236]|10)$/.test(status));
      return {
        kind: hard ? "hard-bounce" : "soft-bounce",
        status,
        recipient: first?.emailAddress ?? null,
        reason: hard ? "userunknown" : "undefined",
      };
    }
    default:
      return notificationType satisfies never;
  }
}

function bounce(mail: OpenedMail, base: ClassifiedMail): ClassifiedMail | null {
  const found = readBounce(mail);
  if (found === null) return null;
  const { status, recipient, reason, rules } = found;
  return { ...base, kind: kindOf(found), status, recipient, reason, rules };
}

function kindOf({ ending, hard }: Bounce): ClassifiedMail["kind"] {
  if (ending === "delivered") return "other";
  return hard ? "hard-bounce" : "soft-bounce";
}

function autoReply(mail: OpenedMail, base: ClassifiedMail): ClassifiedMail | null {
  const rules = autoReplySigns(mail);
  if (rules.length === 0) return null;
  const said = `${base.subject}\n${base.text}`;
  return {
    ...base,
    kind: "auto-reply",
    reason: "vacation",
    departed: saysDeparted(said),
    returnsOn: mail.writtenOn === null ? null : findReturnDate(said, mail.writtenOn),
    standIn: findStandIn(base.text, mail.from),
    rules,
  };
}

function reply(mail: OpenedMail, base: ClassifiedMail): ClassifiedMail | null {
  const answers = mail.answers.length > 0;
  const subject = isAnswerSubject(mail.subject);
  if (!answers && !subject) return null;
  // What is left here and calls itself automatic is a server's notice.
  if (callsItselfAutomatic(mail)) return null;
  const rules = [
    ...(answers ? ["in-reply-to"] : []),
    ...(subject ? ["re"] : []),
    // A list or a robot that answers like a person: nothing is sent because of it (RFC 3834).
    ...(wroteItself(mail) ? ["machine-written"] : []),
  ];
  return { ...base, kind: "reply", reason: "a person's answer", departed: saysDeparted(base.text), rules };
}
