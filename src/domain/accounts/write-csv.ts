import { stringify } from "csv-stringify/sync";

/** What a cell may hold; a list becomes "a; b". */
export type Cell = string | number | bigint | boolean | Date | readonly string[] | null | undefined;

/**
 * A file that a spreadsheet opens without computing anything: a cell that begins like a formula
 * (= + - @, tab, return, and their full-width forms) gets a leading apostrophe (trust.md A9). UTF-8
 * with a byte order mark, since Excel takes anything else for its own code page; dates are ISO 8601.
 */
export function writeCsv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const body = stringify(
    rows.map((row) => row.map(text)),
    {
      header: true,
      columns: [...columns],
      quoted: true,
      escape_formulas: true,
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
