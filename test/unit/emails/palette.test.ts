import { describe, expect, it } from "vitest";
import { type Colour, DARK, darkStyles, LIGHT, outlookDarkStyles, TEXT_ON } from "../../../emails/palette.ts";

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe("the colours of the mails", () => {
  it.each(TEXT_ON)("%s on %s is read at 4.5:1 in light and in dark", (ink, ground) => {
    for (const palette of [LIGHT, DARK]) {
      expect(contrast(palette[ink], palette[ground])).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("the button stands out from the panel it is on at 3:1", () => {
    for (const palette of [LIGHT, DARK])
      expect(contrast(palette.accent, palette.tint)).toBeGreaterThanOrEqual(3);
  });

  it("stay readable where a client turns the grounds dark and leaves the button as it is", () => {
    // Outlook's apps darken light grounds and lighten dark text; a green button with light letters is kept.
    expect(contrast(LIGHT["accent-ink"], LIGHT.accent)).toBeGreaterThanOrEqual(4.5);
    expect(LIGHT["accent-ink"]).not.toBe("#ffffff");
    // And where it exchanges light for dark altogether, both sides of every pair move.
    const turned = (hex: string) =>
      `#${(0xffffff - Number.parseInt(hex.slice(1), 16)).toString(16).padStart(6, "0")}`;
    for (const [ink, ground] of TEXT_ON)
      expect(contrast(turned(LIGHT[ink]), turned(LIGHT[ground]))).toBeGreaterThanOrEqual(3);
  });

  it("have a dark value each, which the dark styles use by media query and by Outlook's marks", () => {
    const [query, marks] = [darkStyles(), outlookDarkStyles()];
    for (const colour of Object.keys(LIGHT) as Colour[]) {
      expect(query).toContain(DARK[colour]);
      expect(marks).toContain(DARK[colour]);
    }
    expect(query).toContain("prefers-color-scheme: dark");
    expect(marks.split("\n").every((rule) => /^\[data-ogs[bc]\] /.test(rule))).toBe(true);
  });
});
