import { DateTime } from "luxon";
import { expect } from "vitest";
import { closedDays } from "../../src/domain/calendar/holidays.ts";
import type { CapturedMail } from "../../src/drivers/local/mailbox-folder.ts";

export interface LocalCalendar {
  zone: string;
  holidayCountry?: string | undefined;
  workWeek?: readonly number[] | undefined;
  closedDays?: readonly string[] | undefined;
}

export const arrivals = (mails: readonly CapturedMail[]): string[] =>
  mails.map(({ receivedAt }) => receivedAt.toISOString().replace(".000Z", "Z"));

export const localDaysOf = (mails: readonly CapturedMail[], zone: string): string[] =>
  mails.map(({ receivedAt }) => DateTime.fromJSDate(receivedAt, { zone }).toISODate() ?? "");

/** The common rules of C for one person's mails: one a day, in the window, on a working day that is no holiday. */
export function expectHumane(mails: readonly CapturedMail[], calendar: LocalCalendar): void {
  const days = localDaysOf(mails, calendar.zone);
  expect(new Set(days).size, `two mails on one day: ${days.join(", ")}`).toBe(days.length);
  const holidays = closedDays(calendar.holidayCountry ?? null, [2026], []);
  if (!holidays.ok) throw new Error(holidays.message);
  for (const { receivedAt, subject } of mails) {
    const local = DateTime.fromJSDate(receivedAt, { zone: calendar.zone });
    const where = `${subject} at ${local.toISO()}`;
    expect(local.toFormat("HH:mm") >= "08:30" && local.toFormat("HH:mm") <= "16:30", where).toBe(true);
    expect(calendar.workWeek ?? [1, 2, 3, 4, 5], where).toContain(local.weekday);
    expect(holidays.days.has(local.toISODate() ?? ""), where).toBe(false);
    expect(calendar.closedDays ?? [], where).not.toContain(local.toISODate());
  }
}
