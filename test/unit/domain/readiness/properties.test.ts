import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EngagementEvent } from "../../../../src/domain/engagement/events.ts";
import { assessReadiness, readinessBytes } from "../../../../src/domain/readiness/assess-readiness.ts";
import type { Readiness } from "../../../../src/domain/readiness/readiness.ts";
import { type EventFacts, enrolled, instant, on, trackOf } from "../../../support/readiness-builders.ts";

const track = trackOf("external_new_function");
const key = (name: string) => fc.integer({ min: 1, max: 6 }).map((number) => `${name}-${number}`);
const moment = fc.record({
  day: fc.integer({ min: 0, max: 30 }),
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.integer({ min: 0, max: 59 }),
});
const word = fc.constantFrom("why", "who", "when", "how much", "what for");

const strongAct: fc.Arbitrary<EventFacts> = fc.oneof(
  fc.record({ kind: fc.constant("check-answered" as const), item: key("item"), right: fc.boolean() }),
  fc.record({
    kind: fc.constant("task-done" as const),
    task: key("task"),
    evidenceText: fc.constant("done"),
  }),
  fc.record({
    kind: fc.constant("priorities-set" as const),
    items: fc.array(word, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant("question-asked" as const), question: fc.uuid(), text: word }),
  fc.record({ kind: fc.constant("goal-confirmed" as const), goal: key("goal"), edited: fc.constant(true) }),
  fc.constant({ kind: "reply" as const }),
  fc.constant({ kind: "meeting-requested" as const }),
  fc.constant({ kind: "no-question" as const, because: "all clear" }),
  fc.record({ kind: fc.constant("colleague-introduced" as const), who: word }),
);
const weakAct: fc.Arbitrary<EventFacts> = fc.oneof(
  fc.record({ kind: fc.constant("resource-confirmed" as const), item: key("item") }),
  fc.record({ kind: fc.constant("task-done" as const), task: key("task") }),
);
const circumstance: fc.Arbitrary<EventFacts> = fc.oneof(
  fc.constant({ kind: "mail-submitted" as const, stepKey: "step-1" }),
  fc.record({ kind: fc.constant("page-visit" as const), item: key("item"), seconds: fc.constant(60) }),
  fc.record({
    kind: fc.constant("intent-stated" as const),
    intent: fc.constantFrom("keep" as const, "replace" as const),
  }),
  fc.record({ kind: fc.constant("task-reopened" as const), task: key("task"), reason: word }),
  fc.record({ kind: fc.constant("task-waived" as const), task: key("task"), reason: word }),
  fc.constant({ kind: "paused" as const, reason: "away" }),
  fc.constant({ kind: "resumed" as const }),
);
const machine: fc.Arbitrary<EventFacts> = fc.oneof(
  fc.record({ kind: fc.constant("open" as const) }),
  fc.record({ kind: fc.constant("click" as const), position: fc.nat(9) }),
  fc.record({ kind: fc.constant("page-visit" as const), item: key("item"), seconds: fc.nat(14) }),
  fc.constant({ kind: "auto-reply" as const }),
  fc.constant({ kind: "bounce" as const, hard: false }),
);
const placed = (facts: fc.Arbitrary<EventFacts>) =>
  fc.tuple(facts, moment, fc.uuid()).map(([what, { day, hour, minute }, id]) => {
    const time = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
    return { ...on(day, time, what), id };
  });
const log = fc
  .array(placed(fc.oneof(strongAct, weakAct, circumstance)), { maxLength: 30 })
  .map((events): EngagementEvent[] => [enrolled(), ...events]);
const day = fc.integer({ min: 0, max: 40 });
const assess = (events: readonly EngagementEvent[], onDay: number) =>
  assessReadiness(track, events, instant(onDay, "23:59"));

/** Everything that decides; what is merely listed (machine signals and the sentence about them) aside. */
function decided({ machineSignals: _, explanation: __, ...rest }: Readiness) {
  return rest;
}

describe("readiness holds for every log (domain.md D10)", () => {
  it("is not moved by machine events, however many", () => {
    fc.assert(
      fc.property(log, fc.array(placed(machine), { maxLength: 20 }), day, (events, signals, onDay) => {
        expect(decided(assess([...events, ...signals], onDay))).toEqual(decided(assess(events, onDay)));
      }),
    );
  });

  it("makes nobody ready out of machine events alone, whatever class a log claims for them", () => {
    fc.assert(
      fc.property(fc.array(placed(machine), { maxLength: 40 }), day, (signals, onDay) => {
        const claimed = signals.map((event) => ({ ...event, evidence: "strong" as const }));
        const readiness = assess([enrolled(), ...claimed], onDay);
        expect(readiness.score).toBe(0);
        expect(readiness.meetingReady).toBe(false);
      }),
    );
  });

  it("does not depend on the order of arrival, nor on repetitions", () => {
    fc.assert(
      fc.property(log, day, fc.infiniteStream(fc.nat()), (events, onDay, chance) => {
        const shuffled = [...events, ...events]
          .map((event) => ({ event, rank: chance.next().value ?? 0 }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ event }) => event);
        expect(readinessBytes(assess(shuffled, onDay))).toBe(readinessBytes(assess(events, onDay)));
      }),
    );
  });

  it("never scores lower on the day for one more act with content", () => {
    fc.assert(
      fc.property(log, strongAct, day, fc.uuid(), (events, act, onDay, id) => {
        const more = [...events, { ...on(onDay, "23:58", act), id }];
        expect(assess(more, onDay).score).toBeGreaterThanOrEqual(assess(events, onDay).score);
      }),
    );
  });

  it("never scores lower on the day for one more button, unless it makes a burst", () => {
    fc.assert(
      fc.property(log, weakAct, day, fc.uuid(), (events, act, onDay, id) => {
        const alone = events.filter(
          (event) => !(event.at >= instant(onDay, "23:40") && event.at <= instant(onDay + 1, "00:00")),
        );
        const more = [...alone, { ...on(onDay, "23:58", act), id }];
        expect(assess(more, onDay).score).toBeGreaterThanOrEqual(assess(alone, onDay).score);
      }),
    );
  });

  it("is the same for the same story in another zone at the same wall times", () => {
    fc.assert(
      fc.property(log, day, fc.integer({ min: -11, max: 12 }), (events, onDay, hours) => {
        // POSIX signs: Etc/GMT-3 is three hours ahead of UTC. The builder's times are those of UTC-6.
        const zoneOf = (ahead: number) =>
          ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
        const inZone = (ahead: number, shift: number) =>
          events.map((event) => {
            const moved = { ...event, at: new Date(Date.parse(event.at) + shift).toISOString() };
            return moved.kind === "enrolled" ? { ...moved, zone: zoneOf(ahead) } : moved;
          });
        const shift = (-6 - hours) * 3_600_000;
        const here = assess(inZone(-6, 0), onDay);
        const there = assessReadiness(
          track,
          inZone(hours, shift),
          new Date(Date.parse(instant(onDay, "23:59")) + shift),
        );
        expect({ ...decided(there), at: "" }).toEqual({ ...decided(here), at: "" });
      }),
    );
  });

  it("gives the stored bytes again when recomputed from the log, whatever happened later", () => {
    fc.assert(
      fc.property(log, day, (events, onDay) => {
        const known = events.filter((event) => event.at <= instant(onDay, "23:59"));
        fc.pre(known.some((event) => event.kind === "enrolled"));
        const copy: EngagementEvent[] = JSON.parse(JSON.stringify(events));
        expect(readinessBytes(assess(copy, onDay))).toBe(readinessBytes(assess(known, onDay)));
      }),
    );
  });

  it("always names exactly one next action, and never praises", () => {
    fc.assert(
      fc.property(log, day, (events, onDay) => {
        const { explanation } = assess(events, onDay);
        expect(explanation.nextAction.trim()).not.toBe("");
        expect(explanation.text).not.toMatch(/great|excellent|well done|unfortunately|only /i);
      }),
    );
  });
});
