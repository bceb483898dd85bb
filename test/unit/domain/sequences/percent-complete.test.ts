import { describe, expect, it } from "vitest";
import { percentComplete, stepsDone } from "../../../../src/domain/sequences/percent-complete.ts";

const KEYS = ["a", "b", "c", "d"];

describe("how far a program has come", () => {
  it("counts the steps that went out, of those that are not skipped", () => {
    // A skipped step is passed too; it stands in neither number.
    const steps = stepsDone(KEYS, { done: ["a", "b"], skipped: ["b"] }, false);
    expect(steps).toEqual({ done: 1, total: 3 });
    expect(percentComplete(steps)).toBe(33);
  });

  it("counts no step that the version does not have", () => {
    expect(stepsDone(KEYS, { done: ["a", "of another version"], skipped: [] }, false)).toEqual({
      done: 1,
      total: 4,
    });
  });

  it("is at its end when the program is completed, whatever was held back", () => {
    expect(percentComplete(stepsDone(KEYS, { done: ["a"], skipped: ["d"] }, true))).toBe(100);
  });

  it("is 0 without a program, and for one whose every step was skipped", () => {
    expect(percentComplete(null)).toBe(0);
    expect(percentComplete(stepsDone(["a"], { done: [], skipped: ["a"] }, false))).toBe(0);
  });
});
