import { describe, expect, it } from "vitest";
import {
  changedGoals,
  type Goal,
  newGoalKey,
  planChange,
  planHash,
  planState,
} from "../../../../src/domain/accounts/success-plan.ts";

const goal: Goal = { key: "reach", statement: "Reach 40 % of members", status: "on_track" };

describe("the success plan", () => {
  it("S0-15: stays partly accepted until the third acceptance", () => {
    expect(planState([])).toBe("proposed");
    expect(planState(["contact", "sponsor"])).toBe("partly_accepted");
    expect(planState(["contact", "contact", "csm"])).toBe("partly_accepted");
    expect(planState(["csm", "contact", "sponsor"])).toBe("agreed");
  });

  it("is unchanged when every goal is kept, and keeps a dropped goal readable", () => {
    expect(changedGoals([goal], [{ goal: "reach", decision: "keep" }]).changed).toBe(false);
    const dropped = changedGoals([goal], [{ goal: "reach", decision: "drop" }]);
    expect(dropped).toEqual({ goals: [{ ...goal, status: "dropped" }], changed: true });
  });

  it("S0-18: what was accepted is known by its hash", () => {
    const plan = { version: 1, direction: "", goals: [goal] };
    expect(planHash(plan)).toBe(planHash({ ...plan }));
    expect(planHash(plan)).not.toBe(planHash({ ...plan, version: 2 }));
  });

  it("S0-15: words, measure, date and dropping change the agreement; how far a goal has come does not", () => {
    const plan = { direction: "Grow", goals: [goal] };
    const withGoal = (more: Partial<Goal>) => ({ direction: "Grow", goals: [{ ...goal, ...more }] });
    expect(planChange(plan, withGoal({}))).toBe("none");
    expect(planChange(plan, withGoal({ status: "at_risk" }))).toBe("progress");
    for (const more of [
      { statement: "Reach half" },
      { metric: "members" },
      { target: "50 %" },
      { byDate: "2026-09-01" },
      { status: "dropped" as const },
    ])
      expect([more, planChange(plan, withGoal(more))]).toEqual([more, "terms"]);
    expect(planChange(plan, { ...plan, direction: "Shrink" })).toBe("terms");
    expect(planChange(plan, { ...plan, goals: [] })).toBe("terms");
    const hash = (one: { direction: string; goals: Goal[] }) => planHash({ version: 1, ...one });
    expect(hash(withGoal({ status: "done" }))).toBe(hash(plan));
    expect(hash(withGoal({ status: "dropped" }))).not.toBe(hash(plan));
  });

  it("gives a new goal a key that no other has", () => {
    expect(newGoalKey([])).toBe("goal-1");
    expect(newGoalKey(["goal-1", "reach", "goal-2"])).toBe("goal-3");
  });
});
