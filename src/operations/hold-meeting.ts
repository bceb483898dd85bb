import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import { recordEvent } from "../drivers/store/events.ts";
import type { Meeting } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { closeMeetingDuty } from "./meeting-duty.ts";
import { withdrawMeetingMail } from "./meeting-mail.ts";
import type { Parts } from "./parts.ts";
import { refreshReadiness } from "./refresh-readiness.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface HoldMeetingInput {
  workspaceId: string;
  meetingId: string;
  outcome: "held" | "no_show" | "cancelled";
  /** Asked of every held meeting: did it turn into a demo? (S0-32) */
  demo?: "no" | "partly" | "yes";
  note?: string;
  /** What was agreed at a held one; the contact reads it in the mail that ends their program. */
  agreed?: string;
  actor: Actor;
}
/** What became of a meeting. A held one says whether it turned into a demo, or is refused: that is how `ready` is measured. */
export async function holdMeeting(
  parts: Parts,
  input: HoldMeetingInput,
): Promise<Result<{ meeting: Meeting }>> {
  const { workspaceId, meetingId, outcome, demo, actor } = input;
  const agreed = input.agreed?.trim() ?? "";
  const result = await transact(parts, async (tx): Promise<Result<{ meeting: Meeting }>> => {
    const before = await tx.meeting.findFirst({ where: { workspaceId, id: meetingId } });
    if (before === null)
      return refuse("unknown-meeting", "meetingId", "There is no such meeting.", "Reload the page.");
    if (["held", "no_show", "cancelled"].includes(before.state)) {
      return refuse(
        "meeting-over",
        "meetingId",
        `This meeting is ${before.state.replace("_", " ")} already.`,
        "Book another one.",
      );
    }
    if (outcome === "held" && demo === undefined) {
      return refuse("demo-needed", "demo", "Say whether it turned into a demo.", "Choose no, partly or yes.");
    }
    const enrollment = await lockEnrollment(tx, workspaceId, before.enrollmentId);
    if (enrollment === null) throw new Error(`Meeting ${meetingId} has no enrollment`);
    const at = parts.clock.now();
    const meeting = await tx.meeting.update({
      where: { id: meetingId },
      data: {
        state: outcome,
        heldAt: outcome === "held" ? at : null,
        demo: outcome === "held" ? (demo ?? null) : null,
        note: input.note ?? before.note,
      },
    });
    if (outcome === "cancelled") await withdrawMeetingMail(tx, meeting);
    await closeMeetingDuty(tx, meeting, { at, outcome: outcome.replace("_", " ") });
    if (outcome === "held") {
      const event: LogEvent = {
        kind: "meeting-held",
        at: at.toISOString(),
        ...(demo === undefined ? {} : { demo }),
        ...(agreed === "" ? {} : { agreed }),
      };
      await recordEvent(tx, {
        workspaceId,
        enrollmentId: before.enrollmentId,
        contactId: enrollment.contactId,
        event,
        evidence: classifyEvidence(event),
        receivedAt: at,
        source: "csm",
        dedupeKey: `held.${meetingId}`,
      });
      await tx.enrollment.updateMany({
        where: { workspaceId, id: enrollment.id, status: "active" },
        data: { dueAt: at },
      });
    }
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: `meeting-${outcome.replace("_", "-")}`,
      subjectType: "meeting",
      subjectId: meetingId,
      before: { state: before.state },
      after: { state: outcome, demo: meeting.demo },
    });
    return { ok: true, meeting };
  });
  if (result.ok) {
    const { enrollmentId } = result.meeting;
    await refreshReadiness(parts, { workspaceId, enrollmentId, cause: "act" });
    await parts.waker.enrollmentsDue();
  }
  return result;
}
