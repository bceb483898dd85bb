import { isPausedDate } from "../domain/calendar/active-days.ts";
import type { Calendar, LocalDate, Pause } from "../domain/calendar/calendar.ts";
import { addDays, daysBetween, laterDate } from "../domain/calendar/dates.ts";
import { clockChangeOn } from "../domain/calendar/window.ts";
import { isWorkingDay } from "../domain/calendar/working-days.ts";
import { localDateOf } from "../domain/calendar/zones.ts";
import type { EngagementEvent } from "../domain/engagement/events.ts";
import type { Verdict } from "../domain/readiness/readiness.ts";
import { type PlannedStep, planRemaining } from "../domain/sequences/plan-program.ts";
import { readProgress } from "../domain/sequences/progress.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import type { EnrollmentFrame } from "../drivers/store/enrollment-frame.ts";
import type { Send } from "../drivers/store/generated/client.ts";
import { readPauses } from "./pauses.ts";
import type { ProgramDay, ProgramLine } from "./room-parts.ts";

/** Days that a drawn program shows at most: a longer one is cut at the far end and says so in its list. */
const MOST_DAYS = 120;

/** Steps still ahead with the day on which each would go; by step key. Empty for a program that has ended. */
export function stepsAhead(
  frame: EnrollmentFrame,
  sequence: Sequence,
  calendar: Calendar,
  log: readonly EngagementEvent[],
  sends: readonly Send[],
  now: Date,
): ReadonlyMap<string, PlannedStep> {
  const { enrollment } = frame;
  if (enrollment.status !== "active" && enrollment.status !== "pending") return new Map();
  const taken = sends.filter(
    ({ mailClass, status }) => mailClass === "program" && !NOT_SENT.includes(status),
  );
  const ahead = planRemaining(
    sequence,
    {
      startedAt: enrollment.startedAt.toISOString(),
      pace: enrollment.pace as "slow" | "normal" | "fast",
      cadence: enrollment.cadence,
      calendar,
      pauses: readPauses(enrollment),
      progress: readProgress(enrollment.progress),
      events: log,
      verdict: enrollment.verdict as Verdict | null,
      competitorKnown: enrollment.competitorVersionId !== null,
      takenDates: new Set(taken.map(({ localDate }) => localDate.toISOString().slice(0, 10))),
      fullDates: new Set(),
      hasSponsor: frame.sponsor !== null,
      sponsorTakenDates: new Set(),
    },
    now > enrollment.startedAt ? now : enrollment.startedAt,
  );
  return new Map(ahead.map((step) => [step.stepKey, step]));
}

const NOT_SENT: readonly string[] = ["skipped", "suppressed", "failed"];

/** Every day from the start to the last step, with what made it special: closed, paused, clocks changed. */
export function programLine(
  frame: EnrollmentFrame,
  calendar: Calendar,
  instants: readonly (Date | null)[],
  now: Date,
): ProgramLine {
  const { enrollment } = frame;
  const { zone } = calendar;
  const today = localDateOf(now, zone);
  const start = localDateOf(enrollment.startedAt, zone);
  const isOver = enrollment.completedAt !== null || enrollment.exitedAt !== null;
  const last = instants.reduce<LocalDate>(
    (latest, at) => (at === null ? latest : laterDate(latest, localDateOf(at, zone))),
    isOver ? start : laterDate(start, today),
  );
  const pauses = readPauses(enrollment);
  const length = Math.min(MOST_DAYS, daysBetween(start, last) + 3);
  const days = Array.from({ length }, (_, index) => dayOfLine(addDays(start, index), calendar, pauses));
  return {
    zone,
    start,
    today,
    days,
    pauses: pauses.filter(({ from, until }) => until === null || until > from),
  };
}

function dayOfLine(date: LocalDate, calendar: Calendar, pauses: readonly Pause[]): ProgramDay {
  return {
    date,
    works: isWorkingDay(date, calendar),
    holiday: calendar.closedDays.get(date) ?? null,
    clockMinutes: clockChangeOn(date, calendar.zone),
    paused: isPausedDate(date, { zone: calendar.zone, pauses }),
  };
}
