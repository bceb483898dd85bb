import type { LocalDate, Weekday } from "./calendar.ts";

/*
 * Arithmetic on calendar dates alone. A date has no zone and no hours here, so a day is always
 * one day: nothing in this file can be bent by a clock change.
 */

const MS_PER_DAY = 86_400_000;

function dayNumber(date: LocalDate): number {
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new Error(`"${date}" is not a calendar date; write it as YYYY-MM-DD`);
  return ms / MS_PER_DAY;
}

function dateOf(day: number): LocalDate {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
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
