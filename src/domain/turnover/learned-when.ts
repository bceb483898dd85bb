import { DateTime } from "luxon";
import type { LocalDate } from "../calendar/calendar.ts";

/** Whether we knew before the person left (S1-9). The day of leaving itself still counts as before. */
export function learnedWhen(
  detectedAt: Date,
  effectiveOn: LocalDate | null,
  zone: string,
): "pre" | "post" | "unknown" {
  if (effectiveOn === null) return "unknown";
  return localDay(detectedAt, zone) <= effectiveOn ? "pre" : "post";
}

/** Days between leaving and finding out, never negative; null while the day of leaving is unknown. */
export function detectionLagDays(
  detectedAt: Date,
  effectiveOn: LocalDate | null,
  zone: string,
): number | null {
  if (effectiveOn === null) return null;
  const days = DateTime.fromISO(localDay(detectedAt, zone)).diff(DateTime.fromISO(effectiveOn), "days").days;
  return Math.max(0, Math.round(days));
}

/** Whole days since the risk began: the earlier of leaving and finding out (domain.md B2). */
export function daysAtRisk(
  facts: { detectedAt: Date; effectiveOn: LocalDate | null; closedAt: Date | null },
  zone: string,
  now: Date,
): number {
  const detected = localDay(facts.detectedAt, zone);
  const began = facts.effectiveOn !== null && facts.effectiveOn < detected ? facts.effectiveOn : detected;
  const end = localDay(facts.closedAt ?? now, zone);
  const days = DateTime.fromISO(end).diff(DateTime.fromISO(began), "days").days;
  return Math.max(0, Math.round(days));
}

function localDay(at: Date, zone: string): LocalDate {
  return DateTime.fromJSDate(at, { zone }).toFormat("yyyy-MM-dd");
}
