import type { ClassifiedMail, MailKind } from "../../domain/inbound/mail-kind.ts";
import { reachOfRefusal } from "../../domain/sending/complaint-rate.ts";
import { loadFrame } from "../../drivers/store/enrollment-frame.ts";
import type { Attribution } from "../attribute-mail.ts";
import { noteArrived } from "../note-arrived.ts";
import type { Parts } from "../parts.ts";
import { answerAbsence } from "./absences.ts";
import type { Arrival, Writer } from "./arrival.ts";
import { answerBrief } from "./briefs.ts";
import { acceptReply } from "./replies.ts";
import { returnHard, returnPolicy, returnSoft, takeComplaint } from "./returns.ts";
import { asksToStop, stopAsAsked } from "./stop-requests.ts";
import { keepUnverified } from "./unverified.ts";

/** Does what a mail calls for; gives what was done, in words. Without an enrollment nothing is done: it is only kept. */
export async function react(
  parts: Parts,
  arrived: { mail: ClassifiedMail; whose: Attribution; writer: Writer; mailId: string; at: Date },
): Promise<string> {
  const { mail, whose, writer, mailId, at } = arrived;
  const { workspaceId, sendId, enrollmentId } = whose;
  if (workspaceId === null || sendId === null) return "Kept; it names none of our mails.";
  if (whose.by === "token") {
    await noteArrived(parts.db, { workspaceId, sendIds: [sendId], from: EVIDENCE[mail.kind], at });
  }
  // Before anything else: whoever asks to stop is not first thanked for a reply.
  if (writer.contact !== null && writer.author === "contact" && asksToStop(mail, whose.by)) {
    return stopAsAsked(parts, { contact: writer.contact, sendId, at });
  }
  if (enrollmentId === null) {
    const did = await answerBrief(parts, { mail, writer, workspaceId, sendId, mailId, at });
    return did ?? "Kept; it names none of our mails.";
  }
  const frame = await loadFrame(parts.db, workspaceId, enrollmentId);
  const send = await parts.db.send.findFirst({ where: { workspaceId, id: sendId } });
  if (frame === null || send === null) return "Kept; its enrollment is gone.";
  // A signal to a CSM that bounces says nothing about the contact.
  if (send.contactId !== frame.contact.id) return "Kept; it answers a mail to one of us.";
  const arrival: Arrival = { mail, frame, send, mailId, at };
  if (writer.author !== "contact" && (mail.kind === "reply" || mail.kind === "auto-reply")) {
    return keepUnverified(parts, arrival, writer.author);
  }
  if (mail.kind === "reply" && mail.rules.includes("machine-written")) {
    return keepUnverified(parts, arrival, "machine");
  }
  const returned = mail.kind === "hard-bounce" || mail.kind === "soft-bounce";
  if (returned && whose.by === "token" && reachOfRefusal(mail.status) !== null) {
    return returnPolicy(parts, arrival);
  }
  switch (mail.kind) {
    case "hard-bounce":
      return whose.by === "token" ? returnHard(parts, arrival) : UNSIGNED;
    case "soft-bounce":
      return whose.by === "token" ? returnSoft(parts, arrival) : UNSIGNED;
    case "complaint":
      return whose.by === "token" ? takeComplaint(parts, arrival) : UNSIGNED;
    case "auto-reply":
      return answerAbsence(parts, arrival);
    case "reply":
      return acceptReply(parts, arrival);
    case "other":
      return "Kept; nothing to do.";
    default:
      return mail.kind satisfies never;
  }
}

const UNSIGNED = "Kept; without a signed address nobody is stopped because of it.";

/** What came says that the mail it names had been taken: its signed address was in nothing else. */
const EVIDENCE: Readonly<Record<MailKind, string>> = {
  "hard-bounce": "its bounce",
  "soft-bounce": "its bounce",
  complaint: "a complaint about it",
  "auto-reply": "an automatic answer",
  reply: "a reply",
  other: "a mail to its own address",
};
