import { DateTime } from "luxon";

/** A time as a person reads it, with the zone it is meant in. */
export function slotIn(slot: Date, zone: string): string {
  return `${DateTime.fromJSDate(slot, { zone }).setLocale("en-GB").toFormat("cccc d LLLL yyyy, HH:mm")} (${zone})`;
}

/** Whether two people read the same time on their clocks, whatever their zones are called. */
export function sameClock(slot: Date, one: string, other: string): boolean {
  const offset = (zone: string): number => DateTime.fromJSDate(slot, { zone }).offset;
  return offset(one) === offset(other);
}
