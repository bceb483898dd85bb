import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventStatus } from "ical-generator";
import { MEETING_MINUTES } from "../readiness/agenda.ts";

export interface Invite {
  meetingId: string;
  /** Names the sender of the UID, so that it is unique in every calendar. */
  mailDomain: string;
  slotAt: Date;
  /** False while nobody of ours has said yes: a calendar shows it as tentative. */
  confirmed: boolean;
  /** Raised by every change of the time, so that a calendar replaces what it has. */
  sequence: number;
  title: string;
  description: string;
  organizer: { name: string; email: string } | null;
  /** When the file was made. */
  now: Date;
}

/**
 * A meeting as a file for any calendar (RFC 5545, METHOD:PUBLISH: nothing to answer). Times are in UTC, so no
 * zone has to travel with it; the UID stays the same when the time is moved.
 */
export function meetingInvite(invite: Invite): string {
  const { slotAt, organizer } = invite;
  const calendar = ical({ prodId: { company: "Baton", product: "meetings", language: "EN" } });
  calendar.method(ICalCalendarMethod.PUBLISH);
  calendar.createEvent({
    id: `meeting-${invite.meetingId}@${invite.mailDomain}`,
    sequence: invite.sequence,
    start: slotAt,
    end: new Date(slotAt.getTime() + MEETING_MINUTES * 60_000),
    stamp: invite.now,
    summary: invite.title,
    description: invite.description,
    status: invite.confirmed ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
    busystatus: invite.confirmed ? ICalEventBusyStatus.BUSY : ICalEventBusyStatus.TENTATIVE,
    ...(organizer === null ? {} : { organizer }),
  });
  return calendar.toString();
}
