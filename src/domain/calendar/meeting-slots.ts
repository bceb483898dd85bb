import type { Calendar, WallTime } from "./calendar.ts";
import { instantOf } from "./window.ts";
import { addBusinessDays } from "./working-days.ts";
import { localDateOf, wallTimeOf } from "./zones.ts";

const DAYS = 5;
const WALL_TIMES: readonly WallTime[] = ["09:00", "10:00", "11:00", "14:00", "15:00", "16:00"];
const PER_DAY = 2;

/**
 * Times to offer for a meeting: two a day on the next five working days, from tomorrow on, in the reader's
 * day and, when their days meet at all, in the CSM's too (08:00–18:00 there).
 */
export function meetingSlots(calendar: Calendar, csmZone: string, now: Date): Date[] {
  const today = localDateOf(now, calendar.zone);
  const first = addBusinessDays(today, 1, calendar);
  const slots: Date[] = [];
  for (let index = 0, day = first; index < DAYS; index += 1, day = addBusinessDays(day, 1, calendar)) {
    const times = WALL_TIMES.map((wall) => instantOf(day, wall, calendar.zone));
    const shared = times.filter((time) => isDaytime(time, csmZone));
    slots.push(...spread(shared.length > 0 ? shared : times));
  }
  return slots;
}

function isDaytime(instant: Date, zone: string): boolean {
  const wall = wallTimeOf(instant, zone);
  return wall >= "08:00" && wall < "18:00";
}

/** The first and the last of what is possible: a morning and an afternoon. */
function spread(times: readonly Date[]): Date[] {
  const last = times.at(-1);
  const [first] = times;
  if (first === undefined || last === undefined) return [];
  return first === last ? [first] : [first, last].slice(0, PER_DAY);
}
