import { describe, expect, it } from "vitest";
import { placeInCourse } from "../../../../src/domain/sequences/course-place.ts";
import type { Sequence } from "../../../../src/domain/sequences/sequence.ts";
import { shippedSequence } from "../../../support/sequence-files.ts";

const places = (sequence: Sequence) =>
  Object.fromEntries(sequence.steps.map((step) => [step.key, placeInCourse(sequence, step)]));

describe("where a mail stands in its course", () => {
  it("counts the mails that everybody gets", () => {
    const found = places(shippedSequence("external-new-function"));
    expect(found["start-here"]).toEqual({ number: 1, of: 10, extra: false });
    expect(found["use-thirty-minutes"]).toEqual({ number: 10, of: 10, extra: false });
  });

  it("gives a mail that only some get no number of its own", () => {
    const found = places(shippedSequence("internal"));
    expect(found["agreed-goals"]).toEqual({ number: 2, of: 6, extra: false });
    expect(found["basics-everyday-work"]).toEqual({ number: 2, of: 6, extra: true });
    expect(found["in-flight"]).toEqual({ number: 3, of: 6, extra: false });
    expect(found["pick-a-time"]).toEqual({ number: 6, of: 6, extra: false });
  });

  it("says nothing to a sponsor, to a CSM, of a single mail, or where a branch leads around mails", () => {
    expect(Object.values(places(shippedSequence("sponsor-brief"))).every((place) => place === null)).toBe(
      true,
    );
    const competitor = shippedSequence("ex-competitor");
    expect(places(competitor)["prep-card"]).toBeNull();
    expect(places(competitor)["same-job-new-words"]).toEqual({ number: 1, of: 8, extra: false });
    const [first] = competitor.steps;
    if (first === undefined) throw new Error("no steps");
    expect(placeInCourse({ ...competitor, steps: [first] }, first)).toBeNull();
    const branching = {
      ...first,
      branch: [{ when: { eventSeen: "x" }, goTo: "y" }],
    } as unknown as typeof first;
    expect(
      placeInCourse({ ...competitor, steps: [branching, ...competitor.steps.slice(1)] }, first),
    ).toBeNull();
  });
});
