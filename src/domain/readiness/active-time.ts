import { isZone, offsetMinutes } from "../calendar/zones.ts";
import type { EngagementEvent } from "../engagement/events.ts";

const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;

/**
 * The contact's own days. A date is a whole number of days since 1970-01-01, in the contact's zone,
 * so that ages are subtractions. Paused dates are not active: from the date of the pause up to, and
 * without, the date of the resumption (A6: 17 to 28 March, back on the 29th, is 12 days).
 */
export interface ActiveTime {
  readonly startDate: number;
  /** The local date of an instant in milliseconds. */
  dateOf(time: number): number;
  /** Active days between the start and this date; the start is day 0. */
  dayOf(date: number): number;
  isPaused(date: number): boolean;
}

/** `log` in canonical order, nothing later than `until`. */
export function activeTime(log: readonly EngagementEvent[], until: number): ActiveTime {
  const enrolled = log.find((event) => event.kind === "enrolled");
  if (enrolled === undefined)
    throw new Error(
      'The log has no "enrolled" event at or before this instant: it gives the start and the zone.',
    );
  const { zone } = enrolled;
  if (!isZone(zone))
    throw new Error(`The "enrolled" event names the zone "${zone}": use an IANA zone like Europe/Oslo.`);

  const dateOf = (time: number) =>
    Math.floor((time + offsetMinutes(time, zone) * MS_PER_MINUTE) / MS_PER_DAY);
  const startDate = dateOf(Date.parse(enrolled.at));
  const lastDate = Math.max(startDate, dateOf(until));
  const paused = pausedDates(log, dateOf, lastDate);
  const days = [0];
  for (let date = startDate + 1; date <= lastDate; date++)
    days.push((days[days.length - 1] ?? 0) + (paused.has(date) ? 0 : 1));

  return {
    startDate,
    dateOf,
    dayOf: (date) => days[Math.min(Math.max(0, date - startDate), days.length - 1)] ?? 0,
    isPaused: (date) => paused.has(date),
  };
}

function pausedDates(
  log: readonly EngagementEvent[],
  dateOf: (time: number) => number,
  lastDate: number,
): Set<number> {
  const paused = new Set<number>();
  let from: number | null = null;
  const close = (until: number) => {
    for (let date = from ?? until; date < until; date++) paused.add(date);
    from = null;
  };
  for (const event of log) {
    if (event.kind === "paused") from ??= dateOf(Date.parse(event.at));
    if (event.kind === "resumed") close(dateOf(Date.parse(event.at)));
  }
  if (from !== null) close(lastDate + 1);
  return paused;
}

/** Days of the account's working week after `from`, up to and including `to`. */
export function businessDaysBetween(from: number, to: number, workWeek: readonly number[]): number {
  let count = 0;
  for (let date = from + 1; date <= to; date++) if (workWeek.includes(isoWeekday(date))) count++;
  return count;
}

/** 1970-01-01 was a Thursday. */
function isoWeekday(date: number): number {
  return ((((date + 3) % 7) + 7) % 7) + 1;
}

/** `YYYY-MM-DD` as a date number; null when it is not a date. */
export function dateNumber(localDate: string): number | null {
  const time = Date.parse(`${localDate}T00:00:00Z`);
  return Number.isNaN(time) ? null : Math.floor(time / MS_PER_DAY);
}
