import type { Refusal } from "../operations/refusal.ts";

/** Exit codes of every command (product.md): done, refused for bad input, fault of ours. */
export const EXIT = { done: 0, refused: 1, fault: 2 } as const;

/** Bad input: said with place and remedy, exit code 1. */
export class RefusedError extends Error {
  readonly problems: readonly Refusal[];
  constructor(problems: readonly Refusal[]) {
    super(problems.map(formatRefusal).join("\n"));
    this.name = "RefusedError";
    this.problems = problems;
  }
}

export function refusal(code: string, place: string, message: string, remedy: string): RefusedError {
  return new RefusedError([{ code, place, message, remedy }]);
}

export function formatRefusal(problem: Refusal): string {
  return `${problem.place}: ${problem.message}\n  → ${problem.remedy}`;
}

/** Standard output is for data, standard error for progress, so a pipe stays clean. */
export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, jsonSafe, 2));
}

/** Money is bigint in the rows; JSON has none. */
function jsonSafe(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

/** Columns padded to their widest cell; the last one runs free. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(width(heading), ...rows.map((row) => width(row[column] ?? ""))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === cells.length - 1 ? cell : cell + " ".repeat((widths[column] ?? 0) - width(cell)),
      )
      .join("  ")
      .trimEnd();
  return [line(headings), line(widths.map((w) => "─".repeat(w))), ...rows.map(line)].join("\n");
}

function width(text: string): number {
  return [...text].length;
}
