import { describe, expect, it } from "vitest";
import { differenceInWords, type TrackLength } from "../../../../src/domain/sequences/compare-tracks.ts";

const length = (mails: number, days: number): TrackLength => ({ mails, days, firstAt: null, lastAt: null });

describe("what differs between two tracks", () => {
  it("says more or fewer mails and longer or shorter", () => {
    expect(differenceInWords(length(10, 24), length(6, 11))).toBe(
      "4 mails more, 13 days longer than the proposed one",
    );
    expect(differenceInWords(length(5, 10), length(6, 11))).toBe(
      "1 mail fewer, 1 day shorter than the proposed one",
    );
    expect(differenceInWords(length(6, 12), length(6, 11))).toBe("1 day longer than the proposed one");
    expect(differenceInWords(length(6, 11), length(6, 11))).toBe(
      "As many mails in as many days as the proposed one",
    );
  });
});
