import { createHash } from "node:crypto";
import { canonicalJson } from "../engagement/canonical-json.ts";
import { canonicalLog } from "../engagement/classify-evidence.ts";
import type { EngagementEvent } from "../engagement/events.ts";
import { activeTime } from "./active-time.ts";
import type { Evaluation } from "./evaluate.ts";
import { explain } from "./explain.ts";
import { judge } from "./judge.ts";
import type { Ledger } from "./ledger.ts";
import { READINESS_MODEL_VERSION, type Readiness } from "./readiness.ts";
import { replayLog } from "./replay.ts";
import type { ReadinessTrack } from "./track.ts";
import { expectedScore } from "./verdict.ts";

/**
 * How ready one contact is at one instant, and why (domain.md D). Pure: the same log, sequence
 * version and instant give the same bytes. Events in any order, repeated or later than `at` change
 * nothing. Throws when the log has no `enrolled` event by then, which gives start and zone.
 */
export function assessReadiness(
  track: ReadinessTrack,
  events: readonly EngagementEvent[],
  at: Date | string,
): Readiness {
  const until = new Date(at).getTime();
  if (Number.isNaN(until))
    throw new Error(`"${String(at)}" is no instant: write it like 2026-03-28T12:00:00Z.`);
  const log = canonicalLog(events).filter((event) => Date.parse(event.at) <= until);
  const days = activeTime(log, until);
  const replay = replayLog(track, log, days, until);
  const { ledger } = replay;
  const date = Math.max(days.startDate, days.dateOf(until));
  const { evaluation, judged, decision } = judge(replay, track, days, date);
  const { verdict, reason } = decision;
  const paused = days.isPaused(date);
  const confidence = confidenceOf(evaluation, ledger);
  const expected = expectedScore(judged);
  return {
    modelVersion: READINESS_MODEL_VERSION,
    at: new Date(until).toISOString(),
    activeDay: evaluation.day,
    score: evaluation.score,
    expected,
    components: evaluation.components.map(({ strongPoints: _, ...component }) => component),
    gates: evaluation.gates,
    meetingReady: evaluation.meetingReady,
    verdict,
    verdictReason: reason,
    paused,
    confidence,
    strongActs: ledger.strong,
    weakActs: ledger.weak,
    machineSignals: machineSignals(ledger),
    intent: ledger.intent?.value ?? null,
    explanation: explain({ judged, evaluation, verdict, reason, confidence, expected, paused }),
  };
}

/** Canonical JSON of an assessment: two computations agree when these bytes agree. */
export function readinessBytes(readiness: Readiness): string {
  return canonicalJson(readiness);
}

/** SHA-256 of `readinessBytes`, in hex; stored beside every assessment. */
export function readinessHash(readiness: Readiness): string {
  return createHash("sha256").update(readinessBytes(readiness)).digest("hex");
}

/** How much of the score rests on acts with content (domain.md D5). Low is shown as thin evidence. */
function confidenceOf(evaluation: Evaluation, ledger: Ledger): Readiness["confidence"] {
  if (evaluation.score <= 0) return "low";
  const strong = evaluation.components.reduce((sum, component) => sum + component.strongPoints, 0);
  const share = strong / evaluation.score;
  if (share >= 0.8 && ledger.strong >= 6) return "high";
  return share >= 0.5 ? "medium" : "low";
}

function machineSignals({ machine }: Ledger): Readiness["machineSignals"] {
  return {
    opens: machine.opens.length,
    clicks: machine.clicks.length,
    other: machine.other.length,
    eventIds: [...machine.opens, ...machine.clicks, ...machine.other],
  };
}
