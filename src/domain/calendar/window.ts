import type { Calendar, LocalDate, WallTime } from "./calendar.ts";
import { addDays } from "./dates.ts";
import { isWorkingDay, nextWorkingDay } from "./working-days.ts";
import { localDateOf, offsetMinutes } from "./zones.ts";

const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;

/** What a mail planned too late in the day is given, so that it can still leave before the window closes. */
const LAST_START_MINUTES = 30;

/**
 * The instant at which a clock in `zone` shows `wall` on `date`. A time that the clocks jump over
 * moves forward by the length of the jump; a time that comes twice is the first of the two
 * (domain.md B3). Decided here from the zone's offsets: a date library may pick either.
 */
export function instantOf(date: LocalDate, wall: WallTime, zone: string): Date {
  const naive = Date.parse(`${date}T${wall}:00Z`);
  if (Number.isNaN(naive))
    throw new Error(`"${date} ${wall}" is not a date and a wall time like 2026-03-30 09:00`);
  const before = offsetMinutes(naive - MS_PER_DAY, zone);
  const after = offsetMinutes(naive + MS_PER_DAY, zone);
  // Greater offset, earlier instant: the first that the zone really shows is the first occurrence.
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    const instant = naive - offset * MS_PER_MINUTE;
    if (offsetMinutes(instant, zone) === offset) return new Date(instant);
  }
  return new Date(naive - before * MS_PER_MINUTE);
}

/** True when the clocks of `zone` jump over this wall time on this date. */
export function isSkipped(date: LocalDate, wall: WallTime, zone: string): boolean {
  const instant = instantOf(date, wall, zone).getTime();
  return instant + offsetMinutes(instant, zone) * MS_PER_MINUTE !== Date.parse(`${date}T${wall}:00Z`);
}

/** Minutes by which the zone's clocks are set forward (positive) or back during a date; 0 on an ordinary one. */
export function clockChangeOn(date: LocalDate, zone: string): number {
  const start = instantOf(date, "00:00", zone).getTime();
  const end = instantOf(addDays(date, 1), "00:00", zone).getTime();
  return offsetMinutes(end, zone) - offsetMinutes(start, zone);
}

export function windowOn(date: LocalDate, calendar: Calendar): { opens: Date; closes: Date } {
  return {
    opens: instantOf(date, calendar.window.start, calendar.zone),
    closes: instantOf(date, calendar.window.end, calendar.zone),
  };
}

/** A wall time moved into the window: not before it opens, and early enough to leave before it closes. */
export function clampToWindow(wall: WallTime, window: Calendar["window"]): WallTime {
  const start = minutesOf(window.start);
  const latest = Math.max(start, minutesOf(window.end) - LAST_START_MINUTES);
  return wallOf(Math.min(Math.max(minutesOf(wall), start), latest));
}

/** Inside the window of a working day, both ends included. */
export function isInsideWindow(instant: Date, calendar: Calendar): boolean {
  const date = localDateOf(instant, calendar.zone);
  if (!isWorkingDay(date, calendar)) return false;
  const { opens, closes } = windowOn(date, calendar);
  return opens <= instant && instant <= closes;
}

/** `after` itself if it is inside a window, else the next moment at which one opens. */
export function nextOpening(after: Date, calendar: Calendar): Date {
  if (isInsideWindow(after, calendar)) return after;
  const today = nextWorkingDay(localDateOf(after, calendar.zone), calendar);
  const { opens } = windowOn(today, calendar);
  if (opens >= after) return opens;
  return windowOn(nextWorkingDay(addDays(today, 1), calendar), calendar).opens;
}

function minutesOf(wall: WallTime): number {
  const match = /^(\d{2}):(\d{2})$/.exec(wall);
  const minutes = Number(match?.[1]) * 60 + Number(match?.[2]);
  if (Number.isNaN(minutes) || minutes >= 1440) throw new Error(`"${wall}" is not a wall time like 09:00`);
  return minutes;
}

function wallOf(minutes: number): WallTime {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
