import { describe, expect, it } from "vitest";
import { judgeComplaints, reachOfRefusal } from "../../../../src/domain/sending/complaint-rate.ts";

describe("complaints about a program", () => {
  it.each([
    [499, 5, "fine"],
    [1_000, 0, "fine"],
    [1_001, 1, "fine"],
    [1_000, 1, "warn"],
    [1_000, 2, "warn"],
    [1_000, 3, "pause"],
    [500, 2, "pause"],
  ])("of %i mails %i: %s", (mails, complaints, judged) => {
    expect(judgeComplaints({ mails, complaints })).toBe(judged);
  });
});

describe("a refusal", () => {
  it.each([
    ["5.7.1", "program"],
    ["5.7.606", "program"],
    ["5.7.26", "everything"],
    ["5.7.515", "everything"],
    ["5.1.1", null],
    ["4.7.1", null],
    [null, null],
  ])("with %s reaches %s", (status, reach) => {
    expect(reachOfRefusal(status)).toBe(reach);
  });
});
