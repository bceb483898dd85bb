import { activeDayOf, type DayCount } from "../calendar/active-days.ts";
import type { LocalDate } from "../calendar/calendar.ts";
import { localDateOf } from "../calendar/zones.ts";
import type { EngagementEvent, EventOf } from "../engagement/events.ts";
import type { EnrollmentFacts, Progress } from "./move.ts";
import type { Sequence, Step } from "./sequence.ts";

/** One look of the planner: everything it may know at one instant, prepared once. */
export interface Look {
  readonly sequence: Sequence;
  readonly facts: EnrollmentFacts;
  readonly progress: Progress;
  readonly now: Date;
  readonly today: LocalDate;
  readonly startDate: LocalDate;
  readonly count: DayCount;
  readonly activeDay: number;
  /** What has happened by now, oldest first. */
  readonly events: readonly EngagementEvent[];
  /** Dates that already hold a program mail of this person, its own last one included. */
  readonly taken: ReadonlySet<LocalDate>;
  readonly sponsorTaken: ReadonlySet<LocalDate>;
}

export function lookAt(sequence: Sequence, facts: EnrollmentFacts, now: Date): Look {
  const { zone } = facts.calendar;
  const count: DayCount = { startedAt: new Date(facts.startedAt), zone, pauses: facts.pauses };
  const { lastSentAt, lastSponsorAt } = facts.progress;
  return {
    sequence,
    facts,
    progress: facts.progress,
    now,
    today: localDateOf(now, zone),
    startDate: localDateOf(count.startedAt, zone),
    count,
    activeDay: activeDayOf(now, count),
    events: knownBy(now.getTime(), facts.events),
    taken: withDateOf(facts.takenDates, lastSentAt, zone),
    sponsorTaken: withDateOf(facts.sponsorTakenDates ?? new Set(), lastSponsorAt, zone),
  };
}

/** Each instant is read once, and a log that is in order already stays as it is: a plan looks hundreds of times. */
function knownBy(now: number, events: readonly EngagementEvent[]): EngagementEvent[] {
  const past: { event: EngagementEvent; time: number }[] = [];
  let inOrder = true;
  for (const event of events) {
    const time = Date.parse(event.at);
    if (time > now) continue;
    inOrder &&= time >= (past[past.length - 1]?.time ?? time);
    past.push({ event, time });
  }
  if (!inOrder) past.sort((a, b) => a.time - b.time);
  return past.map(({ event }) => event);
}

function withDateOf(
  dates: ReadonlySet<LocalDate>,
  instant: string | null,
  zone: string,
): ReadonlySet<LocalDate> {
  return instant === null ? dates : new Set([...dates, localDateOf(new Date(instant), zone)]);
}

/** The same look after something was decided. */
export function withProgress(look: Look, progress: Progress): Look {
  return { ...look, progress };
}

/** Who a step goes to. */
export function recipientOf(step: Step, sequence: Sequence): "contact" | "sponsor" | "csm" {
  if (step.class === "csm-task") return "csm";
  return step.audience ?? sequence.audience;
}

/**
 * A program mail to the sequence's own reader. Everything else stands beside the line: tasks for
 * the CSM, mails to somebody else, service notices. What stands beside never delays the line's
 * next mail and is never a nudge.
 */
export function isOnLine(step: Step, sequence: Sequence): boolean {
  return recipientOf(step, sequence) === sequence.audience && !isTask(step, sequence) && !isNotice(step);
}

export function isTask(step: Step, sequence: Sequence): boolean {
  return recipientOf(step, sequence) === "csm";
}

export function isNotice(step: Step): boolean {
  return step.class === "service-notice";
}

/** A person did something: pressed, wrote, chose. Opens, clicks and auto-replies never are (product.md 2). */
export function isDeliberate(event: EngagementEvent): boolean {
  return event.evidence === "strong" || event.evidence === "weak";
}

export function eventsOf<K extends EngagementEvent["kind"]>(look: Look, kind: K): EventOf<K>[] {
  return look.events.filter((event): event is EventOf<K> => event.kind === kind);
}

/** True when the event came after an instant (ISO); any event comes after null. */
export function isAfter(event: EngagementEvent, instant: string | null): boolean {
  return instant === null || Date.parse(event.at) > Date.parse(instant);
}
