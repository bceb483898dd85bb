import { stringify } from "csv-stringify/sync";
import { guardFormula } from "./formula-guard.ts";

/** What a cell may hold; a list becomes "a; b". */
export type Cell = string | number | bigint | boolean | Date | readonly string[] | null | undefined;

/**
 * A file that a spreadsheet opens without computing anything: every cell is quoted, and one that begins
 * like a formula gets a leading apostrophe (trust.md A9), which the import takes off again. UTF-8 with a
 * byte order mark, since Excel takes anything else for its own code page; dates are ISO 8601.
 */
export function writeCsv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const body = stringify(
    rows.map((row) => row.map((cell) => guardFormula(text(cell)))),
    {
      header: true,
      columns: [...columns],
      quoted: true,
      record_delimiter: "windows",
    },
  );
  return `\uFEFF${body}`;
}

function text(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === "object" ? cell.join("; ") : String(cell);
}
