import { parse } from "csv-parse/sync";
import { CellProblem, type Row } from "./cells.ts";

export interface RejectedRow {
  line: number;
  column: string;
  message: string;
  remedy: string;
}
export interface ReadCsv<T> {
  rows: { line: number; value: T }[];
  rejected: RejectedRow[];
}

/** A file over this size is refused before it is read: an import is a list of people, not a dump. */
const CSV_LIMIT = 20 * 1024 * 1024;
/** More rows than these are refused as a whole, and no row of them is kept. */
export const ROW_LIMIT = 50_000;

/**
 * Reads a CSV file with a header line. Rows that are wrong are reported with line and column and the
 * others are kept; a file that is wrong as a whole gives one rejection and no rows.
 */
export function readCsv<T>(csv: string, columns: readonly string[], read: (row: Row) => T): ReadCsv<T> {
  if (csv.length > CSV_LIMIT) {
    return whole("The file is larger than 20 MB.", "Split it into smaller files.");
  }
  const parsed = parseRecords(csv);
  if ("problem" in parsed)
    return whole(parsed.problem, "Save the file as CSV (UTF-8) and try again.", parsed.line);
  if (parsed.records.length > ROW_LIMIT) {
    return whole(
      `The file has more than ${ROW_LIMIT.toLocaleString("en-GB")} rows; nothing of it was taken.`,
      `Split it into files of at most ${ROW_LIMIT.toLocaleString("en-GB")} rows, each with the header line, and import them one after the other.`,
    );
  }
  const header = parsed.header.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, "_"),
  );
  const unknown = header.find((name) => !columns.includes(name));
  if (unknown !== undefined) {
    return whole(`There is no column "${unknown}".`, `Use these columns: ${columns.join(", ")}.`, 1, unknown);
  }
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) return whole(`The column "${twice}" is there twice.`, "Keep one.", 1, twice);
  return readRows(parsed.records, header, read);
}

/** The same for rows that did not come as CSV: `line` counts them from 1. */
export function readItems<T>(items: readonly Row[], read: (row: Row) => T): ReadCsv<T> {
  const out: ReadCsv<T> = { rows: [], rejected: [] };
  for (const [index, item] of items.entries()) readRow(out, index + 1, item, read);
  return out;
}

function readRow<T>(out: ReadCsv<T>, line: number, row: Row, read: (row: Row) => T): void {
  try {
    out.rows.push({ line, value: read(row) });
  } catch (problem) {
    if (!(problem instanceof CellProblem)) throw problem;
    out.rejected.push({ line, column: problem.column, message: problem.message, remedy: problem.remedy });
  }
}

function readRows<T>(records: CsvRecord[], header: string[], read: (row: Row) => T): ReadCsv<T> {
  const out: ReadCsv<T> = { rows: [], rejected: [] };
  for (const { line, cells } of records) {
    if (cells.length !== header.length) {
      out.rejected.push({
        line,
        column: "",
        message: `The row has ${cells.length} cells, the header has ${header.length}.`,
        remedy: "Check for a missing comma or for quotes around text with commas.",
      });
      continue;
    }
    readRow(out, line, Object.fromEntries(header.map((name, i) => [name, cells[i]])), read);
  }
  return out;
}

interface CsvRecord {
  line: number;
  cells: string[];
}

function parseRecords(
  csv: string,
): { header: string[]; records: CsvRecord[] } | { problem: string; line: number } {
  try {
    const all = parse(csv, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      // The header, the rows, and one more that says there are too many: the rest is not even read.
      to: ROW_LIMIT + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const [first, ...rest] = all;
    if (first === undefined) return { problem: "The file is empty.", line: 1 };
    // `lines` counts the lines read so far, so it is where the row ends.
    return {
      header: first.record,
      records: rest.map(({ record, info }) => ({ line: info.lines, cells: record })),
    };
  } catch (cause) {
    const line = (cause as { lines?: number }).lines ?? 1;
    return { problem: `The file is not well-formed CSV: ${(cause as Error).message}`, line };
  }
}

function whole<T>(message: string, remedy: string, line = 1, column = ""): ReadCsv<T> {
  return { rows: [], rejected: [{ line, column, message, remedy }] };
}
