import { describe, expect, it } from "vitest";
import {
  changedGoals,
  type Goal,
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
});
