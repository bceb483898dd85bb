import type { Calendar, LocalDate, Pause } from "./calendar.ts";
import { addDays, daysBetween } from "./dates.ts";
import type { SpanLength } from "./span.ts";
import { isWorkingDay } from "./working-days.ts";
import { localDateOf } from "./zones.ts";

/*
 * Active days (domain.md C): calendar days in the person's zone since enrollment, without the
 * days spent paused. A pause takes the date it begins on and gives back the date it ends on, so
 * "away to 28 March, back on the 29th" from 17 March is twelve days.
 */

/** What active days are counted in. */
export interface DayCount {
  readonly startedAt: Date;
  readonly zone: string;
  readonly pauses: readonly Pause[];
}

/** A calendar without a working day in this long is a mistake, not a holiday. */
const LONGEST_IDLE_DAYS = 366;

interface Dates {
  readonly from: LocalDate;
  /** First date that counts again; null while still paused. */
  readonly until: LocalDate | null;
}

function pausedDates(count: Omit<DayCount, "startedAt">): Dates[] {
  return count.pauses.map((pause) => ({
    from: localDateOf(new Date(pause.from), count.zone),
    until: pause.until === null ? null : localDateOf(new Date(pause.until), count.zone),
  }));
}

const covers = (pause: Dates, date: LocalDate): boolean =>
  pause.from <= date && (pause.until === null || date < pause.until);

/** True when the whole date does not count because the person is paused. */
export function isPausedDate(date: LocalDate, count: Omit<DayCount, "startedAt">): boolean {
  return pausedDates(count).some((pause) => covers(pause, date));
}

/** The pause that holds at an instant, if any. `until` is exclusive. */
export function pauseAt(instant: Date, pauses: readonly Pause[]): Pause | null {
  const now = instant.getTime();
  const holds = (pause: Pause): boolean =>
    Date.parse(pause.from) <= now && (pause.until === null || now < Date.parse(pause.until));
  const current = pauses.filter(holds);
  // Of several, the one that lasts longest decides when to look again.
  return current.reduce<Pause | null>((longest, pause) => {
    if (longest === null || pause.until === null) return pause;
    return longest.until !== null && Date.parse(pause.until) > Date.parse(longest.until) ? pause : longest;
  }, null);
}

/** Active day of a date: 0 is the local date of enrollment; earlier dates are negative. */
export function activeDayOfDate(date: LocalDate, count: DayCount): number {
  const start = localDateOf(count.startedAt, count.zone);
  if (date <= start) return daysBetween(start, date);
  const pauses = pausedDates(count);
  if (pauses.length === 0) return daysBetween(start, date);
  let active = 0;
  for (let day = addDays(start, 1); day <= date; day = addDays(day, 1)) {
    if (!pauses.some((pause) => covers(pause, day))) active += 1;
  }
  return active;
}

/** Active day of an instant. */
export function activeDayOf(instant: Date, count: DayCount): number {
  return activeDayOfDate(localDateOf(instant, count.zone), count);
}

/** The date that is active day `day`. Null while an open pause keeps it from coming. */
export function dateOfActiveDay(day: number, count: DayCount): LocalDate | null {
  const start = localDateOf(count.startedAt, count.zone);
  if (day <= 0) return start;
  return walk(start, day, count, () => true);
}

/** `date` plus a span in which paused days do not count. Null while an open pause keeps it from coming. */
export function addActiveSpan(
  date: LocalDate,
  span: SpanLength,
  calendar: Calendar,
  pauses: readonly Pause[],
): LocalDate | null {
  const counts = span.unit === "day" ? () => true : (day: LocalDate) => isWorkingDay(day, calendar);
  return walk(date, span.count, { zone: calendar.zone, pauses }, counts);
}

function walk(
  from: LocalDate,
  days: number,
  count: Omit<DayCount, "startedAt">,
  counts: (date: LocalDate) => boolean,
): LocalDate | null {
  const pauses = pausedDates(count);
  let day = from;
  let idle = 0;
  for (let left = days; left > 0; left--) {
    day = addDays(day, 1);
    // A pause may be years long; leave it in one stride, and give up on one without an end.
    for (let pause = pauses.find((p) => covers(p, day)); pause; pause = pauses.find((p) => covers(p, day))) {
      if (pause.until === null) return null;
      day = pause.until;
    }
    idle = counts(day) ? 0 : idle + 1;
    if (idle > LONGEST_IDLE_DAYS) {
      throw new Error(`no working day in the year after ${from}; check the working week and the days off`);
    }
    if (idle > 0) left += 1;
  }
  return day;
}
