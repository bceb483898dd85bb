import type { LocalDate } from "../calendar/calendar.ts";
import { addDays } from "../calendar/dates.ts";
import type { Outlook } from "./outlook.ts";

/** The longest a person's word stands against the rules (domain.md E.7): after that it is given anew, or lapses. */
export const LONGEST_OVERRIDE_DAYS = 14;

/** A person's word on the outlook of a case. */
export interface Override {
  readonly outlook: Outlook["value"];
  readonly reason: string;
  /** The last day on which it counts. */
  readonly untilOn: LocalDate;
  readonly status: string;
}

/** Only what a manager approved counts, and only until its day is over: nobody has to take it back. */
export function inForce({ status, untilOn }: Override, today: LocalDate): boolean {
  return status === "approved" && untilOn >= today;
}

/** What still waits for a manager; what nobody decided in time is not asked for any more. */
export function isWaiting({ status, untilOn }: Override, today: LocalDate): boolean {
  return status === "proposed" && untilOn >= today;
}

/** The rules' outlook, or the person's with its reason while it is in force. */
export function overridden(ruled: Outlook, override: Override | null): Outlook {
  return override === null ? ruled : { value: override.outlook, reasons: [override.reason] };
}

/** Null: the day may be chosen. Otherwise the first and last that may. */
export function outsideSpan(
  untilOn: LocalDate,
  today: LocalDate,
): { first: LocalDate; last: LocalDate } | null {
  const last = addDays(today, LONGEST_OVERRIDE_DAYS);
  return untilOn < today || untilOn > last ? { first: today, last } : null;
}
