import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Sequence } from "../../../../src/domain/sequences/sequence.ts";
import { diffVersions, diffWords } from "../../../../src/domain/sequences/version-diff.ts";
import { shippedSequence } from "../../../support/sequence-files.ts";
import { mail, sequenceOf, variantB } from "./walk.ts";

const whats = (older: Sequence, newer: Sequence) =>
  diffVersions(older, newer).steps.map(({ key, kind, changes }) => [
    key,
    kind,
    changes.map(({ what }) => what),
  ]);

describe("what changed between two versions", () => {
  it("is nothing between a version and itself", () => {
    for (const key of ["internal", "external-new-function", "ex-competitor", "sponsor-brief"]) {
      const sequence = shippedSequence(key);
      expect(diffVersions(sequence, sequence)).toEqual({ sequence: [], steps: [] });
    }
  });

  it("does not depend on the order of keys, which a database does not keep", () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, one]) => [name, reversed(one)]),
      );
    };
    const sequence = shippedSequence("internal");
    expect(diffVersions(reversed(sequence) as Sequence, sequence)).toEqual({ sequence: [], steps: [] });
  });

  it("is told step by step: the subject word by word, the day, the task that was added", () => {
    const older = sequenceOf([mail("first", 0, { subject: "The first thing" }), mail("second", 2)]);
    const task = { type: "task", key: "more", text: "Do this too", minutes: 1 };
    const newer = sequenceOf([
      mail("first", 0, { subject: "The very first thing" }),
      { ...(mail("second", 3) as object), blocks: [...(older.steps[1]?.blocks ?? []), task] },
    ]);
    const [first, second] = diffVersions(older, newer).steps;
    expect(first).toMatchObject({ position: 1, kind: "changed" });
    expect(first?.changes).toEqual([
      {
        what: "Subject changed",
        words: [
          { kind: "same", text: "The " },
          { kind: "added", text: "very " },
          { kind: "same", text: "first thing" },
        ],
      },
    ]);
    expect(second?.changes.map(({ what }) => what)).toEqual(["Day changed", "Task added"]);
  });

  it("names steps that came, went, or changed places, and only those", () => {
    const older = sequenceOf([mail("a", 0), mail("b", 2), mail("c", 4)]);
    const newer = sequenceOf([mail("new", 0), mail("a", 0), mail("c", 4)]);
    expect(whats(older, newer)).toEqual([
      ["new", "added", []],
      ["b", "removed", []],
    ]);
    const swapped = sequenceOf([mail("b", 2), mail("a", 2), mail("c", 4)]);
    expect(whats(older, swapped).map(([key]) => key)).toEqual(["b", "a"]);
  });

  it("says what became of gates, variant B and the program as a whole", () => {
    const older = sequenceOf([mail("a", 0, { variantB: variantB("a") })]);
    const gate = { all: [{ taskDone: "x" }], onFail: "skip" as const };
    const newer = sequenceOf([mail("a", 0, { gate })], { goal: "Ready sooner", hold: "1 week" });
    const diff = diffVersions(older, newer);
    expect(diff.sequence.map(({ what }) => what)).toEqual(["Goal changed", "Hold changed"]);
    expect(diff.steps[0]?.changes.map(({ what }) => what)).toEqual(["Variant B removed", "Gate changed"]);
  });

  it("shows neighbouring changes as one", () => {
    expect(diffWords("What is in flight this month", "What is in flight just now")).toEqual([
      { kind: "same", text: "What is in flight " },
      { kind: "removed", text: "this month" },
      { kind: "added", text: "just now" },
    ]);
  });

  it("loses no word of either text", () => {
    const text = fc.array(fc.constantFrom("one", "two", "three", "\n", "{{contact.name}}", "é"), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, text, (was, is) => {
        const [older, newer] = [was.join(" "), is.join(" ")];
        const words = diffWords(older, newer);
        const without = (kind: "added" | "removed") =>
          words
            .filter((run) => run.kind !== kind)
            .map((run) => run.text)
            .join("");
        expect(without("added")).toBe(older);
        expect(without("removed")).toBe(newer);
      }),
      { numRuns: 200 },
    );
  });
});
