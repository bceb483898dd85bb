import type { LocalDate, Weekday } from "./calendar.ts";

/*
 * Arithmetic on calendar dates alone. A date has no zone and no hours here, so a day is always
 * one day: nothing in this file can be bent by a clock change.
 */

const MS_PER_DAY = 86_400_000;

/** Years of dates in either direction, and an end to the memory all the same. */
const MOST_DATES_KEPT = 20_000;
const dates = new Map<number, LocalDate>();
const dayNumbers = new Map<LocalDate, number>();

/** One plan adds days thousands of times, within the same few months: what was written once is kept. */
function dayNumber(date: LocalDate): number {
  const kept = dayNumbers.get(date);
  if (kept !== undefined) return kept;
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new Error(`"${date}" is not a calendar date; write it as YYYY-MM-DD`);
  if (dayNumbers.size >= MOST_DATES_KEPT) dayNumbers.clear();
  dayNumbers.set(date, ms / MS_PER_DAY);
  return ms / MS_PER_DAY;
}

/** The date that begins a whole number of days after 1 January 1970. */
export function dateOf(day: number): LocalDate {
  const kept = dates.get(day);
  if (kept !== undefined) return kept;
  const date = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
  if (dates.size >= MOST_DATES_KEPT) dates.clear();
  dates.set(day, date);
  return date;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(dayNumber(date) + days);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 1 January 1970 was a Thursday. */
export function weekdayOf(date: LocalDate): Weekday {
  const zeroIsMonday = (((dayNumber(date) + 3) % 7) + 7) % 7;
  return (zeroIsMonday + 1) as Weekday;
}

const WEEKDAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export function weekdayName(date: LocalDate): string {
  return WEEKDAY_NAMES[weekdayOf(date) - 1] ?? "";
}

/** Whichever of two dates is later. ISO dates sort as text. */
export function laterDate(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}
