import { describe, expect, it } from "vitest";
import { minorDigits, ROUGH_RATES, readRates, weightOf } from "../../../../src/domain/accounts/money.ts";

describe("what an amount weighs in a ranking", () => {
  it("puts US$40,000 before SAR 75,000, whatever the figures say", () => {
    expect(weightOf(4_000_000n, "USD")).toBeGreaterThan(weightOf(7_500_000n, "SAR"));
    expect(weightOf(7_500_000n, "SAR")).toBeCloseTo(20_000, -2);
  });

  it("knows that a yen has no smaller unit and a Kuwaiti dinar has three digits", () => {
    expect([minorDigits("USD"), minorDigits("JPY"), minorDigits("KWD")]).toEqual([2, 0, 3]);
    expect(weightOf(3_000_000n, "JPY")).toBeCloseTo(20_100);
    expect(weightOf(10_000_000n, "KWD")).toBeCloseTo(32_000);
  });

  it("takes the workspace's own rate before the rough one, and only what is a rate", () => {
    const own = readRates({ EUR: 2, GBP: "1.3", CHF: -1 });
    expect(own).toEqual({ EUR: 2 });
    expect(weightOf(100_00n, "EUR", own)).toBe(200);
    expect(weightOf(100_00n, "GBP", own)).toBeCloseTo(130);
    expect(readRates(null)).toEqual({});
  });

  it("has a positive rate for each currency of its table, all of which exist", () => {
    const known = new Set(Intl.supportedValuesOf("currency"));
    for (const [currency, rate] of Object.entries(ROUGH_RATES))
      expect([currency, known.has(currency), rate > 0]).toEqual([currency, true, true]);
  });

  it("counts a currency without any rate like dollars: nobody overlooks it", () => {
    expect(weightOf(100_00n, "XTS")).toBe(100);
  });
});
