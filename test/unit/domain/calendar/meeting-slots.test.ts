import { describe, expect, it } from "vitest";
import { meetingSlots } from "../../../../src/domain/calendar/meeting-slots.ts";

const calendar = {
  zone: "Asia/Riyadh",
  workWeek: [1, 2, 3, 4, 7] as const,
  closedDays: new Map([["2026-03-18", "Eid"]]),
  window: { start: "08:30", end: "16:30" },
};

describe("times offered for a meeting", () => {
  it("lie on working days of the reader, from tomorrow on, in the working day of both", () => {
    const slots = meetingSlots(calendar, "Europe/Warsaw", new Date("2026-03-16T10:00:00Z"));
    expect(slots.map((slot) => slot.toISOString())).toEqual([
      "2026-03-17T07:00:00.000Z",
      "2026-03-17T13:00:00.000Z",
      "2026-03-19T07:00:00.000Z",
      "2026-03-19T13:00:00.000Z",
      "2026-03-22T07:00:00.000Z",
      "2026-03-22T13:00:00.000Z",
      "2026-03-23T07:00:00.000Z",
      "2026-03-23T13:00:00.000Z",
      "2026-03-24T07:00:00.000Z",
      "2026-03-24T13:00:00.000Z",
    ]);
  });

  it("are the reader's own when the two days never meet", () => {
    const slots = meetingSlots(calendar, "America/Los_Angeles", new Date("2026-03-16T10:00:00Z"));
    expect(slots).toHaveLength(10);
  });
});
