import { DateTime } from "luxon";
import { minorDigits } from "../../domain/accounts/money.ts";

/** "Monday 24 November" in the reader's own zone. */
export function dayWords(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).setLocale("en-GB").toFormat("cccc d LLLL");
}

/** "24 Nov 2026, 09:00" in the reader's own zone. */
export function timeWords(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).setLocale("en-GB").toFormat("d LLL yyyy, HH:mm");
}

/** "24 November 2026" for a calendar date, whatever the zone. */
export function dateWords(date: string | Date): string {
  const parsed =
    typeof date === "string"
      ? DateTime.fromISO(date, { zone: "utc" })
      : DateTime.fromJSDate(date, { zone: "utc" });
  return parsed.isValid ? parsed.setLocale("en-GB").toFormat("d LLLL yyyy") : String(date);
}

/** "today, 09:00", "yesterday", "tomorrow", else "Mon 24 Nov": a day near now, in the reader's own zone. */
export function shortDay(at: Date, zone: string, now: Date): string {
  const day = DateTime.fromJSDate(at, { zone }).setLocale("en-GB");
  const today = DateTime.fromJSDate(now, { zone });
  const apart = Math.round(day.startOf("day").diff(today.startOf("day"), "days").days);
  if (apart === 0) return `today, ${day.toFormat("HH:mm")}`;
  if (apart === -1) return "yesterday";
  if (apart === 1) return `tomorrow, ${day.toFormat("HH:mm")}`;
  return day.toFormat(day.year === today.year ? "ccc d LLL" : "d LLL yyyy");
}

/** "09:00" in this zone. */
export function hourWords(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat("HH:mm");
}

/** "Good morning" by the reader's own clock. */
export function greeting(now: Date, zone: string): string {
  const { hour } = DateTime.fromJSDate(now, { zone });
  if (hour < 5) return "Good night";
  if (hour < 12) return "Good morning";
  return hour < 18 ? "Good afternoon" : "Good evening";
}

/** "24 Nov 2026" for a calendar date, where room is short. */
export function shortDate(date: Date): string {
  return DateTime.fromJSDate(date, { zone: "utc" }).setLocale("en-GB").toFormat("d LLL yyyy");
}

const money = new Map<string, Intl.NumberFormat>();

export function moneyWords(minor: bigint, currency: string): string {
  // Every row of a list has an amount, and making a format takes far longer than using it.
  let words = money.get(currency);
  if (words === undefined) {
    words = new Intl.NumberFormat("en-GB", { style: "currency", currency, maximumFractionDigits: 0 });
    money.set(currency, words);
  }
  return words.format(Number(minor) / 10 ** minorDigits(currency));
}

/** "1 day", "4 days". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

const spelled: Readonly<Record<string, string>> = {
  csm: "CSM",
  re_onboarding: "Re-onboarding",
  mid_market: "Mid-market",
  why_us: "Why us",
  how_to: "How to",
  not_met: "Not yet",
};

/** "at_risk" and "no_show" as people read them. */
export function plain(code: string): string {
  const known = spelled[code];
  if (known !== undefined) return known;
  const words = code.replaceAll(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function initials(name: string): string {
  const parts = name.split(/\s+/).filter((part) => part !== "");
  return parts
    .slice(0, 2)
    .map((part) => Array.from(part)[0] ?? "")
    .join("")
    .toUpperCase();
}
