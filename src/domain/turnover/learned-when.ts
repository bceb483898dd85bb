import type { LocalDate } from "../calendar/calendar.ts";
import { daysBetween } from "../calendar/dates.ts";
import { isZone, localDateOf } from "../calendar/zones.ts";

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
  return Math.max(0, daysBetween(effectiveOn, localDay(detectedAt, zone)));
}

/** Whole days since the risk began: the earlier of leaving and finding out (domain.md B2). */
export function daysAtRisk(
  facts: { detectedAt: Date; effectiveOn: LocalDate | null; closedAt: Date | null },
  zone: string,
  now: Date,
): number {
  const detected = localDay(facts.detectedAt, zone);
  const began = facts.effectiveOn !== null && facts.effectiveOn < detected ? facts.effectiveOn : detected;
  return Math.max(0, daysBetween(began, localDay(facts.closedAt ?? now, zone)));
}

/** Asked once per open case of a board. A zone that is not known costs at most a day here, so it stops no page. */
function localDay(at: Date, zone: string): LocalDate {
  return localDateOf(at, isZone(zone) ? zone : "UTC");
}
