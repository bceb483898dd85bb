import { describe, expect, it } from "vitest";
import type { Calendar } from "../../../../src/domain/calendar/calendar.ts";
import { monthGrid } from "../../../../src/domain/calendar/month-grid.ts";

const OSLO: Calendar = {
  zone: "Europe/Oslo",
  workWeek: [1, 2, 3, 4, 5],
  closedDays: new Map([["2026-04-03", "Good Friday"]]),
  window: { start: "08:30", end: "16:30" },
};

describe("the drawn calendar", () => {
  const marks = new Map([["2026-03-30", ["a mail"]]]);

  it("shows whole weeks from the first to the last date, on the workspace's own first day", () => {
    const monday = monthGrid("2026-03-25", "2026-04-03", OSLO, 1, marks);
    expect(monday.weeks.map(([first]) => first?.date)).toEqual(["2026-03-23", "2026-03-30"]);
    expect(monday.heads.map(({ short }) => short).join(" ")).toBe("Mon Tue Wed Thu Fri Sat Sun");
    const sunday = monthGrid("2026-03-25", "2026-04-03", OSLO, 7, marks);
    expect(sunday.weeks.map(([first]) => first?.date)).toEqual(["2026-03-22", "2026-03-29"]);
    expect(sunday.heads[0]?.long).toBe("Sunday");
    expect(sunday.weeks.flat().length).toBe(14);
  });

  it("names holidays, days off and the clock change, and puts what happens on its day", () => {
    const days = monthGrid("2026-03-25", "2026-04-03", OSLO, 1, marks).weeks.flat();
    const on = (date: string) => days.find((day) => day.date === date);
    expect(on("2026-03-29")).toMatchObject({ works: false, clockChange: "clocks go forward 60 minutes" });
    expect(on("2026-03-30")).toMatchObject({ works: true, closed: null, marks: ["a mail"] });
    expect(on("2026-04-03")).toMatchObject({ works: true, closed: "Good Friday", marks: [] });
    expect([on("2026-03-24")?.beside, on("2026-03-25")?.beside]).toEqual([true, false]);
  });
});
