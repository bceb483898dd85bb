import { activeDayOfDate, addActiveSpan, dateOfActiveDay, isPausedDate } from "../calendar/active-days.ts";
import type { LocalDate } from "../calendar/calendar.ts";
import { addDays, laterDate } from "../calendar/dates.ts";
import { ordinaryDays, parseCadence, type SpanLength } from "../calendar/span.ts";
import { clampToWindow, instantOf, windowOn } from "../calendar/window.ts";
import { isWorkingDay, previousWorkingDay, search, whyClosed } from "../calendar/working-days.ts";
import { localDateOf } from "../calendar/zones.ts";
import { isNotice, isOnLine, isTask, type Look, recipientOf } from "./look.ts";
import type { Pace } from "./move.ts";
import type { Sequence, Step } from "./sequence.ts";

/*
 * When a step's turn comes. Three dates, each from the one before:
 *   nominal  what the author's day number or the cadence says;
 *   placed   the first date from there on that may be used (working day, caps);
 *   slot     the instant on that date.
 */

/** What a gap between two mails is multiplied by. The contact chooses the pace. */
const PACE_FACTOR: Record<Pace, number> = { slow: 1.5, normal: 1, fast: 0.5 };

/** Program mails in any seven days, unless the cadence is daily (domain.md B3). */
const MAILS_PER_WEEK = 3;

/** How long an enrollment may outlive its plan, in active days, before it expires. */
const GRACE_DAYS = 30;

export interface Nominal {
  readonly date: LocalDate;
  /** Active day the mail stands for; may be fractional under a changed pace. */
  readonly day: number;
}

export const paceFactor = (look: Look): number => PACE_FACTOR[look.facts.pace];

/** Each step's day number: its own, or one cadence after the step before. */
export function authoredDays(sequence: Sequence): number[] {
  const gap = ordinaryDays(parseCadence(sequence.cadence));
  let last: number | null = null;
  return sequence.steps.map((step) => {
    const day: number = step.day ?? (last === null ? 0 : isOnLine(step, sequence) ? last + gap : last);
    if (isOnLine(step, sequence) || last === null) last = day;
    return day;
  });
}

/** The date the plan gives a step. Null while an open pause keeps it from coming. */
export function nominalOf(index: number, look: Look): Nominal | null {
  const step = look.sequence.steps[index];
  if (step === undefined) return null;
  const authored = authoredDays(look.sequence)[index] ?? 0;
  const { anchorAuthored, anchorDay, lastSentAt } = look.progress;
  const gap = authored - anchorAuthored;
  if (!isOnLine(step, look.sequence)) {
    // Beside the line: on its own day, or with the line's last mail where a cadence rules the days.
    const own = look.facts.cadence === null ? Math.max(0, gap) : 0;
    return onActiveDay(anchorDay + own * paceFactor(look), look);
  }
  const byCadence = look.facts.cadence !== null || step.day === undefined || gap < 0;
  if (lastSentAt === null || !byCadence) return onActiveDay(anchorDay + gap * paceFactor(look), look);
  return oneCadenceLater(new Date(lastSentAt), look);
}

function onActiveDay(day: number, look: Look): Nominal | null {
  const date = dateOfActiveDay(Math.round(day), look.count);
  return date === null ? null : { date, day };
}

function oneCadenceLater(lastSentAt: Date, look: Look): Nominal | null {
  const span = paced(parseCadence(look.facts.cadence ?? look.sequence.cadence), paceFactor(look));
  // Weeks are counted from the day the last mail stood for, so a holiday does not shift them for good.
  const from =
    span.unit === "day" && span.count % 7 === 0
      ? dateOfActiveDay(Math.round(look.progress.anchorDay), look.count)
      : localDateOf(lastSentAt, look.facts.calendar.zone);
  const date = from && addActiveSpan(from, span, look.facts.calendar, look.facts.pauses);
  return date === null ? null : { date, day: activeDayOfDate(date, look.count) };
}

function paced(span: SpanLength, factor: number): SpanLength {
  return { unit: span.unit, count: Math.max(1, Math.round(span.count * factor)) };
}

/** The first date, from the nominal one on, that the step may use. A service notice moves back instead (domain.md O1). */
export function placedOn(nominal: LocalDate, step: Step, look: Look): LocalDate {
  const { calendar } = look.facts;
  const from = laterDate(nominal, look.startDate);
  if (isNotice(step)) {
    const earlier = previousWorkingDay(from, calendar);
    if (earlier >= look.startDate && isFree(earlier, step, look)) return earlier;
  }
  return search(from, 1, (date) => isFree(date, step, look));
}

export function isFree(date: LocalDate, step: Step, look: Look): boolean {
  return whyNotFree(date, step, look) === null;
}

/** Why a step may not use a date, in words; null when it may. */
export function whyNotFree(date: LocalDate, step: Step, look: Look): string | null {
  const { calendar, fullDates, pauses } = look.facts;
  const closed = whyClosed(date, calendar);
  if (closed !== null) return closed;
  if (isPausedDate(date, { zone: calendar.zone, pauses })) return "paused";
  if (date === look.startDate && slotOn(date, step, look) > windowOn(date, calendar).closes) {
    return "the working day was over";
  }
  if (isTask(step, look.sequence) || isNotice(step)) return null;
  const taken = recipientOf(step, look.sequence) === look.sequence.audience ? look.taken : look.sponsorTaken;
  if (taken.has(date)) return "one program mail a day";
  if (fullDates.has(date)) return "three program mails a day for one account";
  // A past day keeps its place in the plan though it was crowded: the days after it are counted from there.
  if (date >= look.today && look.facts.crowdedDates?.has(date) === true)
    return "as many mails as go in one day";
  return weekIsFull(date, taken, look) ? "three program mails in seven days" : null;
}

function weekIsFull(date: LocalDate, taken: ReadonlySet<LocalDate>, look: Look): boolean {
  if (taken.size < MAILS_PER_WEEK || cadenceOf(look) === "daily") return false;
  const near = Array.from({ length: 13 }, (_, day) => (taken.has(addDays(date, day - 6)) ? 1 : 0));
  // Every span of seven days that the date is part of.
  for (let first = 0; first <= 6; first++) {
    const mails = near.slice(first, first + 7).reduce<number>((sum, one) => sum + one, 0);
    if (mails >= MAILS_PER_WEEK) return true;
  }
  return false;
}

const cadenceOf = (look: Look): string => look.facts.cadence ?? look.sequence.cadence;

/**
 * The instant at which a step is due on a date. The first day's steps go at once, or when the
 * window next opens; the others at the sequence's own time.
 */
export function slotOn(date: LocalDate, step: Step, look: Look): Date {
  const { calendar } = look.facts;
  const { opens } = windowOn(date, calendar);
  const started = look.count.startedAt;
  if (date === look.startDate) return started > opens || isTask(step, look.sequence) ? started : opens;
  const first = look.progress.lastSentAt === null && (step.day ?? 0) === 0;
  if (first || isTask(step, look.sequence)) return opens;
  return instantOf(date, clampToWindow(look.sequence.sendAt, calendar.window), calendar.zone);
}

/** The first instant from now on at which a step whose time has come may go. `now` itself inside an open window. */
export function soonestFor(step: Step, look: Look): Date {
  const today = slotOn(look.today, step, look);
  if (isFree(look.today, step, look)) {
    if (look.now <= today) return today;
    if (look.now <= windowOn(look.today, look.facts.calendar).closes) return look.now;
  }
  return slotAfterToday(step, look);
}

/** The first slot that has not begun yet: where a step that comes far too late is put. */
export function nextSlot(step: Step, look: Look): Date {
  const today = slotOn(look.today, step, look);
  return look.now < today && isFree(look.today, step, look) ? today : slotAfterToday(step, look);
}

function slotAfterToday(step: Step, look: Look): Date {
  const date = search(addDays(look.today, 1), 1, (day) => isFree(day, step, look));
  return slotOn(date, step, look);
}

/** When the next working day's window opens: a plain time to look again. */
export function tomorrow(look: Look): Date {
  const { calendar } = look.facts;
  const date = search(addDays(look.today, 1), 1, (day) => isWorkingDay(day, calendar));
  return windowOn(date, calendar).opens;
}

/** Working days of the person, pauses left out, after `from` up to today: more than `limit`? */
export function isOverdueBy(from: LocalDate, limit: number, look: Look): boolean {
  const { calendar, pauses } = look.facts;
  let days = 0;
  for (let date = addDays(from, 1); date <= look.today && days <= limit; date = addDays(date, 1)) {
    if (isWorkingDay(date, calendar) && !isPausedDate(date, { zone: calendar.zone, pauses })) days += 1;
  }
  return days > limit;
}

/** Active day on which the enrollment expires: what is left of the plan, and a grace. */
export function expiryDay(look: Look): number {
  const { sequence, facts, progress } = look;
  const authored = authoredDays(sequence);
  const left = sequence.steps.filter((step) => isOnLine(step, sequence) && !progress.done.includes(step.key));
  const lastAuthored = Math.max(progress.anchorAuthored, ...authored);
  const gap =
    facts.cadence === null
      ? lastAuthored - progress.anchorAuthored
      : left.length * ordinaryDays(parseCadence(facts.cadence));
  const planned = Math.max(sequence.lengthDays, progress.anchorDay + gap) * Math.max(1, paceFactor(look));
  return Math.ceil(planned) + GRACE_DAYS;
}
