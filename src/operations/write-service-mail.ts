import { MEETING_MINUTES } from "../domain/readiness/agenda.ts";
import type { Agenda } from "../domain/readiness/readiness.ts";
import { preReadOf } from "../domain/sequences/pre-read.ts";
import { type EnrollmentFrame, loadFrame } from "../drivers/store/enrollment-frame.ts";
import type { Meeting } from "../drivers/store/generated/client.ts";
import type { ClaimedSend } from "../drivers/store/sends.ts";
import type { InternalMail } from "../drivers/templates/internal-mails.ts";
import { programOf } from "./frozen-sequence.ts";
import { meetingOfMail } from "./meeting-mail.ts";
import type { Parts } from "./parts.ts";
import { fillPlain, readerValues } from "./reader-values.ts";
import { sameClock, slotIn } from "./slot-words.ts";
import type { MailWriters, WrittenMail } from "./written-mail.ts";

type WriterParts = Pick<Parts, "db" | "links" | "baseUrl">;

const templates = () => import("../drivers/templates/internal-mails.ts");

/** Mails that a contact is owed outside the program: the answer to a question, the time of a meeting, and thanks at its end. */
export function serviceMailWriters(parts: WriterParts): MailWriters {
  return {
    answer: async (send) => {
      const id = send.stepKey.replace(/^answer\./, "");
      const question = await parts.db.question.findFirst({ where: { workspaceId: send.workspaceId, id } });
      if (question?.answer == null) return gone("its answer is gone");
      return written(
        "question-answered",
        await (await templates()).questionAnsweredMail({
          ...namesOf(send),
          question: question.text,
          answer: question.answer,
          url: pageOf(parts, send),
        }),
      );
    },
    completion: async (send) =>
      written(
        "handover-done",
        await (await templates()).handoverDoneMail({
          ...namesOf(send),
          agreed: await agreedWhenMet(parts, send),
          url: pageOf(parts, send),
        }),
      ),
    meeting: async (send) => {
      const meeting = await meetingOfMail(parts.db, send);
      const frame = meeting && (await loadFrame(parts.db, send.workspaceId, meeting.enrollmentId));
      if (meeting === null || frame === null) return gone("its meeting has another time by now, or none");
      return written(
        "our-meeting",
        await (await templates()).ourMeetingMail({
          ...namesOf(send),
          ...timesOf(meeting.slotAt, frame),
          minutes: MEETING_MINUTES,
          agenda: ((meeting.agenda as Agenda | null)?.items ?? []).map(({ text }) => text),
          preRead: await preReadFor(parts, meeting, frame),
          pageUrl: pageOf(parts, send),
          fileUrl: `${pageOf(parts, send)}/meeting.ics`,
        }),
      );
    },
  };
}

/** What was agreed when they met last. */
async function agreedWhenMet(parts: WriterParts, { workspaceId, enrollmentId }: ClaimedSend) {
  if (enrollmentId === null) return null;
  const held = await parts.db.engagementEvent.findFirst({
    where: { workspaceId, enrollmentId, kind: "meeting-held" },
    orderBy: [{ occurredAt: "desc" }, { id: "desc" }],
    select: { payload: true },
  });
  const agreed = (held?.payload as { agreed?: string } | undefined)?.agreed?.trim() ?? "";
  return agreed === "" ? null : agreed;
}

function timesOf(slotAt: Date, { enrollment, csm }: EnrollmentFrame) {
  const theirs =
    csm === null || sameClock(slotAt, enrollment.zone, csm.zone) ? null : slotIn(slotAt, csm.zone);
  return { yourTime: slotIn(slotAt, enrollment.zone), theirTime: theirs };
}

async function preReadFor(parts: WriterParts, meeting: Meeting, frame: EnrollmentFrame) {
  const { workspaceId, enrollmentId } = meeting;
  const open = await parts.db.task.findMany({
    where: { workspaceId, enrollmentId, must: true, state: { in: ["locked", "open", "in_progress"] } },
    select: { key: true },
  });
  const values = readerValues(frame);
  return preReadOf(programOf(frame.version, frame.enrollment), new Set(open.map(({ key }) => key))).map(
    (item) => ({
      ...item,
      text: fillPlain(item.text, values),
    }),
  );
}

function namesOf(send: ClaimedSend) {
  return {
    firstName: send.recipientFirstName ?? "there",
    csmName: send.senderName ?? send.workspaceName,
    accountName: send.accountName ?? "",
    productName: send.productName ?? send.workspaceName,
  };
}

const pageOf = (parts: WriterParts, send: ClaimedSend): string =>
  `${parts.baseUrl}/p/${parts.links.sign("page", send.id)}`;

function written(key: string, mail: InternalMail): WrittenMail {
  return {
    kind: "written",
    ...mail,
    program: { key, name: key, mailClass: "service-notice" },
    unsubscribeUrl: null,
  };
}

function gone(reason: string): WrittenMail {
  return { kind: "refused", reason, remedy: "Look at the case instead." };
}
