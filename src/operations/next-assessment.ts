import { addDays } from "../domain/calendar/dates.ts";
import { instantOf } from "../domain/calendar/window.ts";
import { localDateOf } from "../domain/calendar/zones.ts";

/** Early on the next local day: before the person works, and before a CSM looks at the day's list. */
export function nextAssessmentAt(after: Date, zone: string): Date {
  return instantOf(addDays(localDateOf(after, zone), 1), "05:00", zone);
}
