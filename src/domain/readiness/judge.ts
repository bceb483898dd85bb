import type { ActiveTime } from "./active-time.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import type { Replay } from "./replay.ts";
import type { ReadinessTrack } from "./track.ts";
import { type Decision, decideVerdict, type Judged } from "./verdict.ts";

export interface Judgement {
  readonly evaluation: Evaluation;
  readonly judged: Judged;
  readonly decision: Decision;
}

/** Score, gates and verdict as they stand after the last date that was replayed. */
export function judge(replay: Replay, track: ReadinessTrack, days: ActiveTime, date: number): Judgement {
  const { ledger, hold } = replay;
  const evaluation = evaluate(track, ledger, days.dayOf(date));
  const judged = {
    track,
    ledger,
    date,
    day: evaluation.day,
    score: evaluation.score,
    ready: hold.ready,
    held: hold.failures > 0,
  };
  return { evaluation, judged, decision: decideVerdict(judged) };
}
