import { meetingInvite } from "../domain/calendar/meeting-invite.ts";
import { loadFrame } from "../drivers/store/enrollment-frame.ts";
import { agendaOf } from "./agenda-of.ts";
import type { Parts } from "./parts.ts";

/** The coming meeting as a calendar file; null while there is no time. Reads only. */
export async function meetingFile(
  parts: Parts,
  which: { workspaceId: string; enrollmentId: string },
): Promise<string | null> {
  const { db } = parts;
  const meeting = await db.meeting.findFirst({
    where: { ...which, state: { in: ["requested", "booked"] }, slotAt: { not: null } },
    orderBy: { requestedAt: "desc" },
  });
  const frame = await loadFrame(db, which.workspaceId, which.enrollmentId);
  if (meeting?.slotAt == null || frame === null) return null;
  const now = parts.clock.now();
  const [changes, agenda] = await Promise.all([
    db.engagementEvent.count({ where: { ...which, kind: { in: ["slot-chosen", "meeting-booked"] } } }),
    agendaOf(db, frame, now),
  ]);
  const { account, csm, contact, product, workspace } = frame;
  const what = product?.name ?? account.productKey;
  return meetingInvite({
    meetingId: meeting.id,
    mailDomain: workspace.mailDomain,
    slotAt: meeting.slotAt,
    confirmed: meeting.state === "booked",
    sequence: Math.max(0, changes - 1),
    title: `${contact.firstName} and ${csm?.name ?? workspace.name}: ${what} at ${account.name}`,
    description: [
      "What we would talk about:",
      ...agenda.items.map(({ text }, index) => `${index + 1}. ${text}`),
      ...(agenda.items.length === 0 ? ["Your list; it fills as you rank priorities and ask questions."] : []),
    ].join("\n"),
    organizer: csm === null ? null : { name: csm.name, email: csm.email },
    now,
  });
}
