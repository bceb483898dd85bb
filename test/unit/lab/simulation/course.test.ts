import { describe, expect, it } from "vitest";
import { classified } from "../../../../src/domain/engagement/classify-evidence.ts";
import type { EngagementEvent, LogEvent } from "../../../../src/domain/engagement/events.ts";
import { assessReadiness } from "../../../../src/domain/readiness/assess-readiness.ts";
import { readinessTrack } from "../../../../src/domain/readiness/track.ts";
import { seeded } from "../../../../src/lab/random.ts";
import { Course } from "../../../../src/lab/simulation/course.ts";
import { shippedSequence } from "../../../support/sequence-files.ts";

const found = readinessTrack(shippedSequence("internal"));
if (!found) throw new Error("the sequence has no readiness track");
const track = found;
const HOUR = 3_600_000;
const START = Date.UTC(2026, 3, 6, 14);
const endOf = (day: number) => Date.UTC(2026, 3, 7, 5) + day * 24 * HOUR - 1;
const fact = (event: LogEvent): EngagementEvent => classified(event);

/** Enough of everything to become ready, in an order that chance decides, known when the wire pleases. */
function chancedLog(seed: string): { known: number; event: EngagementEvent }[] {
  const random = seeded(seed);
  const acts = (at: string, id: string): LogEvent[] => [
    { kind: "task-done", id, at, task: "settle-open-items", evidenceText: "All mine." },
    { kind: "task-done", id, at, task: "confirm-a-number", evidenceText: "12 hours" },
    { kind: "task-done", id, at, task: "review-goals", evidenceText: "kept" },
    { kind: "task-done", id, at, task: "what-you-know", evidenceText: "results" },
    { kind: "check-answered", id, at, item: "look-at-first", right: true },
    { kind: "check-answered", id, at, item: "show-first", right: true },
    { kind: "question-asked", id, at, question: "q", text: "Who decides on access?" },
    { kind: "priorities-set", id, at, items: ["a", "b"] },
    { kind: "goal-confirmed", id, at, goal: "g", edited: true },
    { kind: "intent-stated", id, at, intent: "keep" },
    { kind: "reply", id, at, text: "Thank you." },
    { kind: "slot-chosen", id, at, slotAt: at },
    { kind: "open", id, at },
    { kind: "paused", id, at, reason: "away" },
    { kind: "resumed", id, at },
  ];
  const chosen = Array.from({ length: 40 }, (_, number) => {
    const time = START + 1 + random.next() * 20 * 24 * HOUR;
    const at = new Date(Math.floor(time)).toISOString();
    const all = acts(at, `e${number}`);
    const event = all[random.between(0, all.length - 1)];
    return event === undefined ? [] : [{ known: time + random.next() * 48 * HOUR, event: fact(event) }];
  }).flat();
  const repeated = chosen.slice(0, 5).map(({ known, event }) => ({ known: known + HOUR, event }));
  const at = new Date(START).toISOString();
  const enrolled = fact({ kind: "enrolled", id: "enrolled", at, zone: "America/Chicago" });
  return [{ known: START, event: enrolled }, ...[...chosen, ...repeated].sort((a, b) => a.known - b.known)];
}

describe("a simulated course", () => {
  it("says on every day what an assessment of the log so far says, late and repeated facts included", () => {
    const verdicts = new Set<string>();
    for (let seed = 0; seed < 25; seed++) {
      const arrivals = chancedLog(`course/${seed}`);
      const log: EngagementEvent[] = [];
      const course = new Course(track, log);
      for (let day = 0; day < 45; day++) {
        log.push(
          ...arrivals
            .splice(0, arrivals.filter(({ known }) => known <= endOf(day)).length)
            .map((a) => a.event),
        );
        course.endDay(endOf(day));
        const { verdict } = assessReadiness(track, log, new Date(endOf(day)));
        verdicts.add(verdict);
        expect([course.verdict(), course.isReady(), course.isStalled()]).toEqual([
          verdict,
          verdict === "ready",
          verdict === "stalled",
        ]);
      }
    }
    expect([...verdicts].sort()).toEqual(expect.arrayContaining(["on_track", "ready", "stalled"]));
  });
});
