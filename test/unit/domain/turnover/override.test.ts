import { describe, expect, it } from "vitest";
import { inForce, isWaiting, outsideSpan, overridden } from "../../../../src/domain/turnover/override.ts";

const ruled = { value: "high_risk", reasons: ["silent for 12 business days"] } as const;
const word = { outlook: "expect_save", reason: "They signed in person.", untilOn: "2026-03-12" } as const;

describe("a person's word on the outlook (E.7)", () => {
  it("counts only when approved, through its last day, and lapses by itself", () => {
    expect(inForce({ ...word, status: "approved" }, "2026-03-12")).toBe(true);
    expect(inForce({ ...word, status: "approved" }, "2026-03-13")).toBe(false);
    for (const status of ["proposed", "refused", "replaced"])
      expect([status, inForce({ ...word, status }, "2026-03-02")]).toEqual([status, false]);
    expect(isWaiting({ ...word, status: "proposed" }, "2026-03-12")).toBe(true);
    expect(isWaiting({ ...word, status: "proposed" }, "2026-03-13")).toBe(false);
  });

  it("takes the place of the rules with its own reason, and leaves them when there is none", () => {
    expect(overridden(ruled, { ...word, status: "approved" })).toEqual({
      value: "expect_save",
      reasons: ["They signed in person."],
    });
    expect(overridden(ruled, null)).toBe(ruled);
  });

  it("stands for two weeks at most and not for days that have passed", () => {
    expect(outsideSpan("2026-03-16", "2026-03-02")).toBe(null);
    expect(outsideSpan("2026-03-02", "2026-03-02")).toBe(null);
    expect(outsideSpan("2026-03-17", "2026-03-02")).toEqual({ first: "2026-03-02", last: "2026-03-16" });
    expect(outsideSpan("2026-03-01", "2026-03-02")).not.toBe(null);
  });
});
