import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PlannedStep, planProgram } from "../../../../src/domain/sequences/plan-program.ts";
import { calendarIn, SUN_THU, ZONES } from "../calendar/zones-twelve.ts";
import { diligent, factsOf, internal, mail, sequenceOf, variantB, walk } from "./walk.ts";

const start = new Date("2026-03-27T09:00:00Z"); // Friday 10:00 in Berlin
const easter = new Map([
  ["2026-04-03", "Good Friday"],
  ["2026-04-06", "Easter Monday"],
]);
const berlin = calendarIn("Europe/Berlin", { closedDays: easter });

const step = (plan: readonly PlannedStep[], key: string): PlannedStep => {
  const found = plan.find(({ stepKey }) => stepKey === key);
  if (found === undefined) throw new Error(`no step ${key}`);
  return found;
};

describe("the preview of a program", () => {
  const plan = planProgram(internal(), { start, calendar: berlin });

  it("shows every step with its local and its UTC time", () => {
    expect(plan.map(({ stepKey }) => stepKey)).toEqual(["d0", "d2", "d4", "d6", "d8", "d10"]);
    expect(step(plan, "d0")).toMatchObject({
      localDate: "2026-03-27",
      localTime: "10:00",
      utcOffset: "+01:00",
    });
    expect(step(plan, "d2")).toMatchObject({
      weekday: "Monday",
      localDate: "2026-03-30",
      localTime: "09:00",
      utcOffset: "+02:00",
      at: "2026-03-30T07:00:00.000Z",
      zone: "Europe/Berlin",
      day: 2,
      activeDay: 3,
    });
  });

  it("says what moved a step: the weekend, the holiday by its name, the caps", () => {
    expect(step(plan, "d0").moved).toBeNull();
    expect(step(plan, "d2").moved).toEqual({ from: "2026-03-29", why: "Sunday is not a working day" });
    const d8 = step(plan, "d8").moved;
    expect(d8?.from).toBe("2026-04-04");
    expect(d8?.why).toContain("Saturday is not a working day");
    expect(d8?.why).toContain("Easter Monday");
    expect(step(plan, "d10").moved?.why).toMatch(/one program mail a day|three program mails in seven days/);
  });

  it("says when the clocks changed since the step before", () => {
    expect(step(plan, "d2").clockChange).toBe(
      "the clocks go forward 60 minutes on 2026-03-29; the local time stays",
    );
    expect(step(plan, "d4").clockChange).toBeNull();
  });

  it("says what each step waits for and what happens if that does not come", () => {
    const course = sequenceOf([
      mail("one", 0),
      mail("two", 3, { variantB: variantB("two") }),
      mail("three", 6, {
        gate: { all: [{ verdictIn: ["ready", "on_track"] }], onFail: "escalate" },
      } as never),
      mail("four", 9, { ungated: true, skipWhen: [{ intentIn: ["keep", "expand"] }] }),
    ]);
    const gates = planProgram(course, { start, calendar: berlin });
    expect(step(gates, "one")).toMatchObject({ gate: "none", ifGateNotMet: null });
    expect(step(gates, "two").gate).toBe(
      'task "one-task" done; waits 3 business days, then goes as variant B',
    );
    expect(step(gates, "two").ifGateNotMet).toEqual({
      does: "variant-b",
      localDate: "2026-04-02",
      at: "2026-04-02T07:00:00.000Z",
    });
    expect(step(gates, "three").gate).toBe(
      "readiness ready or on track; waits 3 business days, then a task for the CSM instead",
    );
    expect(step(gates, "three").ifGateNotMet?.does).toBe("escalate");
    expect(step(gates, "four")).toMatchObject({ gate: "none", leftOutWhen: ["intent keep or expand"] });
  });

  it("shows the sponsor's mails and the CSM's tasks on the same line of days", () => {
    const course = sequenceOf([
      mail("one", 0),
      mail("prep-card", 0, { audience: "csm" }),
      mail("brief", 0, { audience: "sponsor" }),
    ]);
    const beside = planProgram(course, { start, calendar: berlin });
    expect(beside.map(({ kind, recipient, localDate }) => [kind, recipient, localDate])).toEqual([
      ["mail", "contact", "2026-03-27"],
      ["csm-task", "csm", "2026-03-27"],
      ["mail", "sponsor", "2026-03-27"],
    ]);
    const alone = planProgram(course, { start, calendar: berlin }, { hasSponsor: false });
    expect(step(alone, "brief").kind).toBe("left-out");
  });

  it("leaves out what only goes to who asks for it, and what depends on the competitor, until told otherwise", () => {
    const course = sequenceOf([
      mail("one", 0),
      mail("basics", 1, { skipWhen: [{ eventNotSeen: "areas-known" }, { areaKnown: "basics" }] }),
      mail("habits", 2, { skipWhen: [{ competitorKnown: false }] }),
      mail("two", 3),
    ]);
    const kinds = (assumptions = {}) =>
      planProgram(course, { start, calendar: berlin }, assumptions).map(({ kind }) => kind);
    expect(kinds()).toEqual(["mail", "left-out", "left-out", "mail"]);
    expect(kinds({ optionalSteps: true, competitorKnown: true })).toEqual(["mail", "mail", "mail", "mail"]);
    expect(step(planProgram(course, { start, calendar: berlin }), "basics").leftOutWhen).toEqual([
      "no areas-known yet",
      '"basics" already known',
    ]);
  });

  it("follows pace, cadence and the days already taken", () => {
    const dates = (more: Parameters<typeof planProgram>[1]) =>
      planProgram(internal(), more).map(({ localDate }) => localDate);
    const calendar = calendarIn("Europe/Berlin");
    expect(dates({ start, calendar, cadence: "weekly" }).slice(0, 3)).toEqual([
      "2026-03-27",
      "2026-04-03",
      "2026-04-10",
    ]);
    expect(dates({ start, calendar, pace: "slow" })[1]).toBe("2026-03-30");
    expect(dates({ start, calendar, takenDates: new Set(["2026-03-30"]) })[1]).toBe("2026-03-31");
    expect(dates({ start, calendar, fullDates: new Set(["2026-03-30"]) })[1]).toBe("2026-03-31");
  });

  it("starts a Thursday evening in Riyadh on Sunday morning (A6)", () => {
    const calendar = calendarIn("Asia/Riyadh", { workWeek: SUN_THU });
    const [first] = planProgram(internal(), { start: new Date("2026-03-12T15:00:00Z"), calendar });
    expect(first).toMatchObject({ localDate: "2026-03-15", localTime: "08:30", weekday: "Sunday" });
    expect(first?.moved).toEqual({
      from: "2026-03-12",
      why: "the working day was over; Friday is not a working day; Saturday is not a working day",
    });
  });

  it("is what the planner then does, to the minute, for somebody who does every task on time", () => {
    const anyStart = fc.record({
      place: fc.constantFrom(...ZONES),
      hours: fc.integer({ min: 0, max: 365 * 24 }),
      pace: fc.constantFrom("slow" as const, "normal" as const, "fast" as const),
      cadence: fc.constantFrom(null, "daily", "weekly"),
    });
    fc.assert(
      fc.property(anyStart, ({ place, hours, pace, cadence }) => {
        const calendar = calendarIn(place.zone, { workWeek: place.workWeek, closedDays: easter });
        const begin = new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000);
        const shown = planProgram(internal(), { start: begin, calendar, pace, cadence });
        const facts = factsOf(begin.toISOString(), { calendar, pace, cadence });
        const sent = walk(internal(), facts, { react: diligent() }).sends;
        expect(shown.map(({ at }) => at)).toEqual(sent.map(({ at }) => at.toISOString()));
      }),
      { numRuns: 100, seed: 43 },
    );
  });
});
