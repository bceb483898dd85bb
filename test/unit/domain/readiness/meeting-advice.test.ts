import { describe, expect, it } from "vitest";
import { meetingAdvice } from "../../../../src/domain/readiness/meeting-advice.ts";
import type { Agenda, Readiness } from "../../../../src/domain/readiness/readiness.ts";

function readiness(more: Partial<Readiness>): Readiness {
  return {
    modelVersion: "readiness-1",
    at: "2026-03-02T09:00:00.000Z",
    activeDay: 5,
    score: 40,
    expected: 50,
    components: [],
    gates: [],
    meetingReady: false,
    verdict: "warming",
    verdictReason: "the verdict's reason",
    paused: false,
    confidence: "medium",
    strongActs: 1,
    weakActs: 1,
    machineSignals: { opens: 0, clicks: 0, other: 0, eventIds: [] },
    intent: null,
    explanation: {
      headline: "",
      done: [],
      missing: [{ text: "at least 1 ranked priority: 0 given", eventIds: [] }],
      notCounted: null,
      lastAct: null,
      expected: null,
      nextAction: "",
      text: "",
    },
    ...more,
  };
}
const nothing: Agenda = { items: [], byMail: [], emptyReason: "no agenda yet - ask for one priority" };
const something: Agenda = {
  items: [{ kind: "question", text: "?", why: "", minutes: 3, lead: "csm", eventIds: [] }],
  byMail: [],
  emptyReason: null,
};

describe("whether to meet now", () => {
  it("meets who asked to meet, even at risk", () => {
    const asked = { state: "requested", when: null };
    expect(meetingAdvice(readiness({ verdict: "at_risk" }), nothing, asked).kind).toBe("meet");
  });

  it("says the date of a meeting that is booked", () => {
    const booked = { state: "booked", when: "Thursday 5 March, 10:00" };
    expect(meetingAdvice(readiness({}), nothing, booked)).toEqual({
      kind: "booked",
      reason: "a meeting is booked for Thursday 5 March, 10:00",
    });
  });

  it("calls who is at risk instead of inviting them", () => {
    expect(meetingAdvice(readiness({ verdict: "at_risk" }), something, null)).toEqual({
      kind: "call",
      reason: "the verdict's reason",
    });
  });

  it("D9: calls who looks at alternatives or wants to leave, however ready they are", () => {
    for (const intent of ["review_alternatives", "replace"] as const) {
      const ready = readiness({ verdict: "ready", meetingReady: true, intent });
      expect(meetingAdvice(ready, something, null).kind).toBe("call");
    }
    expect(meetingAdvice(readiness({ verdict: "ready", intent: "keep" }), something, null).kind).toBe("meet");
  });

  it("meets who is ready and has a topic, and waits for a topic where there is none", () => {
    const ready = readiness({ verdict: "ready", meetingReady: true });
    expect(meetingAdvice(ready, something, null).kind).toBe("meet");
    expect(meetingAdvice(ready, nothing, null)).toEqual({
      kind: "wait",
      reason: "no agenda yet - ask for one priority",
    });
  });

  it("waits, and says for what, while somebody is not ready", () => {
    expect(meetingAdvice(readiness({}), something, null)).toEqual({
      kind: "wait",
      reason: "missing for ready: at least 1 ranked priority: 0 given",
    });
  });

  it("waits for who is away, cannot be reached, or has not begun", () => {
    const ready = { verdict: "ready", paused: true } as const;
    expect(meetingAdvice(readiness(ready), something, null).reason).toContain("away");
    expect(meetingAdvice(readiness({ verdict: "unreachable" }), something, null).kind).toBe("wait");
    expect(meetingAdvice(null, null, null).reason).toBe("their program has not begun");
  });
});
