import { describe, expect, it } from "vitest";
import { eventsOfAct } from "../../../../src/lab/simulation/act-events.ts";
import { shippedSequence } from "../../../support/sequence-files.ts";

const AT = "2026-04-08T15:00:00.000Z";
const competitor = shippedSequence("ex-competitor");

describe("an act in the simulated log", () => {
  it("does every task that asks for its form, whichever mail it stands in", () => {
    const act = { kind: "intent-stated", intent: "keep" } as const;
    expect(eventsOfAct(act, competitor, new Set(), AT, "x")).toMatchObject([
      { kind: "intent-stated", evidence: "strong" },
      { kind: "task-done", task: "say-where-you-stand", evidence: "strong" },
    ]);
  });

  it("leaves a task alone that has its evidence", () => {
    const act = { kind: "priorities-set" as const, items: [{ text: "fewer reports" }] };
    const events = eventsOfAct(act, competitor, new Set(["proof.rank-priorities"]), AT, "x");
    expect(events.map((event) => event.kind)).toEqual(["priorities-set"]);
  });

  it("is right or wrong by the file's own answer", () => {
    const answers = [{ item: "who-refreshes", choice: "use-as-is" }];
    const act = { kind: "check-answered" as const, check: "new-words-check", answers };
    expect(eventsOfAct(act, competitor, new Set(), AT, "x")).toMatchObject([
      { kind: "check-answered", item: "who-refreshes", right: true },
    ]);
  });
});
