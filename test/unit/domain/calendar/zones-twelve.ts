import type { Calendar, Weekday } from "../../../../src/domain/calendar/calendar.ts";

export const MON_FRI: readonly Weekday[] = [1, 2, 3, 4, 5];
export const SUN_THU: readonly Weekday[] = [7, 1, 2, 3, 4];

/** Twelve zones and one that shifts by half an hour, with the dates in 2026 on which their clocks change. */
export const ZONES: readonly {
  zone: string;
  country: string;
  workWeek: readonly Weekday[];
  changes: string[];
}[] = [
  { zone: "Europe/Oslo", country: "NO", workWeek: MON_FRI, changes: ["2026-03-29", "2026-10-25"] },
  { zone: "Europe/Berlin", country: "DE-BY", workWeek: MON_FRI, changes: ["2026-03-29", "2026-10-25"] },
  { zone: "Europe/London", country: "GB-ENG", workWeek: MON_FRI, changes: ["2026-03-29", "2026-10-25"] },
  { zone: "America/New_York", country: "US", workWeek: MON_FRI, changes: ["2026-03-08", "2026-11-01"] },
  { zone: "America/Toronto", country: "CA-ON", workWeek: MON_FRI, changes: ["2026-03-08", "2026-11-01"] },
  { zone: "America/Denver", country: "US", workWeek: MON_FRI, changes: ["2026-03-08", "2026-11-01"] },
  { zone: "Australia/Sydney", country: "AU-NSW", workWeek: MON_FRI, changes: ["2026-04-05", "2026-10-04"] },
  { zone: "Pacific/Auckland", country: "NZ", workWeek: MON_FRI, changes: ["2026-04-05", "2026-09-27"] },
  { zone: "America/Santiago", country: "CL", workWeek: MON_FRI, changes: ["2026-04-04", "2026-09-05"] },
  { zone: "Asia/Riyadh", country: "SA", workWeek: SUN_THU, changes: [] },
  { zone: "Pacific/Honolulu", country: "US-HI", workWeek: MON_FRI, changes: [] },
  { zone: "Asia/Kolkata", country: "IN", workWeek: MON_FRI, changes: [] },
  {
    zone: "Australia/Lord_Howe",
    country: "AU-NSW",
    workWeek: MON_FRI,
    changes: ["2026-04-05", "2026-10-04"],
  },
];

export function calendarIn(zone: string, parts: Partial<Calendar> = {}): Calendar {
  return {
    zone,
    workWeek: MON_FRI,
    closedDays: new Map(),
    window: { start: "08:30", end: "16:30" },
    ...parts,
  };
}
