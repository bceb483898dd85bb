import { describe, expect, it } from "vitest";
import { closedDays } from "../../../../src/domain/calendar/holidays.ts";
import { ZONES } from "./zones-twelve.ts";

function daysOf(...given: Parameters<typeof closedDays>): ReadonlyMap<string, string> {
  const closed = closedDays(...given);
  if (!closed.ok) throw new Error(closed.message);
  return closed.days;
}

describe("closed days", () => {
  it("are the public holidays of the country, with their names", () => {
    const norway = daysOf("NO", [2026], []);
    expect(norway.get("2026-05-17")).toBe("Constitution Day");
    expect(norway.get("2026-04-06")).toBe("Easter Monday");
    expect(norway.has("2026-12-24")).toBe(false);
  });

  it("know the holidays of a region that the country does not have", () => {
    expect(daysOf("DE-BY", [2026], []).get("2026-01-06")).toBe("Epiphany");
    expect(daysOf("DE", [2026], []).has("2026-01-06")).toBe(false);
  });

  it("leave out days on which people work: in the United States, Valentine's Day", () => {
    expect(daysOf("US", [2026], []).has("2026-02-14")).toBe(false);
    expect(daysOf("US", [2026], []).has("2026-11-26")).toBe(true);
  });

  it("cover every day of a feast that lasts several, on the civil date and not the evening before", () => {
    const days = [...daysOf("SA", [2026], [])].filter(([, name]) => name.includes("Eid al-Fitr"));
    expect(days.map(([date]) => date)).toEqual(["2026-03-19", "2026-03-20", "2026-03-21", "2026-03-22"]);
  });

  it("cover each year asked for and no other", () => {
    const days = [...daysOf("NO", [2025, 2026], []).keys()];
    expect(days.some((date) => date.startsWith("2025-"))).toBe(true);
    expect(days.every((date) => date.startsWith("2025-") || date.startsWith("2026-"))).toBe(true);
  });

  it("include the account's own days off, whose name wins, even without a country", () => {
    const own = [{ date: "2026-05-17", name: "Company picnic" }];
    expect(daysOf("NO", [2026], own).get("2026-05-17")).toBe("Company picnic");
    expect([...daysOf(null, [2026], own)]).toEqual([["2026-05-17", "Company picnic"]]);
  });

  it.each([
    ["XX", 'the country "XX"'],
    ["DE-ZZ", 'DE has no region "ZZ"'],
    ["DE-BY-Q", "DE-BY-A"],
    ["DE-BY-A-1", "too many parts"],
  ])("refuse %s and say what to write instead", (country, words) => {
    const closed = closedDays(country, [2026], []);
    expect(closed).toMatchObject({ ok: false, country, message: expect.stringContaining(words) });
  });

  it.each(ZONES)("are known for $country", ({ country }) => {
    expect(daysOf(country.toLowerCase(), [2026], []).size).toBeGreaterThan(2);
  });
});
