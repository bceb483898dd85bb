import { describe, expect, it } from "vitest";
import { aCustomer, type CustomerOptions, robinOf } from "./customers.ts";
import { arrivals, expectHumane } from "./humane.ts";
import { openJourney } from "./journey.ts";

const arrival = "external_new_function" as const;

/** The contact's mails of one account of nobody who answers, from enrollment to an instant. */
async function silentWeeks(cast: { ref: string; options: CustomerOptions }[], from: string, until: string) {
  const accounts = cast.map(({ ref, options }) => aCustomer(ref, options));
  const journey = await openJourney({ start: from, accounts });
  try {
    await journey.playUntil(until);
    return new Map(
      await Promise.all(cast.map(async ({ ref }) => [ref, await journey.mails(robinOf(ref))] as const)),
    );
  } finally {
    await journey.close();
  }
}

describe("clock changes inside a program, told by the captured mails in UTC", () => {
  it("keeps 09:00 in Toronto and Riyadh through March 2026", async () => {
    const toronto = {
      zone: "America/Toronto",
      holidayCountry: "CA-ON",
      arrival,
      enrollAt: "2026-03-05T09:00",
    };
    const riyadh = {
      zone: "Asia/Riyadh",
      holidayCountry: "SA",
      workWeek: [7, 1, 2, 3, 4],
      closedDays: ["2026-03-09"],
      arrival,
      enrollAt: "2026-03-04T09:00",
    };
    const mails = await silentWeeks(
      [
        { ref: "toronto", options: toronto },
        { ref: "riyadh", options: riyadh },
      ],
      "2026-03-03T12:00:00Z",
      "2026-03-18T20:00:00Z",
    );
    const canadian = mails.get("toronto") ?? [];
    expectHumane(canadian, toronto);
    expect(arrivals(canadian).slice(0, 3)).toEqual([
      "2026-03-05T14:00:00Z",
      "2026-03-06T14:00:00Z",
      // Sunday 8 March: the clocks went forward. D3 falls on it and moves to Monday.
      "2026-03-09T13:00:00Z",
    ]);
    const saudi = mails.get("riyadh") ?? [];
    expectHumane(saudi, riyadh);
    // D3 would be Saturday 7 March: Sunday is the next working day there.
    expect(arrivals(saudi).slice(0, 3)).toEqual([
      "2026-03-04T06:00:00Z",
      "2026-03-05T06:00:00Z",
      "2026-03-08T06:00:00Z",
    ]);
    expect(saudi.length).toBeGreaterThanOrEqual(4);
  }, 240_000);

  it("keeps 09:00 in Berlin over 29 March and in Sydney over 5 April 2026, Easter included", async () => {
    const berlin = { zone: "Europe/Berlin", holidayCountry: "DE-BE", arrival, enrollAt: "2026-03-26T09:00" };
    const sydney = {
      zone: "Australia/Sydney",
      holidayCountry: "AU-NSW",
      arrival,
      enrollAt: "2026-04-01T09:00",
    };
    const mails = await silentWeeks(
      [
        { ref: "berlin", options: berlin },
        { ref: "sydney", options: sydney },
      ],
      "2026-03-25T12:00:00Z",
      "2026-04-09T20:00:00Z",
    );
    const german = mails.get("berlin") ?? [];
    expectHumane(german, berlin);
    expect(arrivals(german).slice(0, 3)).toEqual([
      "2026-03-26T08:00:00Z",
      "2026-03-27T08:00:00Z",
      "2026-03-30T07:00:00Z",
    ]);
    const australian = mails.get("sydney") ?? [];
    expectHumane(australian, sydney);
    expect(arrivals(australian).slice(0, 3)).toEqual([
      "2026-03-31T22:00:00Z",
      "2026-04-01T22:00:00Z",
      // Good Friday to Easter Monday are closed, and the clocks went back on Sunday.
      "2026-04-06T23:00:00Z",
    ]);
  }, 240_000);
});
