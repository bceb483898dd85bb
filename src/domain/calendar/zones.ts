import { IANAZone } from "luxon";
import type { LocalDate, WallTime } from "./calendar.ts";
import { dateOf } from "./dates.ts";

const MS_PER_MINUTE = 60_000;

/** True for a name of the IANA time zone database. Fixed offsets like "+02:00" are refused: they know no clock change. */
export function isZone(name: string): boolean {
  return daysByZone.has(name) || IANAZone.isValidZone(name);
}

export type ZoneSource = "contact" | "account" | "workspace";

export type ResolvedZone =
  | { ok: true; zone: string; from: ZoneSource }
  | { ok: false; from: ZoneSource; value: string; message: string };

/**
 * The zone one person is written to in: contact, else account, else workspace (issue 2.4).
 * A value that is present but wrong is reported, never passed over: falling through to the
 * account's zone would send at the wrong hour without anyone noticing.
 */
export function resolveZone(given: {
  contact: string | null;
  account: string | null;
  workspace: string;
}): ResolvedZone {
  const order: readonly (readonly [ZoneSource, string | null])[] = [
    ["contact", given.contact],
    ["account", given.account],
    ["workspace", given.workspace],
  ];
  for (const [from, value] of order) {
    const zone = value?.trim() ?? "";
    if (zone === "" && from !== "workspace") continue;
    if (isZone(zone)) return { ok: true, zone, from };
    return {
      ok: false,
      from,
      value: zone,
      message: `the ${from}'s time zone "${zone}" is not known; use an IANA name like "Europe/Oslo"`,
    };
  }
  throw new Error("unreachable: the workspace's zone always ends the search");
}

const MS_PER_DAY = 86_400_000;
/** Days kept per zone: decades of them, and an end to the memory all the same. */
const MOST_DAYS_KEPT = 20_000;
const daysByZone = new Map<string, Map<number, number | "changes">>();

/**
 * Minutes east of UTC at an instant. Asking the zone database takes tens of microseconds and one
 * plan asks hundreds of times, so the answer is kept for each UTC day on which it does not change.
 */
export function offsetMinutes(instantMs: number, zone: string): number {
  let days = daysByZone.get(zone);
  if (days === undefined) {
    if (!isZone(zone)) throw new Error(`"${zone}" is not an IANA time zone; use a name like "Europe/Oslo"`);
    days = new Map();
    daysByZone.set(zone, days);
  }
  const day = Math.floor(instantMs / MS_PER_DAY);
  const kept = days.get(day);
  if (typeof kept === "number") return kept;
  const place = IANAZone.create(zone);
  if (kept === "changes") return place.offset(instantMs);
  const first = place.offset(day * MS_PER_DAY);
  const last = place.offset((day + 1) * MS_PER_DAY);
  if (days.size >= MOST_DAYS_KEPT) days.clear();
  days.set(day, first === last ? first : "changes");
  return first === last ? first : place.offset(instantMs);
}

/** The calendar date that an instant falls on in a zone. */
export function localDateOf(instant: Date, zone: string): LocalDate {
  const ms = instant.getTime();
  return dateOf(Math.floor((ms + offsetMinutes(ms, zone) * MS_PER_MINUTE) / MS_PER_DAY));
}

/** The wall time, to the minute, that a clock in a zone shows at an instant. */
export function wallTimeOf(instant: Date, zone: string): WallTime {
  return shifted(instant, zone).slice(11, 16);
}

function shifted(instant: Date, zone: string): string {
  const ms = instant.getTime();
  return new Date(ms + offsetMinutes(ms, zone) * MS_PER_MINUTE).toISOString();
}
