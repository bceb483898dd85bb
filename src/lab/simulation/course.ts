import { canonicalLog } from "../../domain/engagement/classify-evidence.ts";
import type { EngagementEvent } from "../../domain/engagement/events.ts";
import { type ActiveTime, activeTime } from "../../domain/readiness/active-time.ts";
import { type Judgement, judge } from "../../domain/readiness/judge.ts";
import type { Verdict } from "../../domain/readiness/readiness.ts";
import { type Replay, replayDate, replayLog, startReplay } from "../../domain/readiness/replay.ts";
import type { ReadinessTrack } from "../../domain/readiness/track.ts";

const DAY = 86_400_000;
/** Longer than any program is simulated; active days are laid out once for this long. */
const HORIZON_DAYS = 120;

/**
 * Follows one contact's readiness from day to day, as `assessReadiness` would give it at the end of
 * each. Gates that fail only come to pass by an event, so a day without one is looked at only while
 * the contact is ready; anything else would spend most of a simulation on days like the one before.
 */
export class Course {
  readonly #track: ReadinessTrack;
  readonly #log: readonly EngagementEvent[];
  readonly #known = new Set<string>();
  #replay: Replay = startReplay();
  #days: ActiveTime | null = null;
  #entered = 0;
  #date = Number.NEGATIVE_INFINITY;
  #end = Number.NEGATIVE_INFINITY;
  #judged: { readonly end: number; readonly judgement: Judgement } | null = null;

  /** `log` may grow between days, in the order in which facts become known; it begins with the enrollment. */
  constructor(track: ReadinessTrack, log: readonly EngagementEvent[]) {
    this.#track = track;
    this.#log = log;
  }

  /** Days must come in order; `end` is the last millisecond of one, and nothing later is in the log. */
  endDay(end: number): void {
    const fresh = this.#freshEvents();
    const pauseChanged = fresh.some((event) => event.kind === "paused" || event.kind === "resumed");
    if (this.#days === null || pauseChanged)
      this.#days = activeTime(canonicalLog(this.#log), end + HORIZON_DAYS * DAY);
    const days = this.#days;
    const date = days.dateOf(end);
    const isLate = fresh.some((event) => days.dateOf(Date.parse(event.at)) <= this.#date);
    if (isLate) this.#replay = replayLog(this.#track, canonicalLog(this.#log), days, end);
    else if (fresh.length > 0 || this.#replay.hold.ready)
      replayDate(this.#replay, this.#track, days, date, canonicalLog(fresh));
    this.#date = date;
    this.#end = end;
  }

  /** What `verdict` would be, without the work, where only `ready` matters. */
  isReady(): boolean {
    return this.#replay.hold.ready && this.verdict() === "ready";
  }

  /** As `isReady`, for somebody who acted and then fell silent. */
  isStalled(): boolean {
    const { lastAct } = this.#replay.ledger;
    if (this.#days === null || lastAct === null) return false;
    const silent = this.#days.dayOf(this.#date) - lastAct.day > this.#track.stallAfterDays;
    return silent && this.verdict() === "stalled";
  }

  /** As of the last day that ended; null before. */
  verdict(): Verdict | null {
    return this.judgement()?.decision.verdict ?? null;
  }

  judgement(): Judgement | null {
    if (this.#days === null) return null;
    if (this.#judged?.end !== this.#end) {
      const judgement = judge(this.#replay, this.#track, this.#days, this.#date);
      this.#judged = { end: this.#end, judgement };
    }
    return this.#judged?.judgement ?? null;
  }

  /** A fact that arrives twice is one fact. */
  #freshEvents(): EngagementEvent[] {
    const fresh: EngagementEvent[] = [];
    for (; this.#entered < this.#log.length; this.#entered++) {
      const event = this.#log[this.#entered];
      if (event === undefined || this.#known.has(event.id)) continue;
      this.#known.add(event.id);
      fresh.push(event);
    }
    return fresh;
  }
}
