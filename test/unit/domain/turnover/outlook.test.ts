import { describe, expect, it } from "vitest";
import { type OutlookFacts, outlookOf } from "../../../../src/domain/turnover/outlook.ts";
import { type PlanFacts, recoveryPlan } from "../../../../src/domain/turnover/recovery-plan.ts";

const fine: OutlookFacts = {
  roleOutcome: "replacing",
  verdict: "on_track",
  intent: "keep",
  coveragePercent: 50,
  sponsorReached: true,
  replacementKnown: true,
  daysAtRisk: 20,
  daysToRenewal: 200,
  planPercent: 65,
  replacementType: "external_new_function",
  stalledDays: 0,
  hasEvidence: true,
  severity: 3,
};
const outlook = (more: Partial<OutlookFacts>) => outlookOf({ ...fine, ...more });

describe("the outlook of a case (E.7)", () => {
  it("expects to keep the customer when no rule speaks against it, and says why", () => {
    expect(outlook({}).value).toBe("expect_save");
    expect(outlook({}).reasons).toHaveLength(1);
  });

  it("is high risk by any single rule, with that rule in words", () => {
    const rules: Partial<OutlookFacts>[] = [
      { roleOutcome: "leaving_space" },
      { verdict: "at_risk" },
      { verdict: "unreachable" },
      { intent: "replace" },
      { coveragePercent: 0, sponsorReached: false },
      { replacementKnown: false, daysAtRisk: 43 },
      { daysToRenewal: 60, planPercent: 50 },
      { daysAtRisk: 55, planPercent: 70 },
      { stalledDays: 11 },
      { hasEvidence: false },
      { daysAtRisk: 2, severity: 3 },
    ];
    for (const rule of rules) {
      const judged = outlook(rule);
      expect(judged.value).toBe("high_risk");
      expect(judged.reasons.length).toBeGreaterThan(0);
    }
  });

  it("trusts a new case of low severity", () => {
    expect(outlook({ daysAtRisk: 2, severity: 2, planPercent: 40 }).value).toBe("expect_save");
  });
});

const start: PlanFacts = {
  status: "detected",
  hasInterim: false,
  sponsorReached: false,
  replacementKnown: false,
  firstAct: false,
  tasksDone: 0,
  tasksTotal: 0,
  meetingReady: false,
  meetingHeld: false,
  planAgreed: false,
  trackComplete: false,
  intentKept: false,
};

describe("the recovery plan", () => {
  it("climbs by its stages, and a later one stands for those before it", () => {
    const percent = (more: Partial<PlanFacts>) => recoveryPlan({ ...start, ...more }).percent;
    expect(percent({})).toBe(0);
    expect(percent({ status: "triaged" })).toBe(10);
    expect(percent({ replacementKnown: true })).toBe(40);
    expect(percent({ firstAct: true, tasksDone: 1, tasksTotal: 3 })).toBe(50);
    expect(percent({ firstAct: true, tasksDone: 2, tasksTotal: 3 })).toBe(65);
    expect(percent({ meetingReady: true })).toBe(80);
    expect(percent({ meetingHeld: true, planAgreed: true })).toBe(90);
    expect(percent({ meetingHeld: true, planAgreed: true, trackComplete: true, intentKept: true })).toBe(100);
  });
});
