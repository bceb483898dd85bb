import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Available,
  chooseSequence,
  type Situation,
} from "../../../../src/domain/sequences/choose-sequence.ts";
import type { Sequence } from "../../../../src/domain/sequences/sequence.ts";
import { shippedSequence } from "../../../support/sequence-files.ts";

const sequences = ["internal", "external-new-function", "ex-competitor", "sponsor-brief"].map(
  shippedSequence,
);
const available: Available = { sequences, competitorKeys: ["mailharbor", "brontide-analytics"] };
const situation = (over: Partial<Situation> = {}): Situation => ({
  roleOutcome: "replacing",
  replacementType: "internal",
  segment: "mid_market",
  productKey: "campaigns",
  competitorKey: null,
  ...over,
});
const with_ = (sequence: Sequence, over: Partial<Sequence>): Sequence => ({ ...sequence, ...over });

describe("choosing the sequence for a case", () => {
  it.each([
    ["internal", "internal"],
    ["external_new_function", "external-new-function"],
    ["ex_competitor", "ex-competitor"],
  ] as const)("S1-21, S1-22, S1-23: %s gets %s with the sponsor brief beside it", (replacementType, key) => {
    expect(chooseSequence(situation({ replacementType }), available)).toMatchObject({
      kind: "sequence",
      key,
      sponsorKey: "sponsor-brief",
    });
  });

  it("says in words why", () => {
    expect(chooseSequence(situation(), available)).toMatchObject({
      reason: '"Internal replacement", because somebody from inside the account takes over.',
    });
  });

  it("sends no education mail at all when the account leaves the space", () => {
    const choice = chooseSequence(situation({ roleOutcome: "leaving_space" }), available);
    expect(choice).toMatchObject({
      kind: "none",
      reason: expect.stringContaining("No education mail at all"),
    });
  });

  it("chooses internal when a colleague takes the role on top of their own", () => {
    expect(chooseSequence(situation({ roleOutcome: "merging" }), available)).toMatchObject({
      key: "internal",
      reason: expect.stringContaining("merged"),
    });
  });

  it("says what is missing when nobody has said who takes over", () => {
    for (const roleOutcome of ["replacing", "merging", "unknown"] as const) {
      expect(chooseSequence(situation({ roleOutcome, replacementType: null }), available)).toMatchObject({
        kind: "none",
        reason: expect.stringContaining("Enter the replacement type"),
      });
    }
  });

  it("S1-23: sends the general text and gives the CSM a task when the competitor is unknown", () => {
    const from = (competitorKey: string | null) =>
      chooseSequence(situation({ replacementType: "ex_competitor", competitorKey }), available);
    expect(from("mailharbor")).toMatchObject({ key: "ex-competitor", csmTask: null });
    expect(from(null)).toMatchObject({
      key: "ex-competitor",
      csmTask: expect.stringContaining("Ask which product"),
    });
    expect(from("driftpost")).toMatchObject({
      key: "ex-competitor",
      csmTask: expect.stringContaining('"driftpost"'),
    });
  });

  it("prefers what is written for the product, then for the segment", () => {
    const internal = shippedSequence("internal");
    const applies = { replacement: ["internal" as const], roleOutcome: [], segments: [], products: [] };
    const more = [
      with_(internal, { key: "a-segment", appliesTo: { ...applies, segments: ["mid_market"] } }),
      with_(internal, { key: "b-product", appliesTo: { ...applies, products: ["campaigns"] } }),
      with_(internal, { key: "c-other", appliesTo: { ...applies, products: ["insight"] } }),
    ];
    const choose = (over: Partial<Situation>) =>
      chooseSequence(situation(over), { ...available, sequences: [...sequences, ...more] });
    expect(choose({})).toMatchObject({ key: "b-product" });
    expect(choose({ productKey: "other" })).toMatchObject({ key: "a-segment" });
    expect(choose({ productKey: "other", segment: "smb" })).toMatchObject({ key: "internal" });
  });

  it("says what would have to be published when nothing fits", () => {
    expect(chooseSequence(situation(), { ...available, sequences: [] })).toMatchObject({
      kind: "none",
      reason: expect.stringContaining("Publish one whose applies-to names them"),
    });
  });

  it("S1-26: gives the same answer for the same situation, whatever order the files come in", () => {
    fc.assert(
      fc.property(
        fc.record({
          roleOutcome: fc.constantFrom("replacing", "merging", "leaving_space", "unknown"),
          replacementType: fc.constantFrom("internal", "external_new_function", "ex_competitor", null),
          segment: fc.constantFrom("enterprise", "smb"),
          productKey: fc.constantFrom("campaigns", "insight"),
          competitorKey: fc.constantFrom("mailharbor", "driftpost", null),
        }),
        fc.shuffledSubarray(sequences, { minLength: sequences.length }),
        (any, shuffled) => {
          const one = JSON.stringify(chooseSequence(any, available));
          const two = JSON.stringify(chooseSequence(any, { ...available, sequences: shuffled }));
          if (one !== two) throw new Error(`${one} is not ${two}`);
        },
      ),
    );
    expect(chooseSequence(situation(), available)).toEqual(chooseSequence(situation(), available));
  });
});
