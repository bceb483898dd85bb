import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSequence } from "../../src/domain/sequences/read-sequence.ts";
import { simulate, UNSEEN_SEEDS } from "../../src/lab/simulate.ts";

const sequences = ["internal", "external-new-function", "ex-competitor"].map((key) => {
  const file = new URL(`../../sequences/${key}.yaml`, import.meta.url);
  const read = readSequence(readFileSync(file, "utf8"), `${key}.yaml`);
  if (!read.ok) throw new Error(`${key}.yaml does not read: ${read.problems[0]?.message ?? ""}`);
  return read.sequence;
});

describe("the shipped programs, played by modelled readers on seeds that nothing was tuned on (domain.md D10)", () => {
  it("meet every bar of precision and recall, and machines make nobody ready", () => {
    const { bars, runs } = simulate({ sequences, perCell: 15, seeds: UNSEEN_SEEDS, shifts: [1] });
    expect(bars.map(({ bar, met, found }) => (met ? bar : `${bar}: missed with ${found}`))).toEqual([
      "precision of ready at least 0.95 per track",
      "its Wilson low at least 0.93",
      "recall at least 0.80 on ordinary personas",
      "no false ready from machines alone",
    ]);
    // What counting opens and clicks would have said, beside it.
    for (const track of runs[0]?.tracks ?? []) {
      expect(track.naivePrecision?.share).toBeLessThan(0.6);
      expect(track.naiveMachineOnly).toBeGreaterThan(0);
    }
  });
});
