import { DateTime, IANAZone } from "luxon";
import { unguardFormula } from "./formula-guard.ts";

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

function unguarded(row: Row, column: string): string | undefined {
  const value = row[column];
  return value === undefined ? undefined : unguardFormula(value);
}

export function textCell(row: Row, column: string): string | undefined {
  const value = unguarded(row, column)?.trim();
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

/**
 * Words as somebody wrote them, with their line breaks. Kept to the letter, so that a list that went out
 * comes in the same; only what no text holds is refused.
 */
export function wordsCell(row: Row, column: string, longest: number): string | undefined {
  const value = unguarded(row, column);
  if (value === undefined || value.trim() === "") return undefined;
  if (/(?![\n\r\t])\p{Cc}/u.test(value))
    throw new CellProblem(column, "The cell contains a control character.", "Type the text anew.");
  if (value.length > longest)
    throw new CellProblem(column, `The cell is longer than ${longest} characters.`, "Shorten it.");
  return value;
}

/** What another program calls a row. */
export function refCell(row: Row, column: string): string | undefined {
  const value = textCell(row, column);
  if (value !== undefined && value.length > LONGEST_REF)
    throw new CellProblem(column, `The reference is longer than ${LONGEST_REF} characters.`, "Shorten it.");
  return value;
}
const LONGEST_REF = 200;

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

/** An instant, or a calendar day that whoever reads it puts into a zone. */
export type Moment = { readonly at: Date } | { readonly day: string };

export function momentCell(row: Row, column: string): Moment | undefined {
  const value = textCell(row, column);
  if (value === undefined) return undefined;
  if (readDay(value) !== null) return { day: value };
  const at = /T.*(Z|[+-]\d{2}:?\d{2})$/i.test(value) ? DateTime.fromISO(value) : null;
  if (at?.isValid !== true)
    throw new CellProblem(
      column,
      `"${value}" is not a date or a time with its zone.`,
      "Write 2026-11-30, or 2026-11-30T16:30:00Z.",
    );
  return { at: at.toJSDate() };
}

/** A day alone means all of it: what is due on it is due by its end. */
export function instantOfMoment(moment: Moment, zone: string, edge: "start" | "end"): Date {
  if ("at" in moment) return moment.at;
  const day = DateTime.fromISO(moment.day, { zone });
  return (edge === "start" ? day.startOf("day") : day.endOf("day")).toJSDate();
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
