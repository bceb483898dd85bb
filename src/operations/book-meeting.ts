import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { loadFrame, lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import { recordEvent } from "../drivers/store/events.ts";
import type { Meeting } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { agendaOf } from "./agenda-of.ts";
import { closeMeetingDuty } from "./meeting-duty.ts";
import { planMeetingMail } from "./meeting-mail.ts";
import type { Parts } from "./parts.ts";
import { refreshReadiness } from "./refresh-readiness.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface BookMeetingInput {
  workspaceId: string;
  enrollmentId: string;
  slotAt: Date;
  note?: string;
  actor: Actor;
}
interface Booked {
  meeting: Meeting;
  /** The mail to the contact; null when this very time was confirmed before. */
  mailId: string | null;
}

/**
 * Fixes the time and freezes the suggested agenda; confirms a requested meeting if there is one, and tells
 * the contact by mail.
 */
export async function bookMeeting(
  parts: Parts,
  input: BookMeetingInput,
): Promise<Result<{ meeting: Meeting }>> {
  const { workspaceId, enrollmentId, slotAt, actor } = input;
  const result = await transact(parts, async (tx): Promise<Result<Booked>> => {
    await lockEnrollment(tx, workspaceId, enrollmentId);
    const frame = await loadFrame(tx, workspaceId, enrollmentId);
    if (frame === null) {
      return refuse("unknown-enrollment", "enrollmentId", "There is no such enrollment.", "Reload the page.");
    }
    const at = parts.clock.now();
    if (slotAt <= at) return refuse("slot-passed", "slotAt", "This time has passed.", "Choose a later one.");
    const open = await tx.meeting.findFirst({
      where: { workspaceId, enrollmentId, state: { in: ["suggested", "requested", "booked"] } },
      orderBy: { requestedAt: "desc" },
    });
    const agenda = (await agendaOf(tx, frame, at)) as unknown as object;
    const note = input.note ?? open?.note ?? null;
    const data = { state: "booked", slotAt, agenda, note };
    const meeting =
      open === null
        ? await tx.meeting.create({
            data: { ...data, workspaceId, enrollmentId, caseId: frame.turnover.id, requestedAt: at },
          })
        : await tx.meeting.update({ where: { id: open.id }, data });
    const event: LogEvent = { kind: "meeting-booked", at: at.toISOString(), slotAt: slotAt.toISOString() };
    await recordEvent(tx, {
      workspaceId,
      enrollmentId,
      contactId: frame.contact.id,
      event,
      evidence: classifyEvidence(event),
      receivedAt: at,
      source: "csm",
      dedupeKey: `booked.${meeting.id}.${slotAt.toISOString()}`,
    });
    await closeMeetingDuty(tx, meeting, { at, outcome: "booked" });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "meeting-booked",
      subjectType: "meeting",
      subjectId: meeting.id,
      before: open === null ? null : { state: open.state, slotAt: open.slotAt },
      after: { state: meeting.state, slotAt },
    });
    return { ok: true, meeting, mailId: await planMeetingMail(tx, parts, frame.enrollment, meeting, at) };
  });
  if (result.ok) {
    if (result.mailId !== null) await parts.waker.sendsPlanned([result.mailId]);
    await refreshReadiness(parts, { workspaceId, enrollmentId, cause: "act" });
    await parts.waker.enrollmentsDue();
  }
  return result;
}
