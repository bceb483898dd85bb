import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textCell, wordsCell } from "../../../../src/domain/accounts/cells.ts";
import { guardFormula, unguardFormula } from "../../../../src/domain/accounts/formula-guard.ts";
import { readCsv } from "../../../../src/domain/accounts/read-csv.ts";
import { type Cell, writeCsv } from "../../../../src/domain/accounts/write-csv.ts";

const STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"];
const through = (value: string) =>
  readCsv(writeCsv(["name"], [[value]]), ["name"], (row) => wordsCell(row, "name", 1000)).rows[0]?.value;

describe("a CSV file that leaves (A9)", () => {
  it.each(STARTS)("keeps a spreadsheet from computing a cell that begins with %j", (start) => {
    const value = `${start}HYPERLINK("https://evil.test","click")`;
    const csv = writeCsv(["name"], [[value]]);
    expect(csv).toBe(`\uFEFF"name"\r\n"'${start}HYPERLINK(""https://evil.test"",""click"")"\r\n`);
    expect(through(value)).toBe(value);
  });

  it("quotes every cell, so that neither a separator nor a line break moves a formula to a cell of its own", () => {
    const rows: Cell[][] = [
      ["a,=1+1", 'b";=1+1', "c\n=1+1"],
      [-5, 0n, true],
      [null, undefined, ["=x", "y"]],
    ];
    const csv = writeCsv(["one", "two", "three"], rows);
    expect(csv.slice(1).split("\r\n").slice(2, 4)).toEqual(['"\'-5","0","true"', ',,"\'=x; y"']);
    expect(parse(csv, { bom: true })).toEqual([
      ["one", "two", "three"],
      ["a,=1+1", 'b";=1+1', "c\n=1+1"],
      ["'-5", "0", "true"],
      ["", "", "'=x; y"],
    ]);
  });

  it.each(["'tis", "'", "''", "'90s", "O'Neil", "'quoted'"])("leaves %j with its own apostrophe", (value) => {
    expect(writeCsv(["name"], [[value]])).toContain(`"${value}"`);
    expect(through(value)).toBe(value);
  });

  it.each(["'=1", "''=1", "'@home", "'-"])(
    "tells %j, as a person wrote it, from a cell it guarded",
    (value) => {
      expect(through(value)).toBe(value);
      expect(through(value.slice(1))).toBe(value.slice(1));
    },
  );

  it("takes its own apostrophe off a one-line cell too, and trims nothing else away", () => {
    const read = (value: string) => textCell({ name: value }, "name");
    expect(read("'=SUM(A1)")).toBe("=SUM(A1)");
    expect(read("''=SUM(A1)")).toBe("'=SUM(A1)");
    expect(read("'tis")).toBe("'tis");
  });

  it("is undone exactly by the import, whatever the text", () => {
    const risky = fc.string({ unit: fc.constantFrom(...STARTS, "'", '"', ",", ";", "a", " ", "漢") });
    fc.assert(
      fc.property(fc.oneof(risky, fc.string({ unit: "grapheme" })), (value) => {
        const guarded = guardFormula(value);
        expect(unguardFormula(guarded)).toBe(value);
        expect(guarded).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
    fc.assert(
      fc.property(risky, (value) => {
        expect(through(value)).toBe(value.trim() === "" ? undefined : value);
      }),
    );
  });
});
