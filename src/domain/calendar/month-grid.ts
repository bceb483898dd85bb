import type { Calendar, LocalDate, Weekday } from "./calendar.ts";
import { addDays, weekdayName, weekdayOf } from "./dates.ts";
import { clockChangeOn } from "./window.ts";

export interface GridDay<Mark> {
  readonly date: LocalDate;
  /** Outside the span that is shown for its own sake; fills the week. */
  readonly beside: boolean;
  readonly works: boolean;
  /** The holiday or day off, by name. */
  readonly closed: string | null;
  /** "the clocks go forward 60 minutes"; null on an ordinary day. */
  readonly clockChange: string | null;
  readonly marks: readonly Mark[];
}

export interface Grid<Mark> {
  /** "Mon" … in the order of the columns. */
  readonly heads: readonly { short: string; long: string }[];
  readonly weeks: readonly (readonly GridDay<Mark>[])[];
}

/** Whole weeks from the first to the last date, each day with what happens on it and why nothing does. */
export function monthGrid<Mark>(
  first: LocalDate,
  last: LocalDate,
  calendar: Calendar,
  weekStart: number,
  marks: ReadonlyMap<LocalDate, readonly Mark[]>,
): Grid<Mark> {
  const start = weekStart >= 1 && weekStart <= 7 ? (weekStart as Weekday) : 1;
  let day = addDays(first, -((weekdayOf(first) - start + 7) % 7));
  const heads = Array.from({ length: 7 }, (_, index) => {
    const long = weekdayName(addDays(day, index));
    return { short: long.slice(0, 3), long };
  });
  const weeks: GridDay<Mark>[][] = [];
  while (day <= last) {
    const week: GridDay<Mark>[] = [];
    for (let column = 0; column < 7; column++, day = addDays(day, 1)) {
      week.push({
        date: day,
        beside: day < first || day > last,
        works: calendar.workWeek.includes(weekdayOf(day)),
        closed: calendar.closedDays.get(day) ?? null,
        clockChange: clockChangeWords(clockChangeOn(day, calendar.zone)),
        marks: marks.get(day) ?? [],
      });
    }
    weeks.push(week);
  }
  return { heads, weeks };
}

function clockChangeWords(minutes: number): string | null {
  if (minutes === 0) return null;
  return `clocks go ${minutes > 0 ? "forward" : "back"} ${Math.abs(minutes)} minutes`;
}
