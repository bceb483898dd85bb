import Holidays from "date-holidays";
import type { LocalDate } from "./calendar.ts";
import { addDays } from "./dates.ts";

export type ClosedDays =
  | { ok: true; days: ReadonlyMap<LocalDate, string> }
  | { ok: false; country: string; message: string };

/** A day on which an account does not work, from its own calendar. */
export interface DayOff {
  readonly date: LocalDate;
  readonly name: string;
}

const MS_PER_DAY = 86_400_000;
const known = new Map<string, readonly DayOff[]>();
/** Looking a place up opens the whole book of countries, and a page asks for the same one several times. */
const knownPlaces = new Set<string>();

/**
 * Every day of `years` on which nobody is written to: public holidays of the country (only what
 * the library calls "public": an observance or a bank's day is an ordinary working day), and the
 * account's own days off, whose name wins. `country` is ISO 3166, with a state or region if the
 * holidays differ there: "NO", "DE-BY", "DE-BY-A". Null: own days only.
 */
export function closedDays(
  country: string | null,
  years: readonly number[],
  ownDays: readonly DayOff[],
): ClosedDays {
  const days = new Map<LocalDate, string>();
  if (country !== null && country.trim() !== "") {
    const place = country.trim().toUpperCase();
    const problem = knownPlaces.has(place) ? null : unknownPlace(place);
    if (problem !== null) return { ok: false, country, message: problem };
    knownPlaces.add(place);
    for (const year of years) {
      for (const { date, name } of publicHolidays(place, year)) days.set(date, days.get(date) ?? name);
    }
  }
  for (const { date, name } of ownDays) days.set(date, name);
  return { ok: true, days };
}

/** Null for a country, state and region that the calendar of holidays knows; else why not, and the remedy. */
export function unknownPlace(place: string): string | null {
  const [country = "", state, region, ...rest] = place.trim().toUpperCase().split("-");
  const book = new Holidays();
  if (!Object.hasOwn(book.getCountries("en") ?? {}, country)) {
    return `no public holidays are known for the country "${country}"; use a two-letter code like "NO" or "DE-BY"`;
  }
  // The library quietly falls back to the whole country for a state it does not know.
  if (state !== undefined && !Object.hasOwn(book.getStates(country, "en") ?? {}, state)) {
    const states = Object.keys(book.getStates(country, "en") ?? {});
    return `${country} has no region "${state}" with holidays of its own; use "${country}"${oneOf(country, states)}`;
  }
  if (region !== undefined && !Object.hasOwn(book.getRegions(country, state ?? "", "en") ?? {}, region)) {
    const regions = Object.keys(book.getRegions(country, state ?? "", "en") ?? {});
    return `${country}-${state} has no part "${region}"; use "${country}-${state}"${oneOf(`${country}-${state}`, regions)}`;
  }
  if (rest.length > 0) return `"${place}" has too many parts; use "${country}-${state}-${region}"`;
  return null;
}

function oneOf(place: string, parts: readonly string[]): string {
  return parts.length === 0 ? "" : ` or one of ${parts.map((part) => `${place}-${part}`).join(", ")}`;
}

/** Computing a year takes milliseconds and never changes, so each place and year is computed once. */
function publicHolidays(place: string, year: number): readonly DayOff[] {
  const cacheKey = `${place} ${year}`;
  const cached = known.get(cacheKey);
  if (cached !== undefined) return cached;
  const [country = "", state, region] = place.split("-");
  const options = { types: ["public" as const], languages: "en" };
  const book =
    state === undefined
      ? new Holidays(country, options)
      : region === undefined
        ? new Holidays(country, state, options)
        : new Holidays(country, state, region, options);
  // The year before too: a feast of several days may begin in it.
  const found = [...book.getHolidays(year - 1, "en"), ...book.getHolidays(year, "en")]
    .filter((holiday) => holiday.type === "public")
    .flatMap((holiday) => spanOf(holiday))
    .filter((day) => day.date.startsWith(`${year}-`));
  known.set(cacheKey, found);
  return found;
}

/**
 * `date` names the first civil day even where the feast begins the evening before (Islamic and
 * Jewish calendars), so the days are counted from it and not from the instants. Rounding takes
 * out the hour of a clock change.
 */
function spanOf(holiday: { date: string; start: Date; end: Date; name: string }): DayOff[] {
  const first = holiday.date.slice(0, 10);
  const length = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / MS_PER_DAY));
  return Array.from({ length }, (_, day) => ({ date: addDays(first, day), name: holiday.name }));
}
