import { describe, expect, it } from "vitest";
import { assessReadiness, readinessHash } from "../../../../src/domain/readiness/assess-readiness.ts";
import { imani, instant, trackOf } from "../../../support/readiness-builders.ts";

const track = trackOf("external_new_function");
const onDay = (day: number) => assessReadiness(track, imani(), instant(day, "20:00"));
const points = (day: number) => Object.fromEntries(onDay(day).components.map((c) => [c.id, c.points]));

describe("the worked example of Imani Okafor (domain.md D6)", () => {
  it("scores 65.55 on day 15 and is on track", () => {
    const readiness = onDay(15);
    expect(readiness.score).toBe(65.55);
    expect(points(15)).toEqual({
      knowledge: 14.8,
      tasks: 18,
      priorities: 15,
      questions: 12.75,
      reciprocity: 4,
      visits: 1,
    });
    expect(readiness.expected).toBe(52.5);
    expect(readiness.verdict).toBe("on_track");
    expect(readiness.gates.filter((gate) => !gate.passed).map((gate) => gate.id)).toEqual(["G1"]);
  });

  it("scores 78.36 on day 16 and is ready with high confidence", () => {
    const readiness = onDay(16);
    expect(readiness.score).toBe(78.36);
    expect(points(16)).toEqual({
      knowledge: 19.61,
      tasks: 23,
      priorities: 15,
      questions: 12.75,
      reciprocity: 8,
      visits: 0,
    });
    expect(readiness).toMatchObject({ verdict: "ready", confidence: "high", meetingReady: true });
  });

  it("fades in silence: 75.01 on day 24, 70.69 on day 30, 70.03 on day 31", () => {
    expect([24, 30, 31].map((day) => onDay(day).score)).toEqual([75.01, 70.69, 70.03]);
  });

  it("stays ready on day 31, when the last act is 15 days old for the first time, and is stalled on day 32", () => {
    expect(onDay(30)).toMatchObject({ verdict: "ready", meetingReady: true });
    expect(onDay(31)).toMatchObject({ verdict: "ready", meetingReady: false });
    expect(
      onDay(31)
        .gates.filter((gate) => !gate.passed)
        .map((gate) => gate.id),
    ).toEqual(["G5"]);
    expect(onDay(32)).toMatchObject({ verdict: "stalled", meetingReady: false });
  });

  it("says so in the words of D7, with what it ignored", () => {
    expect(onDay(15).explanation.text).toBe(
      "On track (66/100, solid evidence). They have done 4 of 6 tasks (3 with evidence), got 2 of 3 checks right, " +
        "read 1 resource, ranked 2 priorities, asked 2 questions, edited 1 goal, stated intent keep and replied. " +
        "Why: 65.55 points, at least 42 by today. " +
        "Missing for ready: 4.5 points - the nearest way is task 5 'Do one real thing' (+5). " +
        "Not counted: 9 opens and 7 clicks look machine-made. Last own act: yesterday. Expected by today: 53. " +
        "Next: ask for task 5 'Do one real thing' when you next write.",
    );
  });

  it("gives the same bytes when computed again", () => {
    expect(readinessHash(onDay(16))).toBe(readinessHash(onDay(16)));
    expect(readinessHash(onDay(16))).not.toBe(readinessHash(onDay(17)));
  });
});
