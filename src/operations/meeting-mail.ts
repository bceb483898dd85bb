import type { Enrollment, Meeting } from "../drivers/store/generated/client.ts";
import type { Db, Parts } from "./parts.ts";
import { planServiceMail } from "./service-mail.ts";

type Timed = Meeting & { slotAt: Date };

/** One mail per meeting and time: a meeting that is moved is confirmed again. */
const mailKey = (meeting: Timed): string => `meeting.${meeting.id}.${meeting.slotAt.getTime()}`;

/** Plans "Our meeting" for the time just agreed, and takes back one that was still waiting with another time. */
export async function planMeetingMail(
  tx: Db,
  parts: Pick<Parts, "clock">,
  enrollment: Enrollment,
  meeting: Meeting,
  at: Date,
): Promise<string | null> {
  if (!isTimed(meeting)) throw new Error(`Meeting ${meeting.id} is confirmed without a time`);
  const stepKey = mailKey(meeting);
  await withdraw(tx, meeting, "the meeting has another time by now", stepKey);
  return planServiceMail(tx, parts, { kind: "meeting", stepKey, enrollment, at });
}

/** A meeting that was called off is confirmed to nobody. */
export function withdrawMeetingMail(tx: Db, meeting: Meeting): Promise<void> {
  return withdraw(tx, meeting, "the meeting was called off", null);
}

async function withdraw(tx: Db, meeting: Meeting, reason: string, except: string | null): Promise<void> {
  const { workspaceId, enrollmentId, id } = meeting;
  await tx.send.updateMany({
    where: {
      workspaceId,
      enrollmentId,
      kind: "meeting",
      stepKey: { startsWith: `meeting.${id}.`, ...(except === null ? {} : { not: except }) },
      status: { in: ["planned", "deferred"] },
    },
    data: { status: "skipped", reason },
  });
}

/** The meeting that such a mail is about, if it still is at that time. */
export async function meetingOfMail(
  db: Db,
  send: { readonly workspaceId: string; readonly stepKey: string },
): Promise<Timed | null> {
  const [, id = ""] = send.stepKey.split(".");
  const meeting = await db.meeting.findFirst({
    where: { workspaceId: send.workspaceId, id, state: "booked" },
  });
  return meeting !== null && isTimed(meeting) && mailKey(meeting) === send.stepKey ? meeting : null;
}

const isTimed = (meeting: Meeting): meeting is Timed => meeting.slotAt !== null;
