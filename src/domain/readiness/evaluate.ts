import { round2, type WeighedComponent, weighComponents } from "./components.ts";
import { checkGates, IMMEDIATE_GATES } from "./gates.ts";
import type { Ledger } from "./ledger.ts";
import type { GateResult } from "./readiness.ts";
import type { ReadinessTrack } from "./track.ts";

/** Score and gates of one ledger on one active day. */
export interface Evaluation {
  readonly day: number;
  readonly score: number;
  readonly components: readonly WeighedComponent[];
  readonly gates: readonly GateResult[];
  readonly meetingReady: boolean;
}

export function evaluate(track: ReadinessTrack, ledger: Ledger, day: number): Evaluation {
  const components = weighComponents(track, ledger, day);
  const score = Math.min(100, round2(components.reduce((sum, one) => sum + one.points, 0)));
  const gates = checkGates({ track, ledger, day, score });
  return { day, score, components, gates, meetingReady: gates.every((gate) => gate.passed) };
}

/** What the evaluations so far have made of `ready`. */
export interface Hold {
  readonly ready: boolean;
  /** Daily evaluations in a row on which a gate failed while ready. */
  readonly failures: number;
}
export const NOT_READY: Hold = { ready: false, failures: 0 };

/**
 * Ready comes as soon as all gates pass, and goes when one fails on two consecutive daily
 * evaluations, or at once with G7 and G8 (domain.md D5). A paused day is no evaluation.
 */
export function nextHold(hold: Hold, evaluation: Evaluation, isEvaluationDay = true): Hold {
  if (evaluation.meetingReady) return { ready: true, failures: 0 };
  if (!hold.ready) return NOT_READY;
  const atOnce = evaluation.gates.some((gate) => !gate.passed && IMMEDIATE_GATES.has(gate.id));
  if (atOnce) return NOT_READY;
  const failures = hold.failures + (isEvaluationDay ? 1 : 0);
  return failures >= 2 ? NOT_READY : { ready: true, failures };
}
