import { addDays } from "../domain/calendar/dates.ts";
import { localDateOf } from "../domain/calendar/zones.ts";
import type { Workspace } from "../drivers/store/generated/client.ts";
import { calendarAround, dayOf } from "./person-calendar.ts";

const DAYS_AHEAD = 366;

/** The next twelve months' days without program mail, for an account with no calendar of its own. */
export function daysOffAhead(workspace: Workspace, now: Date): { date: string; name: string }[] {
  const today = localDateOf(now, workspace.reportZone);
  const last = addDays(today, DAYS_AHEAD);
  const { closedDays } = calendarAround(now.getUTCFullYear(), {
    zone: workspace.reportZone,
    workWeek: workspace.workWeek,
    country: workspace.holidayCountry,
    ownDays: workspace.closedDays.map((date) => ({ date: dayOf(date), name: "We are closed" })),
    window: { start: workspace.windowStart, end: workspace.windowEnd },
  });
  return [...closedDays]
    .map(([date, name]) => ({ date, name }))
    .filter(({ date }) => date >= today && date < last)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}
