import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysAtRisk, detectionLagDays, learnedWhen } from "../../../../src/domain/turnover/learned-when.ts";
import { coveragePercent, severity } from "../../../../src/domain/turnover/severity.ts";

const calm = {
  destination: "unknown",
  sponsorLeaves: false,
  coveragePercent: 50,
  daysToRenewal: 200,
  health: null,
};

describe("severity (domain.md B2)", () => {
  it("is 2, one less when the person stays in the house (A1), one more for what makes it worse", () => {
    expect(severity(calm)).toBe(2);
    expect(severity({ ...calm, destination: "internal" })).toBe(1);
    expect(severity({ ...calm, destination: "external", daysToRenewal: 90 })).toBe(4);
  });

  it("never leaves 1 to 5", () => {
    const facts = fc.record({
      destination: fc.constantFrom("external", "internal", "unknown", "retired", "leave"),
      sponsorLeaves: fc.boolean(),
      coveragePercent: fc.constantFrom(0, 25, 100),
      daysToRenewal: fc.option(fc.integer({ min: -50, max: 400 })),
      health: fc.option(fc.integer({ min: 0, max: 100 })),
    });
    fc.assert(
      fc.property(facts, (one) => {
        expect(severity(one)).toBeGreaterThanOrEqual(1);
        expect(severity(one)).toBeLessThanOrEqual(5);
      }),
    );
  });

  it("coverage counts filled roles, and nobody who has left", () => {
    expect(
      coveragePercent([
        { id: "a", roles: ["decision_maker"] },
        { id: "b", roles: ["poc", "super_user"] },
      ]),
    ).toBe(75);
    expect(coveragePercent([{ id: "a", roles: ["champion", "departed"] }])).toBe(0);
  });
});

describe("when we learned (S1-9, S1-12)", () => {
  it("compares days in the account's own zone", () => {
    const lateEvening = new Date("2026-03-16T23:30:00Z");
    expect(learnedWhen(lateEvening, "2026-03-16", "America/Denver")).toBe("pre");
    expect(learnedWhen(lateEvening, "2026-03-16", "Europe/Oslo")).toBe("post");
    expect(learnedWhen(lateEvening, null, "UTC")).toBe("unknown");
  });

  it("A2: found three days after leaving; the lag is never negative", () => {
    expect(detectionLagDays(new Date("2026-01-26T15:00:00Z"), "2026-01-23", "America/Toronto")).toBe(3);
    expect(detectionLagDays(new Date("2026-01-20T15:00:00Z"), "2026-01-23", "America/Toronto")).toBe(0);
  });

  it("A7: 45 days at risk from the day the bounce was found", () => {
    const facts = { detectedAt: new Date("2026-02-13T10:00:00Z"), effectiveOn: null, closedAt: null };
    expect(daysAtRisk(facts, "Europe/London", new Date("2026-03-30T14:00:00Z"))).toBe(45);
  });
});
