import type { EngagementEvent, EventKind } from "../engagement/events.ts";
import type { ActiveTime } from "./active-time.ts";
import { uncountedBurstActs } from "./bursts.ts";
import { evaluate, type Hold, NOT_READY, nextHold } from "./evaluate.ts";
import { FRESH_DAYS } from "./gates.ts";
import { emptyLedger, enter, type Ledger } from "./ledger.ts";
import type { ReadinessTrack } from "./track.ts";

/**
 * Kinds after which fewer gates may pass than before. Within a day only these can end a `ready`
 * that the end of the day no longer shows, so only before these is an extra look needed.
 */
const LOWERING: ReadonlySet<EventKind> = new Set([
  "task-reopened",
  "question-asked",
  "intent-stated",
  "enrolled",
  "bounce",
  "complaint",
  "contact-departed",
  "wrong-person",
]);

/** The log written down day by day, with what `ready` has become on the way. */
export interface Replay {
  readonly ledger: Ledger;
  hold: Hold;
}

export function startReplay(): Replay {
  return { ledger: emptyLedger(), hold: NOT_READY };
}

/**
 * Lives one local date: enters its events in canonical order and takes the daily evaluation at its
 * end. Dates must come in order, each event once. Acts of one minute that straddles midnight are
 * judged apart, so that a new day never changes what an old one said.
 */
export function replayDate(
  replay: Replay,
  track: ReadinessTrack,
  days: ActiveTime,
  date: number,
  events: readonly EngagementEvent[],
): void {
  const { ledger } = replay;
  const stamp = { day: days.dayOf(date), date };
  const bursts = events.length === 0 ? null : uncountedBurstActs(events);
  for (const event of events) {
    if (LOWERING.has(event.kind) && !replay.hold.ready) evaluateHold(replay, track, stamp.day, true);
    if (bursts?.has(event.id)) ledger.bursts.push(event.id);
    else enter(ledger, event, stamp);
  }
  evaluateHold(replay, track, stamp.day, !days.isPaused(date));
}

/** Most days of most logs cannot be ready for a reason that costs nothing to see. */
function evaluateHold(replay: Replay, track: ReadinessTrack, day: number, isEvaluationDay: boolean): void {
  if (!replay.hold.ready && !couldBeReady(replay.ledger, day)) return;
  replay.hold = nextHold(replay.hold, evaluate(track, replay.ledger, day), isEvaluationDay);
}

/** False only where a gate other than the score surely fails. */
function couldBeReady(ledger: Ledger, day: number): boolean {
  return (
    ledger.intent !== null &&
    ledger.priorities !== null &&
    (ledger.questions.size > 0 || ledger.noQuestion !== null) &&
    ledger.lastAct !== null &&
    day - ledger.lastAct.day <= FRESH_DAYS
  );
}

/** Replays a whole log up to and including the date of `until`. The log is canonical and ends there. */
export function replayLog(
  track: ReadinessTrack,
  log: readonly EngagementEvent[],
  days: ActiveTime,
  until: number,
): Replay {
  const byDate = new Map<number, EngagementEvent[]>();
  for (const event of log) {
    // What happened before the enrollment (a reply that was under way) belongs to its first day.
    const date = Math.max(days.startDate, days.dateOf(Date.parse(event.at)));
    const events = byDate.get(date);
    if (events === undefined) byDate.set(date, [event]);
    else events.push(event);
  }
  const replay = startReplay();
  const last = Math.max(days.startDate, days.dateOf(until));
  for (let date = days.startDate; date <= last; date++)
    replayDate(replay, track, days, date, byDate.get(date) ?? []);
  return replay;
}
