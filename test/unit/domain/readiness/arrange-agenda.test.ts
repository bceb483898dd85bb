import { describe, expect, it } from "vitest";
import { agendaKey, arrangeAgenda } from "../../../../src/domain/readiness/arrange-agenda.ts";
import type { AgendaItem } from "../../../../src/domain/readiness/readiness.ts";

const item = (kind: AgendaItem["kind"], text: string, eventIds: string[] = []): AgendaItem => ({
  kind,
  text,
  why: "",
  minutes: 3,
  lead: "csm",
  eventIds,
});

describe("the agenda as the person wants it", () => {
  const own = item("own", "Recalls");
  const goals = item("goals", "Your goals");
  const question = item("question", "Who may send?", ["q1"]);
  const value = item("value", "Confirm: 34 minutes");
  const close = item("next", "Next date");
  const agenda = { items: [own, goals, question, value, close], byMail: [], emptyReason: null };

  it("takes their order and leaves out what they would rather not talk about; nothing is lost", () => {
    const arranged = arrangeAgenda(agenda, {
      order: [agendaKey(value), agendaKey(question)],
      leftOut: ["goals"],
    });
    expect(arranged.items).toEqual([own, value, question, close]);
    expect(arranged.leftOut).toEqual([goals]);
  });

  it("puts what is new after what they placed, and never moves their own points or the close", () => {
    const arranged = arrangeAgenda(agenda, {
      order: [agendaKey(question)],
      leftOut: ["next", agendaKey(own)],
    });
    expect(arranged.items).toEqual([own, question, goals, value, close]);
    expect(arranged.leftOut).toEqual([]);
  });

  it("knows a question again when its words grow, and a number as another one when it changed", () => {
    expect(agendaKey(item("question", "Who may send? / And when?", ["q1"]))).toBe(agendaKey(question));
    expect(agendaKey(item("value", "Confirm: 36 minutes"))).not.toBe(agendaKey(value));
  });
});
