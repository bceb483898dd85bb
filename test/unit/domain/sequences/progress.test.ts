import { describe, expect, it } from "vitest";
import { nextMove } from "../../../../src/domain/sequences/next-move.ts";
import { carryProgress, readProgress, startProgress } from "../../../../src/domain/sequences/progress.ts";
import { diligent, factsOf, mail, sequenceOf, walk } from "./walk.ts";

const MONDAY = "2026-06-01T08:00:00.000Z";

describe("progress", () => {
  it("starts before the first step with nothing done", () => {
    expect(startProgress()).toMatchObject({ position: 0, done: [], nudges: 0, lastSentAt: null });
  });

  it("is read back from a row, older rows included", () => {
    const { progress } = nextMove(sequenceOf([mail("one", 0)]), factsOf(MONDAY), new Date(MONDAY));
    expect(readProgress(JSON.parse(JSON.stringify(progress)))).toEqual(progress);
    expect(readProgress({})).toEqual(startProgress());
    expect(readProgress(null)).toEqual(startProgress());
    expect(() => readProgress({ position: -1 })).toThrow();
  });

  it("carried to an edited version sends no step twice and leaves nobody stuck", () => {
    const before = sequenceOf([mail("one", 0), mail("two", 2), mail("three", 4)]);
    const after = sequenceOf([
      mail("zero", 0),
      mail("two", 1),
      mail("one", 2),
      mail("new", 3),
      mail("three", 4),
    ]);
    const first = walk(before, factsOf(MONDAY), {
      react: diligent(),
      until: new Date("2026-06-04T00:00:00Z"),
    });
    expect(first.sends.map(({ stepKey }) => stepKey)).toEqual(["one", "two"]);
    const moved = { ...first.facts, progress: carryProgress(first.facts.progress, after) };
    const rest = walk(after, moved, { react: diligent() });
    expect(rest.sends.map(({ stepKey }) => stepKey)).toEqual(["new", "three"]);
    expect(rest.end).toBe("complete");
  });

  it("never sends again what is done, even where the position says so", () => {
    const course = sequenceOf([mail("one", 0), mail("two", 2)]);
    const progress = { ...startProgress(), done: ["one"] };
    const result = walk(course, factsOf(MONDAY, { progress }), { react: diligent() });
    expect(result.sends.map(({ stepKey }) => stepKey)).toEqual(["two"]);
  });
});
