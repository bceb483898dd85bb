import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { initials } from "../../../../src/domain/sequences/initials.ts";

describe("initials", () => {
  it.each([
    ["Dana Whitlock", "DW"],
    ["dana", "D"],
    ["Maria-Theresia von Willoughby", "MW"],
    ["Łukasz O'Neill", "ŁN"],
    ["דנה ויטלוק", "דו"],
    ["山田 太郎", "山太"],
    ["  ", ""],
    ['<b> "x"', "BX"],
  ])("of %s are %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  it("are at most a few letters, never markup, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        expect(initials(name)).toMatch(/^[\p{L}\p{N}\p{M}]{0,6}$/u);
      }),
    );
  });
});
