import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  activeDayOf,
  activeDayOfDate,
  addActiveSpan,
  dateOfActiveDay,
  isPausedDate,
  pauseAt,
} from "../../../../src/domain/calendar/active-days.ts";
import { addDays, daysBetween, weekdayName, weekdayOf } from "../../../../src/domain/calendar/dates.ts";
import { ordinaryDays, parseCadence, parseSpan } from "../../../../src/domain/calendar/span.ts";
import {
  addBusinessDays,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  whyClosed,
} from "../../../../src/domain/calendar/working-days.ts";
import { isZone, localDateOf, resolveZone, wallTimeOf } from "../../../../src/domain/calendar/zones.ts";
import { calendarIn, SUN_THU } from "./zones-twelve.ts";

describe("calendar dates", () => {
  it("count days and weekdays without a zone", () => {
    expect(addDays("2026-02-27", 2)).toBe("2026-03-01");
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(weekdayOf("2026-03-30")).toBe(1);
    expect(weekdayOf("1969-12-28")).toBe(7);
    expect(weekdayName("2026-11-22")).toBe("Sunday");
    expect(() => addDays("soon", 1)).toThrow("YYYY-MM-DD");
  });
});

describe("the zone of a person", () => {
  it("is the contact's, else the account's, else the workspace's", () => {
    const workspace = "America/Chicago";
    expect(resolveZone({ contact: "Europe/Oslo", account: "Europe/Rome", workspace })).toEqual({
      ok: true,
      zone: "Europe/Oslo",
      from: "contact",
    });
    expect(resolveZone({ contact: null, account: "Europe/Rome", workspace })).toMatchObject({
      from: "account",
    });
    expect(resolveZone({ contact: " ", account: null, workspace })).toMatchObject({ zone: workspace });
  });

  it("is reported with its place and a remedy when it is wrong, never passed over", () => {
    const resolved = resolveZone({ contact: "Europe/Osla", account: "Europe/Rome", workspace: "UTC" });
    expect(resolved).toMatchObject({ ok: false, from: "contact", value: "Europe/Osla" });
    expect(resolved).toMatchObject({ message: expect.stringContaining('like "Europe/Oslo"') });
    expect(resolveZone({ contact: null, account: null, workspace: "" })).toMatchObject({ ok: false });
  });

  it("refuses fixed offsets, which know no clock change", () => {
    expect(isZone("Asia/Kolkata")).toBe(true);
    expect(isZone("+05:30")).toBe(false);
    expect(isZone("Berlin")).toBe(false);
  });

  it("gives an instant its local date and wall time", () => {
    const instant = new Date("2026-03-30T09:30:00Z");
    expect(localDateOf(instant, "Pacific/Honolulu")).toBe("2026-03-29");
    expect(wallTimeOf(instant, "Asia/Kolkata")).toBe("15:00");
    expect(localDateOf(new Date("2026-03-30T12:00:00Z"), "Pacific/Auckland")).toBe("2026-03-31");
  });
});

describe("working days", () => {
  const easter = calendarIn("Europe/Oslo", {
    closedDays: new Map([
      ["2026-04-02", "Maundy Thursday"],
      ["2026-04-03", "Good Friday"],
      ["2026-04-06", "Easter Monday"],
    ]),
  });

  it("move education mails forward and service notices back over Easter (O1)", () => {
    expect(nextWorkingDay("2026-04-04", easter)).toBe("2026-04-07");
    expect(previousWorkingDay("2026-04-04", easter)).toBe("2026-04-01");
    const withoutThursday = { ...easter, closedDays: new Map([["2026-04-03", "Good Friday"]]) };
    expect(previousWorkingDay("2026-04-04", withoutThursday)).toBe("2026-04-02");
    expect(nextWorkingDay("2026-04-07", easter)).toBe("2026-04-07");
  });

  it("count business days over weekends and holidays, both ways", () => {
    expect(addBusinessDays("2026-04-01", 1, easter)).toBe("2026-04-07");
    expect(addBusinessDays("2026-04-08", -2, easter)).toBe("2026-04-01");
    expect(addBusinessDays("2026-04-04", 0, easter)).toBe("2026-04-04");
  });

  it("follow the working week of the place", () => {
    const riyadh = calendarIn("Asia/Riyadh", { workWeek: SUN_THU });
    expect(isWorkingDay("2026-03-27", riyadh)).toBe(false);
    expect(isWorkingDay("2026-03-29", riyadh)).toBe(true);
    expect(whyClosed("2026-03-27", riyadh)).toBe("Friday is not a working day");
    expect(whyClosed("2026-04-03", easter)).toBe("Good Friday");
    expect(whyClosed("2026-04-01", easter)).toBeNull();
  });

  it("do not search for ever in a calendar without any", () => {
    expect(() => nextWorkingDay("2026-01-01", { workWeek: [], closedDays: new Map() })).toThrow(
      "working week",
    );
  });
});

describe("active days", () => {
  const count = { startedAt: new Date("2026-03-11T06:00:00Z"), zone: "Asia/Riyadh", pauses: [] };
  const eid = { from: "2026-03-17T08:00:00Z", until: "2026-03-28T21:00:00Z", reason: "away until 28 March" };

  it("count from the local date of enrollment", () => {
    expect(activeDayOf(new Date("2026-03-11T20:59:59Z"), count)).toBe(0);
    expect(activeDayOf(new Date("2026-03-11T21:00:00Z"), count)).toBe(1);
    expect(dateOfActiveDay(6, count)).toBe("2026-03-17");
  });

  it("leave out the twelve days away from 17 to 28 March (A6)", () => {
    const paused = { ...count, pauses: [eid] };
    expect(activeDayOfDate("2026-03-16", paused)).toBe(5);
    expect(activeDayOfDate("2026-03-28", paused)).toBe(5);
    expect(activeDayOfDate("2026-03-29", paused)).toBe(6);
    expect(dateOfActiveDay(6, paused)).toBe("2026-03-29");
    expect(isPausedDate("2026-03-28", paused)).toBe(true);
    expect(isPausedDate("2026-03-29", paused)).toBe(false);
  });

  it("do not come while a pause has no end", () => {
    const open = { ...count, pauses: [{ ...eid, until: null }] };
    expect(dateOfActiveDay(5, open)).toBe("2026-03-16");
    expect(dateOfActiveDay(6, open)).toBeNull();
    expect(pauseAt(new Date("2027-01-01T00:00:00Z"), open.pauses)?.until).toBeNull();
  });

  it("count overlapping pauses once", () => {
    const pauses = [eid, { from: "2026-03-20T00:00:00Z", until: "2026-03-30T21:00:00Z", reason: "reply" }];
    expect(activeDayOfDate("2026-03-31", { ...count, pauses })).toBe(6);
    expect(pauseAt(new Date("2026-03-21T00:00:00Z"), pauses)?.reason).toBe("reply");
    expect(pauseAt(new Date("2026-03-10T00:00:00Z"), pauses)).toBeNull();
  });

  it("are undone by dateOfActiveDay, whatever the pauses", () => {
    const day = fc.integer({ min: 0, max: 60 });
    const pauses = fc.array(fc.tuple(day, fc.integer({ min: 0, max: 20 })), { maxLength: 4 }).map((spans) =>
      spans.map(([from, length]) => ({
        from: new Date(Date.UTC(2026, 2, 12 + from, 9)).toISOString(),
        until: new Date(Date.UTC(2026, 2, 12 + from + length, 9)).toISOString(),
        reason: "away",
      })),
    );
    fc.assert(
      fc.property(pauses, day, (spans, n) => {
        const paused = { ...count, pauses: spans };
        const date = dateOfActiveDay(n, paused);
        expect(date).not.toBeNull();
        expect(activeDayOfDate(date ?? "", paused)).toBe(n);
        expect(n === 0 || !isPausedDate(date ?? "", paused)).toBe(true);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it("carry a span over days away and days off", () => {
    const calendar = calendarIn("Asia/Riyadh", { workWeek: SUN_THU });
    expect(addActiveSpan("2026-03-16", parseSpan("3 business days"), calendar, [eid])).toBe("2026-03-31");
    expect(addActiveSpan("2026-03-16", parseSpan("1 week"), calendar, [eid])).toBe("2026-04-04");
    expect(addActiveSpan("2026-03-16", parseSpan("2 days"), calendar, [{ ...eid, until: null }])).toBeNull();
    expect(() =>
      addActiveSpan("2026-03-16", parseSpan("1 business day"), { ...calendar, workWeek: [] }, []),
    ).toThrow("working week");
  });
});

describe("spans and cadences", () => {
  it("are read from their words", () => {
    expect(parseSpan("3 business days")).toEqual({ count: 3, unit: "business-day" });
    expect(parseSpan("1 week")).toEqual({ count: 7, unit: "day" });
    expect(parseSpan("2 business weeks")).toEqual({ count: 10, unit: "business-day" });
    expect(parseCadence("daily")).toEqual({ count: 1, unit: "day" });
    expect(parseCadence("weekly")).toEqual({ count: 7, unit: "day" });
    expect(parseCadence("every 2 business days")).toEqual({ count: 2, unit: "business-day" });
    expect(ordinaryDays(parseCadence("every 2 business days"))).toBe(3);
  });

  it("are refused with what to write instead", () => {
    expect(() => parseSpan("soon")).toThrow("3 business days");
    expect(() => parseCadence("hourly")).toThrow("weekly");
    expect(() => parseCadence("every 0 days")).toThrow("never move on");
  });
});
