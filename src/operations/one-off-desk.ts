import { clampToWindow, instantOf, isInsideWindow, nextOpening } from "../domain/calendar/window.ts";
import { isWorkingDay, nextWorkingDay } from "../domain/calendar/working-days.ts";
import { localDateOf } from "../domain/calendar/zones.ts";
import { type EnrollmentFrame, loadFrame } from "../drivers/store/enrollment-frame.ts";
import { programMailsOn } from "../drivers/store/program-days.ts";
import { whySilent } from "./escalation-facts.ts";
import type { Db } from "./parts.ts";
import { dateColumn, personCalendar } from "./person-calendar.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** The contact of a case to whom a mail of the bank can go, with the calendar that decides when. */
export interface OneOffDesk {
  readonly frame: EnrollmentFrame;
  readonly zone: string;
  /** Why nothing can go to them at all; null: something can. */
  readonly blocked: Refusal | null;
}

/** Null: there is no such case, or nobody is enrolled in it whose program a mail could stand beside. */
export async function oneOffDesk(
  db: Db,
  input: { workspaceId: string; caseId: string },
): Promise<OneOffDesk | null> {
  const { workspaceId, caseId } = input;
  const newest = await db.enrollment.findFirst({
    where: { workspaceId, caseId, audience: "contact" },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true },
  });
  const frame = newest === null ? null : await loadFrame(db, workspaceId, newest.id);
  if (frame === null) return null;
  return { frame, zone: frame.enrollment.zone, blocked: await blockedBy(db, frame) };
}

async function blockedBy(db: Db, frame: EnrollmentFrame): Promise<Refusal | null> {
  if (frame.turnover.status === "closed")
    return refuse("case-closed", "case", "This case is closed.", "Write to them in your own mail program.")
      .problem;
  if (frame.enrollment.status === "exited" || frame.enrollment.status === "failed")
    return refuse("ended", "contact", "Their program has ended.", "Write to them in your own mail program.")
      .problem;
  if (frame.csm === null)
    return refuse(
      "no-sender",
      "csm",
      "Nobody owns the account, so nobody can sign.",
      "Give the account a CSM.",
    ).problem;
  const silent = await whySilent(db, frame.contact);
  return silent === null
    ? null
    : refuse("suppressed", "contact", silent, "Find another way to reach them: by telephone, or the sponsor.")
        .problem;
}

export interface OneOffMoment {
  readonly dueAt: Date;
  readonly localDate: string;
}

/** When a mail asked for "now" (null) or for a day and a time leaves, on the contact's own clock. */
export async function oneOffMoment(
  db: Db,
  { frame, zone }: OneOffDesk,
  asked: { on: string; at: string } | null,
  now: Date,
): Promise<OneOffMoment | Refusal> {
  const calendar = personCalendar(frame.workspace, frame.account, zone, now);
  const { firstName } = frame.contact;
  if (asked !== null && !isWorkingDay(asked.on, calendar)) {
    const next = nextWorkingDay(asked.on, calendar);
    return refuse(
      "day-off",
      "on",
      `That is no working day of ${firstName}'s.`,
      `Choose another, such as ${next}.`,
    ).problem;
  }
  const dueAt =
    asked === null
      ? nextOpening(now, calendar)
      : instantOf(asked.on, clampToWindow(asked.at, calendar.window), zone);
  const localDate = localDateOf(dueAt, zone);
  if (
    asked !== null &&
    dueAt < now &&
    !(localDate === localDateOf(now, zone) && isInsideWindow(now, calendar))
  )
    return refuse("past", "on", "That time has passed where they are.", "Choose a later one.").problem;
  const taken = await db.send.findFirst({
    where: {
      workspaceId: frame.enrollment.workspaceId,
      contactId: frame.contact.id,
      mailClass: "program",
      status: { notIn: ["skipped", "suppressed"] },
      localDate: dateColumn(localDate),
    },
    select: { id: true },
  });
  if (taken !== null)
    return refuse(
      "day-taken",
      "on",
      `${firstName} gets a mail on ${localDate} already, and one a day is enough.`,
      "Choose another day.",
    ).problem;
  const { id: workspaceId, dailyMailCap } = frame.workspace;
  if (dailyMailCap > 0 && (await programMailsOn(db, workspaceId, dateColumn(localDate))) >= dailyMailCap)
    return refuse(
      "day-crowded",
      "on",
      `On ${localDate} as many mails go as you let go in one day: ${dailyMailCap}.`,
      "Choose another day; an admin sets the number under Settings, Sender and mail.",
    ).problem;
  return { dueAt, localDate };
}
