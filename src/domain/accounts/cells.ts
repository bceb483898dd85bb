import { IANAZone } from "luxon";

/** What is wrong with one cell of a CSV file, and how to put it right. */
export class CellProblem extends Error {
  readonly column: string;
  readonly remedy: string;
  constructor(column: string, message: string, remedy: string) {
    super(message);
    this.column = column;
    this.remedy = remedy;
  }
}

/** One row of a CSV file, by column name. An empty cell is undefined. */
export type Row = Readonly<Record<string, string | undefined>>;

/** The apostrophe that writeCsv puts before what a spreadsheet would compute: taken off again on the way in. */
const GUARDED_FORMULA = /^'([=+\-@\t\r＝＋－＠])/;

export function textCell(row: Row, column: string): string | undefined {
  const value = row[column]?.trim().replace(GUARDED_FORMULA, "$1");
  if (value === undefined || value === "") return undefined;
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value)) {
    throw new CellProblem(
      column,
      "The cell contains a line break or a control character.",
      "Write it on one line.",
    );
  }
  return value;
}

export function neededCell(row: Row, column: string): string {
  const value = textCell(row, column);
  if (value === undefined) throw new CellProblem(column, `${column} is empty.`, `Fill in ${column}.`);
  return value;
}

export function zoneCell(row: Row, column: string): string | undefined {
  const value = textCell(row, column);
  if (value !== undefined && !IANAZone.isValidZone(value)) {
    throw new CellProblem(column, `"${value}" is not a time zone.`, "Use an IANA name such as Europe/Oslo.");
  }
  return value;
}

/** YYYY-MM-DD as the midnight UTC that a date column stores. */
export function dateCell(row: Row, column: string): Date | undefined {
  const value = textCell(row, column);
  if (value === undefined) return undefined;
  const date = readDay(value);
  if (date === null) {
    throw new CellProblem(column, `"${value}" is not a date.`, "Write dates as YYYY-MM-DD, like 2026-11-30.");
  }
  return date;
}

/** A calendar date as midnight UTC, or null. Refuses 2026-02-30 instead of moving it to March. */
export function readDay(value: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const date = new Date(`${value}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? date : null;
}

export function choiceCell<T extends string>(row: Row, column: string, choices: readonly T[]): T | undefined {
  const value = textCell(row, column)
    ?.toLowerCase()
    .replace(/[\s-]+/g, "_");
  if (value === undefined) return undefined;
  const found = choices.find((choice) => choice === value);
  if (found === undefined) {
    throw new CellProblem(column, `"${value}" is not known here.`, `Use one of: ${choices.join(", ")}.`);
  }
  return found;
}

/** Words parted by semicolons or spaces. */
export function listCell(row: Row, column: string): string[] | undefined {
  const value = textCell(row, column);
  return value?.split(/[;,\s]+/).filter((word) => word !== "");
}
