import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../../../src/domain/calendar/dates.ts";
import {
  clampToWindow,
  clockChangeOn,
  instantOf,
  isInsideWindow,
  isSkipped,
  nextOpening,
} from "../../../../src/domain/calendar/window.ts";
import { localDateOf, wallTimeOf } from "../../../../src/domain/calendar/zones.ts";
import { calendarIn, SUN_THU, ZONES } from "./zones-twelve.ts";

const utc = (date: string, wall: string, zone: string): string => instantOf(date, wall, zone).toISOString();

describe("a wall time on a date", () => {
  it("keeps 09:00 in Toronto at 09:00 when the clocks go forward on 8 March 2026 (A2)", () => {
    expect(utc("2026-03-06", "09:00", "America/Toronto")).toBe("2026-03-06T14:00:00.000Z");
    expect(utc("2026-03-09", "09:00", "America/Toronto")).toBe("2026-03-09T13:00:00.000Z");
  });

  it("is 07:00Z for 09:00 in Berlin on 30 March 2026, the day after the change (A4)", () => {
    expect(utc("2026-03-27", "09:00", "Europe/Berlin")).toBe("2026-03-27T08:00:00.000Z");
    expect(utc("2026-03-30", "09:00", "Europe/Berlin")).toBe("2026-03-30T07:00:00.000Z");
  });

  it("moves from 22:00Z to 23:00Z in Sydney when daylight saving ends on 5 April 2026 (A9)", () => {
    expect(utc("2026-03-31", "09:00", "Australia/Sydney")).toBe("2026-03-30T22:00:00.000Z");
    expect(utc("2026-04-07", "09:00", "Australia/Sydney")).toBe("2026-04-06T23:00:00.000Z");
  });

  it("moves forward when the clocks jump over it", () => {
    expect(utc("2026-03-29", "02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
    expect(wallTimeOf(instantOf("2026-03-29", "02:30", "Europe/Berlin"), "Europe/Berlin")).toBe("03:30");
    expect(isSkipped("2026-03-29", "02:30", "Europe/Berlin")).toBe(true);
    expect(wallTimeOf(instantOf("2026-10-04", "02:15", "Australia/Lord_Howe"), "Australia/Lord_Howe")).toBe(
      "02:45",
    );
    expect(wallTimeOf(instantOf("2026-09-06", "00:30", "America/Santiago"), "America/Santiago")).toBe(
      "01:30",
    );
  });

  it("is the first of the two when it comes twice", () => {
    expect(utc("2026-10-25", "02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
    expect(utc("2026-11-01", "01:30", "America/New_York")).toBe("2026-11-01T05:30:00.000Z");
    expect(utc("2026-04-05", "02:30", "Australia/Sydney")).toBe("2026-04-04T15:30:00.000Z");
    expect(utc("2026-04-05", "01:45", "Australia/Lord_Howe")).toBe("2026-04-04T14:45:00.000Z");
    expect(isSkipped("2026-10-25", "02:30", "Europe/Berlin")).toBe(false);
  });

  it("shows the asked wall time on the asked date for every hour of 2026 in thirteen zones, unless it is skipped", () => {
    const anyTime = fc.record({
      place: fc.constantFrom(...ZONES),
      day: fc.integer({ min: 0, max: 364 }),
      minute: fc.integer({ min: 0, max: 1439 }),
    });
    fc.assert(
      fc.property(anyTime, ({ place, day, minute }) => {
        const date = addDays("2026-01-01", day);
        const wall = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
        const instant = instantOf(date, wall, place.zone);
        expect(localDateOf(instant, place.zone)).toBe(date);
        const shown = wallTimeOf(instant, place.zone);
        if (isSkipped(date, wall, place.zone)) expect(shown > wall).toBe(true);
        else expect(shown).toBe(wall);
        const anHourBefore = new Date(instant.getTime() - 3_600_000);
        expect(wallTimeOf(anHourBefore, place.zone) === wall).toBe(false);
      }),
      { numRuns: 2000, seed: 11 },
    );
  });

  it.each(ZONES)("knows the days of 2026 on which the clocks change in $zone", ({ zone, changes }) => {
    const found: string[] = [];
    for (let date = "2026-01-01"; date < "2027-01-01"; date = addDays(date, 1)) {
      if (clockChangeOn(date, zone) !== 0) found.push(date);
    }
    expect(found).toEqual(changes);
  });

  it("refuses what is not a date, a time or a zone", () => {
    expect(() => instantOf("2026-13-01", "09:00", "Europe/Oslo")).toThrow("not a date");
    expect(() => instantOf("2026-01-01", "09:00", "Mars/Base")).toThrow("IANA");
  });
});

describe("the send window", () => {
  const window = { start: "08:30", end: "16:30" };

  it("takes a time that is too early to its opening and one that is too late to half an hour before its close", () => {
    expect(clampToWindow("06:00", window)).toBe("08:30");
    expect(clampToWindow("09:00", window)).toBe("09:00");
    expect(clampToWindow("20:00", window)).toBe("16:00");
    expect(clampToWindow("20:00", { start: "09:00", end: "09:10" })).toBe("09:00");
  });

  it("is open from its start to its end on a working day, and shut at weekends", () => {
    const calendar = calendarIn("Europe/Oslo");
    expect(isInsideWindow(new Date("2026-03-27T07:30:00Z"), calendar)).toBe(true);
    expect(isInsideWindow(new Date("2026-03-27T15:30:00Z"), calendar)).toBe(true);
    expect(isInsideWindow(new Date("2026-03-27T15:30:01Z"), calendar)).toBe(false);
    expect(isInsideWindow(new Date("2026-03-28T10:00:00Z"), calendar)).toBe(false);
  });

  it("opens next on Sunday in Riyadh when it shut on Thursday (A6)", () => {
    const calendar = calendarIn("Asia/Riyadh", { workWeek: SUN_THU });
    expect(nextOpening(new Date("2026-03-26T14:00:00Z"), calendar).toISOString()).toBe(
      "2026-03-29T05:30:00.000Z",
    );
  });

  it("opens next at once while it is open, later today before it opens, and after the holiday", () => {
    const calendar = calendarIn("Europe/Oslo", { closedDays: new Map([["2026-04-06", "Easter Monday"]]) });
    const open = new Date("2026-04-07T10:00:00Z");
    expect(nextOpening(open, calendar)).toBe(open);
    expect(nextOpening(new Date("2026-04-07T03:00:00Z"), calendar).toISOString()).toBe(
      "2026-04-07T06:30:00.000Z",
    );
    expect(nextOpening(new Date("2026-04-03T20:00:00Z"), calendar).toISOString()).toBe(
      "2026-04-07T06:30:00.000Z",
    );
  });
});
