import { describe, expect, it } from "vitest";
import { nextMove } from "../../../../src/domain/sequences/next-move.ts";
import { readProgress, startProgress } from "../../../../src/domain/sequences/progress.ts";
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

  it("never sends again what is done, even where the position says so", () => {
    const course = sequenceOf([mail("one", 0), mail("two", 2)]);
    const progress = { ...startProgress(), done: ["one"] };
    const result = walk(course, factsOf(MONDAY, { progress }), { react: diligent() });
    expect(result.sends.map(({ stepKey }) => stepKey)).toEqual(["two"]);
  });
});
