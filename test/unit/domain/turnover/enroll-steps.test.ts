import { describe, expect, it } from "vitest";
import {
  type Answers,
  likelyDestination,
  likelyLeaver,
  likelySuccessor,
  mayStandOn,
  nextOpenStep,
} from "../../../../src/domain/turnover/enroll-steps.ts";

const NOTHING: Answers = {
  departedContactId: null,
  destination: "unknown",
  roleOutcome: "unknown",
  status: "detected",
  replacementContactId: null,
  replacementType: null,
  chosenPace: null,
};
const answered = (more: Partial<Answers>): Answers => ({ ...NOTHING, ...more });

describe("the first open question of a case", () => {
  it("goes from who left to the confirmation as answers come", () => {
    const left = answered({ departedContactId: "a" });
    const where = { ...left, destination: "external", roleOutcome: "replacing", status: "triaged" };
    const who = { ...where, replacementContactId: "b", replacementType: "internal" };
    expect([NOTHING, left, where, who, { ...who, chosenPace: "normal" }].map(nextOpenStep)).toEqual([
      "left",
      "where",
      "successor",
      "track",
      "confirm",
    ]);
  });

  it("takes 'not known' for an answer once somebody was asked", () => {
    expect(nextOpenStep(answered({ departedContactId: "a", status: "triaged" }))).toBe("successor");
  });

  it("asks nothing more of an account that gives up this kind of work", () => {
    const leaving = answered({ departedContactId: "a", roleOutcome: "leaving_space", status: "triaged" });
    expect(nextOpenStep(leaving)).toBe("waiting");
    expect([mayStandOn("where", leaving), mayStandOn("track", leaving)]).toEqual([true, false]);
  });

  it("opens the program with the proposed track, but never a page that has nothing to stand on", () => {
    const who = answered({
      departedContactId: "a",
      status: "replacement_identified",
      replacementContactId: "b",
      replacementType: "internal",
    });
    expect(mayStandOn("confirm", who)).toBe(true);
    expect(mayStandOn("track", { ...who, replacementType: null })).toBe(false);
    expect(mayStandOn("successor", NOTHING)).toBe(false);
  });
});

describe("what can be guessed", () => {
  const poc = { id: "poc", roles: ["poc"] };
  const boss = { id: "boss", roles: ["decision_maker"] };
  const user = { id: "user", roles: ["end_user"] };

  it("S0-1: a promotion stays in the house", () => {
    expect(likelyDestination("promotion")).toBe("internal");
    expect(likelyDestination("new_job")).toBe("external");
    expect(likelyDestination(null)).toBe("unknown");
  });

  it("chooses the only main contact, and nobody when there are two", () => {
    expect(likelyLeaver([boss, poc, user], "boss")).toBe("poc");
    expect(likelyLeaver([poc, { id: "second", roles: ["poc"] }], null)).toBeNull();
    expect(likelyLeaver([boss, user], "boss")).toBe("user");
    expect(likelyLeaver([{ id: "gone", roles: ["poc", "departed"] }], null)).toBeNull();
  });

  it("chooses who takes over only when one person remains", () => {
    expect(likelySuccessor([boss, poc, user], "poc", "boss")).toBe("user");
    expect(likelySuccessor([boss, poc], "poc", "boss")).toBeNull();
    expect(likelySuccessor([boss, poc, user, { id: "other", roles: [] }], "poc", "boss")).toBeNull();
  });
});
