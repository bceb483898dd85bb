import type { EngagementEvent, EventKind } from "../engagement/events.ts";
import type { ActiveTime } from "./active-time.ts";
import { uncountedBurstActs } from "./bursts.ts";
import { type Evaluation, evaluate, type Hold, NOT_READY, nextHold } from "./evaluate.ts";
import { emptyLedger, enter, type Ledger } from "./ledger.ts";
import type { ReadinessTrack } from "./track.ts";

/**
 * Kinds after which fewer gates may pass than before. Within a day only these can end a `ready`
 * that the end of the day no longer shows, so only before these is an extra look needed.
 */
const LOWERING: ReadonlySet<EventKind> = new Set([
  "task-reopened",
  "priorities-set",
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
 * Lives one local date: enters its events in canonical order and evaluates at its end.
 * `days` maps the date; events must not be given twice.
 */
export function replayDate(
  replay: Replay,
  track: ReadinessTrack,
  days: ActiveTime,
  date: number,
  events: readonly EngagementEvent[],
): Evaluation {
  const stamp = { day: days.dayOf(date), date };
  const bursts = uncountedBurstActs(events);
  for (const event of events) {
    if (LOWERING.has(event.kind) && !replay.hold.ready) {
      if (evaluate(track, replay.ledger, stamp.day).meetingReady) replay.hold = { ready: true, failures: 0 };
    }
    if (bursts.has(event.id)) replay.ledger.bursts.push(event.id);
    else enter(replay.ledger, event, stamp);
  }
  const evaluation = evaluate(track, replay.ledger, stamp.day);
  replay.hold = nextHold(replay.hold, evaluation, !days.isPaused(date));
  return evaluation;
}

/** Replays a whole log up to and including the date of `until`. The log is canonical and ends there. */
export function replayLog(
  track: ReadinessTrack,
  log: readonly EngagementEvent[],
  days: ActiveTime,
  until: number,
): { replay: Replay; evaluation: Evaluation } {
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
  let evaluation = replayDate(replay, track, days, days.startDate, byDate.get(days.startDate) ?? []);
  for (let date = days.startDate + 1; date <= last; date++)
    evaluation = replayDate(replay, track, days, date, byDate.get(date) ?? []);
  return { replay, evaluation };
}
