import type { Calendar } from "../domain/calendar/calendar.ts";
import { calendarAround } from "./person-calendar.ts";

/** What planning and sending read of an account and its workspace to know its working days. */
export interface CalendarRow {
  readonly accountWorkWeek: readonly number[] | null;
  readonly accountHolidayCountry: string | null;
  readonly accountClosedDays: readonly string[] | null;
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly workWeek: readonly number[];
  readonly holidayCountry: string | null;
  /** The vendor's own days off. */
  readonly closedDays: readonly string[] | null;
}

/** Thousands of rows share a few dozen calendars; building one takes milliseconds. */
const kept = new Map<string, Calendar>();
const KEPT_MOST = 2_000;

/**
 * When the person of this row may be written to. As in `personCalendar`, a country that the holiday
 * library does not know leaves the account's own days off.
 */
export function rowCalendar(row: CalendarRow, zone: string, around: Date): Calendar {
  const year = around.getUTCFullYear();
  const own = row.accountClosedDays ?? [];
  const vendors = row.closedDays ?? [];
  const country = row.accountHolidayCountry ?? row.holidayCountry;
  const week = row.accountWorkWeek?.length ? row.accountWorkWeek : row.workWeek;
  const key = [
    zone,
    year,
    country,
    week.join(),
    own.join(),
    vendors.join(),
    row.windowStart,
    row.windowEnd,
  ].join("|");
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= KEPT_MOST) kept.clear();

  const calendar = calendarAround(year, {
    zone,
    workWeek: week,
    country,
    ownDays: [
      ...vendors.map((date) => ({ date, name: "we are closed" })),
      ...own.map((date) => ({ date, name: "the account is closed" })),
    ],
    window: { start: row.windowStart, end: row.windowEnd },
  });
  kept.set(key, calendar);
  return calendar;
}
