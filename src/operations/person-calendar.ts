import type { Calendar, LocalDate, Weekday } from "../domain/calendar/calendar.ts";
import { closedDays } from "../domain/calendar/holidays.ts";
import { instantOf } from "../domain/calendar/window.ts";
import { addBusinessDays } from "../domain/calendar/working-days.ts";
import { localDateOf } from "../domain/calendar/zones.ts";
import type { Account, Workspace } from "../drivers/store/generated/client.ts";

/** A date column's value as the date it means. */
export function dayOf(date: Date): LocalDate {
  return date.toISOString().slice(0, 10);
}

/** The midnight UTC that a date column stores for this date. */
export function dateColumn(day: LocalDate): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

/**
 * When a person of this account may be written to, in `zone`. A country that the holiday library does not
 * know leaves the account's own days off: it was refused or reported when it was saved, and a mail on a
 * holiday is a smaller fault than a program that stops.
 */
export function personCalendar(workspace: Workspace, account: Account, zone: string, around: Date): Calendar {
  return calendarAround(around.getUTCFullYear(), {
    zone,
    workWeek: account.workWeek.length > 0 ? account.workWeek : workspace.workWeek,
    country: account.holidayCountry ?? workspace.holidayCountry,
    ownDays: [
      ...workspace.closedDays.map((date) => ({ date: dayOf(date), name: `${workspace.name} is closed` })),
      ...account.closedDays.map((date) => ({ date: dayOf(date), name: `${account.name} is closed` })),
    ],
    window: { start: workspace.windowStart, end: workspace.windowEnd },
  });
}

/** The calendar of the years around one: the past for what is shown, two ahead for what is planned. */
export function calendarAround(
  year: number,
  place: {
    readonly zone: string;
    readonly workWeek: readonly number[];
    readonly country: string | null;
    readonly ownDays: readonly { readonly date: LocalDate; readonly name: string }[];
    readonly window: Calendar["window"];
  },
): Calendar {
  const { zone, workWeek, country, ownDays, window } = place;
  const days = closedDays(country, [year - 1, year, year + 1, year + 2], ownDays);
  return {
    zone,
    workWeek: workWeek.filter(isWeekday),
    closedDays: days.ok ? days.days : new Map(ownDays.map(({ date, name }) => [date, name])),
    window,
  };
}

function isWeekday(day: number): day is Weekday {
  return Number.isInteger(day) && day >= 1 && day <= 7;
}

/** The end of the window on the nth working day after `from`: when a duty of that many days is due. */
export function dueInBusinessDays(from: Date, days: number, calendar: Calendar): Date {
  const day = addBusinessDays(localDateOf(from, calendar.zone), days, calendar);
  return instantOf(day, calendar.window.end, calendar.zone);
}
