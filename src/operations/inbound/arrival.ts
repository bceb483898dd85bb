import { classifyEvidence } from "../../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../../domain/engagement/events.ts";
import type { Author } from "../../domain/inbound/author.ts";
import type { ClassifiedMail } from "../../domain/inbound/mail-kind.ts";
import type { EnrollmentFrame } from "../../drivers/store/enrollment-frame.ts";
import { recordEvent } from "../../drivers/store/events.ts";
import type { Contact, Send } from "../../drivers/store/generated/client.ts";
import type { Db, Parts } from "../parts.ts";

/** The contact whom our mail went to (null: it went to one of us), and who wrote the mail that came back. */
export interface Writer {
  readonly contact: Contact | null;
  readonly author: Author;
}

/** A mail whose place is known. */
export interface Arrival {
  readonly mail: ClassifiedMail;
  readonly frame: EnrollmentFrame;
  readonly send: Send;
  readonly mailId: string;
  readonly at: Date;
}

/** False: it was noted before, by a process that died before all was done. */
export async function noteArrival(
  tx: Db,
  parts: Parts,
  { frame, send, mailId }: Arrival,
  event: LogEvent,
): Promise<boolean> {
  const { isNew } = await recordEvent(tx, {
    workspaceId: frame.workspace.id,
    enrollmentId: frame.enrollment.id,
    contactId: frame.contact.id,
    sendId: send.id,
    event,
    evidence: classifyEvidence(event),
    receivedAt: parts.clock.now(),
    source: "reply",
    dedupeKey: `mail.${mailId}`,
  });
  return isNew;
}
