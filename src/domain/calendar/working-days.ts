import type { Calendar, LocalDate } from "./calendar.ts";
import { addDays, weekdayName, weekdayOf } from "./dates.ts";

/** The parts of a calendar that decide whether somebody works on a date. */
export type WorkCalendar = Pick<Calendar, "workWeek" | "closedDays">;

/** Longest search for a working day. A calendar without one in a year is a mistake, not a holiday. */
const LONGEST_SEARCH_DAYS = 366;

export function isWorkingDay(date: LocalDate, calendar: WorkCalendar): boolean {
  return calendar.workWeek.includes(weekdayOf(date)) && !calendar.closedDays.has(date);
}

/** Why nobody is written to on this date, in words: the holiday's name, or the weekday. Null on a working day. */
export function whyClosed(date: LocalDate, calendar: WorkCalendar): string | null {
  const closed = calendar.closedDays.get(date);
  if (closed !== undefined) return closed;
  return calendar.workWeek.includes(weekdayOf(date)) ? null : `${weekdayName(date)} is not a working day`;
}

/** `date` itself if it is a working day, else the next one. Education mails move forward. */
export function nextWorkingDay(date: LocalDate, calendar: WorkCalendar): LocalDate {
  return search(date, 1, (day) => isWorkingDay(day, calendar));
}

/** `date` itself if it is a working day, else the one before. Service notices move back (domain.md O1). */
export function previousWorkingDay(date: LocalDate, calendar: WorkCalendar): LocalDate {
  return search(date, -1, (day) => isWorkingDay(day, calendar));
}

/** The nth working day after `date`; before it when `days` is negative. 0 gives `date` unchanged. */
export function addBusinessDays(date: LocalDate, days: number, calendar: WorkCalendar): LocalDate {
  const step = days < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(days); left > 0; left--) {
    day = search(addDays(day, step), step, (candidate) => isWorkingDay(candidate, calendar));
  }
  return day;
}

/** The first date from `from` on, going by `step`, that `fits`. */
export function search(from: LocalDate, step: 1 | -1, fits: (date: LocalDate) => boolean): LocalDate {
  let day = from;
  for (let tried = 0; tried <= LONGEST_SEARCH_DAYS; tried++) {
    if (fits(day)) return day;
    day = addDays(day, step);
  }
  throw new Error(
    `no day that may be used within ${LONGEST_SEARCH_DAYS} days of ${from}; check the working week and the days off`,
  );
}

/** Working days after `from`, up to and with `to`; 0 when `to` is not later. */
export function businessDaysBetween(from: LocalDate, to: LocalDate, calendar: WorkCalendar): number {
  let days = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(day, calendar)) days += 1;
  }
  return days;
}
