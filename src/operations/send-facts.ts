import { z } from "zod";
import { pauseAt } from "../domain/calendar/active-days.ts";
import type { Calendar, LocalDate } from "../domain/calendar/calendar.ts";
import { addDays } from "../domain/calendar/dates.ts";
import { isInsideWindow, nextOpening, windowOn } from "../domain/calendar/window.ts";
import { addBusinessDays, nextWorkingDay } from "../domain/calendar/working-days.ts";
import { localDateOf } from "../domain/calendar/zones.ts";
import type { SendFacts } from "../domain/sending/guards.ts";
import type { ClaimedSend } from "../drivers/store/sends.ts";
import { rowCalendar } from "./row-calendar.ts";

/** A mail later than this is planned anew (domain.md B3); below half a day the calendar need not be asked. */
const STALE_AFTER_BUSINESS_DAYS = 3;
const SURELY_FRESH_MS = 12 * 3_600_000;

/** Of the mails outside the program, those that somebody who wants none does not get either. As in sends.depart. */
const ENDS_WITH_UNSUBSCRIBE: readonly string[] = ["answer", "meeting", "completion"];

/** A claimed row as the guards see it. Mail to our own people knows no window and no program. */
export function sendFacts(send: ClaimedSend, missingFields: readonly string[], now: Date): SendFacts {
  const calendar = calendarOf(send, now);
  const program = send.mailClass === "program";
  return {
    mailClass: send.mailClass,
    endsWithUnsubscribe: program || ENDS_WITH_UNSUBSCRIBE.includes(send.kind),
    recipient: { address: send.recipientEmail, departed: send.recipientRoles?.includes("departed") ?? false },
    suppression: send.suppression ?? mailStatusAsSuppression(send.recipientMailStatus),
    enrollment:
      // A signal or a fresh page link is owed whatever became of the program.
      send.enrollmentStatus === null || send.kind !== "step"
        ? null
        : { state: send.enrollmentStatus, pause: pauseOf(send, now) },
    hold: send.hold,
    caseClosed: send.caseStatus === "closed",
    sender: senderOf(send),
    missingFields,
    dueAt: send.dueAt,
    staleAfter: program ? staleAfter(send, calendar, now) : null,
    windowOpensAt: program && !isInsideWindow(now, calendar) ? nextOpening(now, calendar) : null,
  };
}

export function calendarOf(send: ClaimedSend, now: Date): Calendar {
  return rowCalendar(send, send.zone, now);
}

/** The next working day's opening: when a mail that had to wait is looked at again. */
export function nextDayOpening(send: ClaimedSend, now: Date): Date {
  const calendar = calendarOf(send, now);
  const day = nextWorkingDay(addDays(localDateOf(now, calendar.zone), 1), calendar);
  return windowOn(day, calendar).opens;
}

export function localDateNow(send: ClaimedSend, now: Date): LocalDate {
  return localDateOf(now, send.zone);
}

/** Mail to our own people goes out as the vendor's; there is always a sender. */
function senderOf(send: ClaimedSend): SendFacts["sender"] {
  if (send.mailClass === "internal") return { address: `no-reply@${send.mailDomain}` };
  return send.senderEmail === null ? null : { address: send.senderEmail };
}

function staleAfter(send: ClaimedSend, calendar: Calendar, now: Date): Date | null {
  if (now.getTime() - send.dueAt.getTime() < SURELY_FRESH_MS) return null;
  const last = addBusinessDays(localDateOf(send.dueAt, calendar.zone), STALE_AFTER_BUSINESS_DAYS, calendar);
  return windowOn(last, calendar).closes;
}

const Pauses = z.array(z.object({ from: z.string(), until: z.string().nullable(), reason: z.string() }));

function pauseOf(send: ClaimedSend, now: Date): { until: Date | null } | null {
  const pause = pauseAt(now, Pauses.parse(send.pauses));
  if (pause === null) return null;
  return { until: pause.until === null ? null : new Date(pause.until) };
}

/** A contact may be marked without a suppression row, by an older import for example. */
function mailStatusAsSuppression(status: string | null): SendFacts["suppression"] {
  switch (status) {
    case "unsubscribed":
      return "unsubscribed";
    case "hard_bounced":
      return "hard_bounce";
    case "complained":
      return "complaint";
    case "suppressed":
      return "manual";
    default:
      return null;
  }
}
