import { describe, expect, it } from "vitest";
import { hasDarkColours, inScheme } from "../../../src/web/mail-scheme.ts";

const mail = `<html><head><style>
@media only screen and (max-width: 480px) { p { margin: 0 } }
@media (prefers-color-scheme: dark) { body { background: #111 } }
@media screen and (prefers-color-scheme:dark) { p { color: #eee } }
</style></head><body><p>Hello</p></body></html>`;

describe("a mail in one colour scheme", () => {
  it("has its own dark rules always on, or always off, whatever the reader's machine prefers", () => {
    expect(inScheme(mail, "dark").match(/\(min-width: 0\)/g)).toHaveLength(2);
    expect(inScheme(mail, "light").match(/\(max-width: 0\)/g)).toHaveLength(2);
    expect(inScheme(mail, "dark")).toContain("@media screen and (min-width: 0)");
  });

  it("keeps its other rules and its words", () => {
    expect(inScheme(mail, "dark")).toContain("(max-width: 480px)");
    expect(inScheme(mail, "dark")).toContain("<p>Hello</p>");
  });

  it("knows a mail without colours for the dark", () => {
    expect(hasDarkColours(mail)).toBe(true);
    expect(hasDarkColours("<p>Plain</p>")).toBe(false);
  });
});
