import { describe, expect, it } from "vitest";
import type { EngagementEvent } from "../../../../src/domain/engagement/events.ts";
import { assessReadiness } from "../../../../src/domain/readiness/assess-readiness.ts";
import { readinessTrack } from "../../../../src/domain/readiness/track.ts";
import { imani, instant, on } from "../../../support/readiness-builders.ts";
import { shippedSequence } from "../../../support/sequence-files.ts";

/** What D6 calls item 1, task 1 and so on, in the file that ships. Item 1 has two questions. */
const ITEMS: Readonly<Record<string, readonly string[]>> = {
  "item-1": ["what-good-looks-like", "one-change"],
  "item-2": ["your-setup"],
  "item-3": ["before-you-change"],
  "item-4": ["check-on-yourself"],
  "item-5": ["a-useful-priority"],
};
const TASKS: Readonly<Record<string, string>> = {
  "task-1": "about-you",
  "task-2": "what-good-means-here",
  "task-3": "recognise-your-setup",
  "task-4": "result-to-protect",
  "task-5": "do-one-real-thing",
};

function asShipped(event: EngagementEvent): EngagementEvent[] {
  if (event.kind === "task-done") return [{ ...event, task: TASKS[event.task] ?? event.task }];
  if (event.kind === "page-visit") return [{ ...event, item: "goals-page" }];
  if (event.kind !== "check-answered" && event.kind !== "resource-confirmed") return [event];
  return (ITEMS[event.item] ?? []).map((item) => ({ ...event, item, id: `${event.id}.${item}` }));
}

/** She edits goal 1 on day 14, which is what the plan's task asks for. */
const log = [
  ...imani().flatMap(asShipped),
  on(14, "10:01", {
    kind: "task-done",
    task: "edit-the-plan",
    evidenceText: "Waiting times by ward, from May",
  }),
];
const onDay = (day: number) => {
  const track = readinessTrack(shippedSequence("external-new-function"));
  if (!track) throw new Error("the sequence has no readiness track");
  return assessReadiness(track, log, instant(day, "20:00"));
};

describe("the worked example of D6 on the sequence that ships", () => {
  it("scores 65.55 on day 15 and is on track", () => {
    expect(onDay(15)).toMatchObject({ score: 65.55, expected: 52.5, verdict: "on_track" });
  });

  it("scores 78.36 on day 16 and is ready", () => {
    expect(onDay(16)).toMatchObject({
      score: 78.36,
      verdict: "ready",
      confidence: "high",
      meetingReady: true,
    });
  });

  it("counts six tasks and names the fifth as the nearest way", () => {
    const { text } = onDay(15).explanation;
    expect(text).toContain("4 of 6 tasks");
    expect(text).toContain("task 5 'Do one real thing' (+5)");
  });

  it("is stalled on day 32 after silence", () => {
    expect(onDay(32).verdict).toBe("stalled");
  });
});
