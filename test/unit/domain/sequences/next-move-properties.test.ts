import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Calendar } from "../../../../src/domain/calendar/calendar.ts";
import { addDays, daysBetween } from "../../../../src/domain/calendar/dates.ts";
import { closedDays } from "../../../../src/domain/calendar/holidays.ts";
import { isInsideWindow } from "../../../../src/domain/calendar/window.ts";
import { localDateOf, wallTimeOf } from "../../../../src/domain/calendar/zones.ts";
import type { EngagementEvent } from "../../../../src/domain/engagement/events.ts";
import type { Move, Pace } from "../../../../src/domain/sequences/move.ts";
import { nextMove } from "../../../../src/domain/sequences/next-move.ts";
import { calendarIn, ZONES } from "../calendar/zones-twelve.ts";
import {
  diligent,
  done,
  event,
  factsOf,
  mail,
  sendsOnDate,
  sequenceOf,
  variantB,
  type Walk,
  walk,
} from "./walk.ts";

function calendarOf(place: (typeof ZONES)[number], daysOff: readonly string[] = []): Calendar {
  const own = daysOff.map((date) => ({ date, name: "Day off" }));
  const closed = closedDays(place.country, [2026, 2027], own);
  if (!closed.ok) throw new Error(closed.message);
  return calendarIn(place.zone, { workWeek: place.workWeek, closedDays: closed.days });
}

/** What must be true of any walk, whatever happened in it. */
function expectHumane(result: Walk, calendar: Calendar): void {
  const keys = result.sends.map(({ stepKey }) => stepKey);
  expect(new Set(keys).size).toBe(keys.length);
  for (const [date, mails] of sendsOnDate(result, calendar)) expect([date, mails]).toEqual([date, 1]);
  for (const send of result.sends) {
    expect(isInsideWindow(send.at, calendar)).toBe(true);
    expect(calendar.closedDays.has(send.localDate)).toBe(false);
    expect(localDateOf(send.at, calendar.zone)).toBe(send.localDate);
  }
  for (const { at, move } of result.lines) {
    if (move.kind === "wait") expect(move.until > at).toBe(true);
    if (move.kind === "send") expect(move.at <= at).toBe(true);
  }
}

/** Fourteen mails, more often than the clocks could miss: three before and three after each change. */
const daily = sequenceOf(
  Array.from({ length: 14 }, (_, day) => mail(`d${day}`, day)),
  { cadence: "daily" },
);

describe("clock changes and holidays, in thirteen zones", () => {
  const cases = ZONES.flatMap((place) =>
    (place.changes.length > 0 ? place.changes : ["2026-03-29", "2026-10-25"]).map((change) => ({
      place,
      change,
    })),
  );

  it.each(cases)(
    "one mail per local date at 09:00 local across $change in $place.zone",
    ({ place, change }) => {
      const calendar = calendarOf(place, [addDays(change, 3)]);
      const start = `${addDays(change, -8)}T12:00:00Z`;
      const result = walk(daily, factsOf(start, { calendar }), { react: diligent() });
      expectHumane(result, calendar);
      expect(result.sends).toHaveLength(14);
      for (const send of result.sends.slice(1)) expect(wallTimeOf(send.at, place.zone)).toBe("09:00");
      const dates = result.sends.map(({ localDate }) => localDate);
      expect(dates.some((date) => date < change) && dates.some((date) => date > change)).toBe(true);
      expect(dates).not.toContain(addDays(change, 3));
    },
  );

  it("keeps 09:00 in Toronto at 14:00Z on 6 March and 13:00Z on 9 March 2026 (A2)", () => {
    const calendar = calendarIn("America/Toronto");
    const result = walk(daily, factsOf("2026-03-05T15:00:00Z", { calendar }), { react: diligent() });
    expect(result.sends.slice(1, 3).map(({ at }) => at.toISOString())).toEqual([
      "2026-03-06T14:00:00.000Z",
      "2026-03-09T13:00:00.000Z",
    ]);
  });

  it("sends at 07:00Z to Berlin on Monday 30 March 2026 (A4)", () => {
    const calendar = calendarIn("Europe/Berlin");
    const result = walk(daily, factsOf("2026-03-27T09:00:00Z", { calendar }), { react: diligent() });
    expect(result.sends[1]?.at.toISOString()).toBe("2026-03-30T07:00:00.000Z");
  });

  it("moves a weekly 09:00 in Sydney from 22:00Z to 23:00Z on 5 April 2026 (A9)", () => {
    const calendar = calendarIn("Australia/Sydney");
    const facts = factsOf("2026-03-17T00:00:00Z", { calendar, cadence: "weekly" });
    const result = walk(daily, facts, { react: diligent() });
    expect(result.sends.slice(1, 5).map(({ at }) => at.toISOString())).toEqual([
      "2026-03-23T22:00:00.000Z",
      "2026-03-30T22:00:00.000Z",
      "2026-04-06T23:00:00.000Z",
      "2026-04-13T23:00:00.000Z",
    ]);
  });

  it("never writes on Friday or Saturday in Riyadh, nor over Eid (A6)", () => {
    const place = ZONES.find(({ zone }) => zone === "Asia/Riyadh");
    if (place === undefined) throw new Error("Riyadh is among the zones");
    const calendar = calendarOf(place);
    const result = walk(daily, factsOf("2026-03-11T07:00:00Z", { calendar }), { react: diligent() });
    const weekdays = new Set(
      result.sends.map(({ localDate }) => new Date(`${localDate}T12:00:00Z`).getUTCDay()),
    );
    expect([...weekdays].toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(
      result.sends.filter(({ localDate }) => localDate >= "2026-03-19" && localDate <= "2026-03-22"),
    ).toEqual([]);
  });
});

const anyStep = fc.record({
  gap: fc.integer({ min: 0, max: 4 }),
  dated: fc.boolean(),
  kind: fc.constantFrom("line", "line", "line", "gated", "skips", "sponsor", "task"),
  must: fc.boolean(),
  withB: fc.boolean(),
  onFail: fc.constantFrom("variant-b", "skip", "escalate"),
});

const anySequence = fc.array(anyStep, { minLength: 1, maxLength: 9 }).map((steps) => {
  let day = 0;
  return sequenceOf(
    steps.map((step, index) => {
      day += step.gap;
      const more: Record<string, unknown> = { must: step.must };
      if (step.withB) more["variantB"] = variantB(`s${index}`);
      if (step.kind === "gated") more["gate"] = { any: [{ eventSeen: "reply" }], onFail: step.onFail };
      if (step.kind === "skips") more["skipWhen"] = [{ eventSeen: "question-asked" }];
      if (step.kind === "sponsor") more["audience"] = "sponsor";
      if (step.kind === "task") more["audience"] = "csm";
      return mail(`s${index}`, step.dated ? day : undefined, more);
    }),
  );
});

const anyAct = fc.record({
  day: fc.integer({ min: 0, max: 50 }),
  hour: fc.integer({ min: 0, max: 23 }),
  kind: fc.constantFrom("task", "task", "reply", "question", "resumed", "open", "meeting", "booked"),
  step: fc.integer({ min: 0, max: 8 }),
});

const anyWalk = fc.record({
  sequence: anySequence,
  place: fc.constantFrom(...ZONES),
  startDay: fc.integer({ min: 0, max: 330 }),
  startHour: fc.integer({ min: 0, max: 23 }),
  pace: fc.constantFrom<Pace>("slow", "normal", "fast"),
  cadence: fc.constantFrom(null, null, "daily", "weekly", "every 2 business days"),
  acts: fc.array(anyAct, { maxLength: 12 }),
  pauses: fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 12 })), {
    maxLength: 2,
  }),
  lateHours: fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 12 }),
  diligent: fc.boolean(),
  hasSponsor: fc.boolean(),
});
type AnyWalk = typeof anyWalk extends fc.Arbitrary<infer T> ? T : never;

function play(given: AnyWalk): { result: Walk; calendar: Calendar } {
  const calendar = calendarOf(given.place);
  const start = Date.UTC(2026, 0, 1 + given.startDay, given.startHour);
  const after = (day: number, hour = 9): string =>
    new Date(start + (day * 24 + hour) * 3_600_000).toISOString();
  const events = given.acts.map((act): EngagementEvent => {
    const at = after(act.day, act.hour);
    if (act.kind === "task") return done(`s${act.step}-task`, at);
    if (act.kind === "question") return event(at, { kind: "question-asked", question: "q", text: "Why?" });
    if (act.kind === "resumed") return event(at, { kind: "resumed" }, "system");
    if (act.kind === "open") return event(at, { kind: "open" }, "machine");
    if (act.kind === "meeting") return event(at, { kind: "meeting-requested" });
    return act.kind === "booked"
      ? event(at, { kind: "meeting-booked" }, "system")
      : event(at, { kind: "reply" });
  });
  const facts = factsOf(new Date(start).toISOString(), {
    calendar,
    pace: given.pace,
    cadence: given.cadence,
    events,
    hasSponsor: given.hasSponsor,
    pauses: given.pauses.map(([from, days]) => ({
      from: after(from),
      until: after(from + days),
      reason: "away",
    })),
  });
  const lateBy = (look: number): number => (given.lateHours[look % 12] ?? 0) * 3_600_000;
  const options = given.diligent ? { lateBy, react: diligent(5) } : { lateBy };
  return { result: walk(given.sequence, facts, options), calendar };
}

describe("whatever the sequence, the contact and the worker do", () => {
  it("every walk ends, sends each step once, inside the window of a working day, never two mails to one person on a local date", () => {
    fc.assert(
      fc.property(anyWalk, (given) => {
        const { result, calendar } = play(given);
        const toContact = result.sends.filter(({ stepKey }) => {
          const step = given.sequence.steps.find(({ key }) => key === stepKey);
          return step?.audience !== "sponsor";
        });
        const toSponsor = result.sends.filter((send) => !toContact.includes(send));
        expectHumane({ ...result, sends: toContact }, calendar);
        expectHumane({ ...result, sends: toSponsor }, calendar);
        expect(["complete", "exit"]).toContain(result.end);
      }),
      { numRuns: 250, seed: 23 },
    );
  });

  it("never more than three mails in seven days, unless the cadence is daily", () => {
    fc.assert(
      fc.property(anyWalk, (given) => {
        fc.pre(given.cadence !== "daily");
        const { result } = play(given);
        const dates = result.sends
          .filter(
            ({ stepKey }) => given.sequence.steps.find(({ key }) => key === stepKey)?.audience !== "sponsor",
          )
          .map(({ localDate }) => localDate);
        dates.slice(3).forEach((date, index) => {
          expect(daysBetween(dates[index] ?? date, date)).toBeGreaterThanOrEqual(7);
        });
      }),
      { numRuns: 120, seed: 29 },
    );
  });

  it("never a third reminder in a row, and never a CSM task twice", () => {
    fc.assert(
      fc.property(anyWalk, (given) => {
        const { result } = play(given);
        expect(Math.max(0, ...result.lines.map(({ move }) => move.progress.nudges))).toBeLessThanOrEqual(2);
        const tasks = result.lines.flatMap(({ move }) => (move.kind === "csm-task" ? [move.taskKey] : []));
        expect(new Set(tasks).size).toBe(tasks.length);
      }),
      { numRuns: 120, seed: 31 },
    );
  });

  it("the same facts at the same instant give the same move, in whatever order events arrive", () => {
    fc.assert(
      fc.property(anyWalk, (given) => {
        const { result } = play(given);
        const { at } = result.lines.at(-1) ?? { at: new Date(0) };
        const forward = nextMove(given.sequence, result.facts, at);
        const backward = nextMove(
          given.sequence,
          { ...result.facts, events: result.facts.events.toReversed() },
          at,
        );
        expect(backward).toEqual(forward);
      }),
      { numRuns: 60, seed: 37 },
    );
  });

  it("progress only grows: a step that is done stays done", () => {
    fc.assert(
      fc.property(anyWalk, (given) => {
        let before: Move["progress"] | null = null;
        for (const { move } of play(given).result.lines) {
          if (before !== null) expect(move.progress.done.slice(0, before.done.length)).toEqual(before.done);
          before = move.progress;
        }
        expect(before).not.toBeNull();
      }),
      { numRuns: 60, seed: 41 },
    );
  });
});
