import { describe, expect, it } from "vitest";
import {
  type AgendaContext,
  MEETING_MINUTES,
  suggestAgenda,
} from "../../../../src/domain/readiness/agenda.ts";
import { enrolled, imani, instant, on, trackOf } from "../../../support/readiness-builders.ts";

const track = trackOf("external_new_function");
const context: AgendaContext = {
  goals: [{ key: "goal-1", text: "Cut waiting times by a tenth" }],
  objectives: [],
  sponsorPriorities: ["Waiting times"],
  valueToConfirm: "120 hours a month saved",
};
const agenda = (events = imani(), facts: Partial<AgendaContext> = {}) =>
  suggestAgenda(track, events, instant(16, "22:00"), { ...context, ...facts });

describe("the suggested agenda (domain.md D8)", () => {
  it("starts with the goals as edited, then the open questions, the value and the next date", () => {
    expect(agenda().items.map((item) => item.kind)).toEqual([
      "goals",
      "question",
      "question",
      "value",
      "next",
    ]);
    expect(agenda().items[0]?.text).toBe("Your goals: Cut waiting times by a tenth");
  });

  it("puts a priority that the sponsor ranks differently second (S0-17)", () => {
    const items = agenda(imani(), { sponsorPriorities: ["Costs", "Waiting times"] }).items;
    expect(items[1]).toMatchObject({
      kind: "mismatch",
      text: 'What comes first: "waiting times" or "Costs"',
      lead: "sponsor",
    });
  });

  it("takes objections before questions, leaves out what was answered, and stays within thirty minutes", () => {
    const more = ["a", "b", "c", "d"].map((id) =>
      on(15, "10:00", {
        kind: "question-asked",
        question: id,
        text: `Is ${id} slower than before?`,
        severity: "high",
      }),
    );
    const answered = on(16, "10:00", { kind: "question-answered", question: "q1", byResource: true });
    const { items, byMail } = agenda([...imani(), ...more, answered]);
    expect(items.map((item) => item.kind).slice(0, 3)).toEqual(["goals", "objection", "objection"]);
    expect([...items, ...byMail].some((item) => item.text === "Who reads the weekly report?")).toBe(false);
    expect(items.reduce((sum, item) => sum + item.minutes, 0)).toBeLessThanOrEqual(MEETING_MINUTES);
  });

  it("merges questions of one topic", () => {
    const asked = ["How much for ten?", "How much for fifty?"].map((text, index) =>
      on(15, "10:00", { kind: "question-asked", question: `c${index}`, text, questionKind: "commercial" }),
    );
    expect(
      agenda([...imani(), ...asked]).items.some(
        (item) => item.text === "How much for ten? / How much for fifty?",
      ),
    ).toBe(true);
  });

  it("never contains a demo or a tour: who asks for one gets a recording or sales (S0-32, S0-33)", () => {
    const asked = on(15, "10:00", {
      kind: "question-asked",
      question: "d",
      text: "Could we get a demo of the new module?",
    });
    const { items, byMail } = agenda([...imani(), asked]);
    expect(items.map((item) => item.text).join(" ")).not.toMatch(/demo|tour/i);
    expect(byMail).toMatchObject([{ text: "Send a recording, or pass the request to sales" }]);
  });

  it("says what to ask for instead of padding", () => {
    const nothing = agenda([enrolled()]);
    expect(nothing).toEqual({ items: [], byMail: [], emptyReason: "no agenda yet - ask for one priority" });
  });

  it("brings unmet objectives and open must-tasks as decisions, if their mail went out", () => {
    const mailed = on(3, "09:00", { kind: "mail-submitted", stepKey: "step-2" });
    const unmet = on(4, "09:00", { kind: "objective-confirmed", objective: "know-why", met: false });
    const { items } = agenda([enrolled(), mailed, unmet], {
      objectives: [{ key: "know-why", text: "Know why it exists" }],
    });
    expect(items[0]?.text).toBe(
      "Decide what happens with: Know why it exists; Name three things you recognise",
    );
  });
});
