import { z } from "zod";
import type { Agenda, Readiness, Verdict } from "../domain/readiness/readiness.ts";
import { readName } from "../domain/sending/addresses.ts";
import type { EnrollmentFrame } from "../drivers/store/enrollment-frame.ts";
import { loadFrame } from "../drivers/store/enrollment-frame.ts";
import type { ClaimedSend } from "../drivers/store/sends.ts";
import type { InternalMail } from "../drivers/templates/internal-mails.ts";
import { agendaOf } from "./agenda-of.ts";
import { COPY_PREFIX } from "./inbound/copies.ts";
import { signInAddress } from "./issue-sign-in-link.ts";
import type { Parts } from "./parts.ts";
import { slotIn } from "./slot-words.ts";
import type { MailWriter, MailWriters, WrittenMail } from "./written-mail.ts";

type WriterParts = Pick<Parts, "db" | "links" | "baseUrl" | "clock">;

/** React Email is loaded with the first such mail: half a second of starting, and memory that a sender seldom needs. */
const templates = () => import("../drivers/templates/internal-mails.ts");

const EMPTY_AGENDA: Agenda = {
  items: [],
  byMail: [],
  emptyReason: "Nothing of the contact's own is known yet.",
};
const SIGN_IN_MINUTES = 15;

/** Mails with loops and figures, written with React Email: to our own people, and the fresh page link. */
export function internalMailWriters(parts: WriterParts): MailWriters {
  return {
    signal: signalWriter(parts),
    reply_copy: replyCopyWriter(parts),
    sign_in: async (send) =>
      written(
        "sign-in",
        "service-notice",
        await (await templates()).signInMail({
          firstName: firstWord(send.recipientName),
          workspaceName: send.workspaceName,
          url: signInAddress(parts, idAfter(send, "sign-in.")),
          minutesValid: SIGN_IN_MINUTES,
        }),
      ),
    page_link: async (send) =>
      written(
        "page-link",
        "service-notice",
        await (await templates()).pageLinkMail({
          firstName: send.recipientFirstName ?? "there",
          csmName: send.senderName ?? send.workspaceName,
          accountName: send.accountName ?? "",
          productName: send.productName ?? send.workspaceName,
          url: `${parts.baseUrl}/p/${parts.links.sign("page", send.id)}`,
        }),
      ),
  };
}

/** The words as they were kept; an answer to the copy goes to whoever wrote them. */
function replyCopyWriter(parts: WriterParts): MailWriter {
  return async (send) => {
    const { workspaceId } = send;
    const id = idAfter(send, COPY_PREFIX);
    const mail = await parts.db.inboundMail.findFirst({ where: { workspaceId, id } });
    const answered =
      mail === null || mail.sendId === null
        ? null
        : await parts.db.send.findFirst({ where: { workspaceId, id: mail.sendId } });
    const contact =
      answered === null || answered.contactId === null
        ? null
        : await parts.db.contact.findFirst({ where: { workspaceId, id: answered.contactId } });
    if (mail === null || mail.fromAddress === null || contact === null) {
      return { kind: "refused", reason: "the answer is gone", remedy: "Look at the case instead." };
    }
    const isTheirs = Author.parse(mail.detail).author === "contact";
    const copy = written(
      "reply-copy",
      "service-notice",
      await (await templates()).replyCopyMail({
        contactName: contact.name,
        accountName: send.accountName ?? "",
        notFromThem: isTheirs ? null : mail.fromAddress,
        subject: mail.subject ?? "",
        text: (mail.text ?? "").slice(0, COPY_LIMIT),
        caseUrl: await caseUrlOf(parts, send),
      }),
    );
    const replyTo = { name: isTheirs ? readName(contact.name) : "", address: mail.fromAddress };
    return copy.kind === "written" ? { ...copy, replyTo } : copy;
  };
}

const COPY_LIMIT = 8000;
const Author = z.object({ author: z.string().nullable().optional() });

/** A brief to a sponsor has no enrollment, and its case is named by the escalation. */
async function caseUrlOf(parts: WriterParts, send: ClaimedSend): Promise<string> {
  if (send.caseId !== null) return `${parts.baseUrl}/cases/${send.caseId}`;
  const { workspaceId, accountId } = send;
  const open =
    accountId === null
      ? null
      : await parts.db.case.findFirst({ where: { workspaceId, accountId }, orderBy: { createdAt: "desc" } });
  return open === null ? parts.baseUrl : `${parts.baseUrl}/cases/${open.id}`;
}

/** The signal as it was when the verdict changed: from the stored assessment, not from what is true by now. */
function signalWriter(parts: WriterParts): MailWriter {
  return async (send) => {
    const id = idAfter(send, "signal.");
    const signal = await parts.db.readinessSignal.findFirst({ where: { workspaceId: send.workspaceId, id } });
    const frame = signal && (await loadFrame(parts.db, send.workspaceId, signal.enrollmentId));
    if (!signal || !frame) {
      return { kind: "refused", reason: "its signal is gone", remedy: "Look at the case instead." };
    }
    const names = {
      csmFirstName: firstWord(send.recipientName),
      contactName: frame.contact.name,
      accountName: frame.account.name,
      caseUrl: `${parts.baseUrl}/cases/${signal.caseId}`,
    };
    const readiness = await readinessBehind(parts, signal);
    if (signal.kind === "meeting_requested" || readiness === null) {
      const request = await requestOf(parts, frame, send);
      return written(
        "signal",
        "signal",
        await (await templates()).meetingRequestMail({
          ...names,
          ...request,
          stillOpen: stillOpen(readiness),
        }),
      );
    }
    return written(
      "signal",
      "signal",
      await (await templates()).readinessSignalMail({
        ...names,
        readiness,
        before: signal.fromVerdict as Verdict | null,
        agenda: (await agendaOf(parts.db, frame, signal.at)) ?? EMPTY_AGENDA,
      }),
    );
  };
}

async function readinessBehind(
  parts: WriterParts,
  signal: { workspaceId: string; enrollmentId: string; assessmentId: string | null; at: Date },
): Promise<Readiness | null> {
  const { workspaceId, enrollmentId, assessmentId, at } = signal;
  const row = await parts.db.readinessAssessment.findFirst({
    where:
      assessmentId === null
        ? { workspaceId, enrollmentId, at: { lte: at } }
        : { workspaceId, id: assessmentId },
    orderBy: { at: "desc" },
  });
  return row === null ? null : (row.result as unknown as Readiness);
}

async function requestOf(parts: WriterParts, frame: EnrollmentFrame, send: ClaimedSend) {
  const meeting = await parts.db.meeting.findFirst({
    where: { workspaceId: send.workspaceId, enrollmentId: frame.enrollment.id },
    orderBy: { requestedAt: "desc" },
  });
  return {
    note: meeting?.note ?? null,
    slot: meeting?.slotAt ? onTwoClocks(meeting.slotAt, frame.enrollment.zone, send.zone) : null,
  };
}

/** Two clocks on one table: the contact's time first, then the CSM's when it differs. */
function onTwoClocks(slot: Date, contactZone: string, csmZone: string): string {
  const theirs = slotIn(slot, contactZone);
  return contactZone === csmZone ? theirs : `${theirs}; for you ${slotIn(slot, csmZone)}`;
}

function stillOpen(readiness: Readiness | null): string[] {
  return readiness?.explanation.missing.map(({ text }) => text) ?? [];
}

function written(key: string, mailClass: string, mail: InternalMail): WrittenMail {
  return { kind: "written", ...mail, program: { key, name: key, mailClass }, unsubscribeUrl: null };
}

function idAfter(send: ClaimedSend, prefix: string): string {
  if (!send.stepKey.startsWith(prefix))
    throw new Error(`A ${send.kind} mail with the step key "${send.stepKey}".`);
  return send.stepKey.slice(prefix.length);
}

function firstWord(name: string | null): string {
  return (name ?? "").split(" ")[0] ?? "";
}
