import { CellProblem } from "../domain/accounts/cells.ts";
import type { ReadCsv } from "../domain/accounts/read-csv.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import type { Actor } from "./actor.ts";
import type { Db, Parts } from "./parts.ts";
import { transact } from "./transact.ts";

/** What an import did. Good rows are kept even when others are refused; repeating it is safe. */
export interface ImportReport {
  created: number;
  updated: number;
  unchanged: number;
  rejected: { line: number; column: string; message: string; remedy: string }[];
}

/** Rows by column, as the API takes them instead of a CSV text. */
export type Items = readonly Readonly<Record<string, string | undefined>>[];

/** Saves row by row, each in its own transaction, so that one bad row takes nothing with it. */
export async function importRows<T>(
  parts: Parts,
  input: { workspaceId: string; actor: Actor },
  action: string,
  file: ReadCsv<T>,
  save: (tx: Db, row: T) => Promise<"created" | "updated" | "unchanged">,
): Promise<ImportReport> {
  const report: ImportReport = { created: 0, updated: 0, unchanged: 0, rejected: [...file.rejected] };
  for (const { line, value } of file.rows) {
    try {
      report[await transact(parts, (tx) => save(tx, value))] += 1;
    } catch (problem) {
      if (!(problem instanceof CellProblem)) throw problem;
      report.rejected.push({
        line,
        column: problem.column,
        message: problem.message,
        remedy: problem.remedy,
      });
    }
  }
  report.rejected.sort((a, b) => a.line - b.line);
  if (report.created + report.updated > 0) {
    const { rejected, ...counts } = report;
    await transact(parts, (tx) =>
      recordAudit(tx, {
        workspaceId: input.workspaceId,
        at: parts.clock.now(),
        actor: input.actor,
        action,
        subjectType: "workspace",
        subjectId: input.workspaceId,
        after: { ...counts, rejected: rejected.length },
      }),
    );
  }
  return report;
}

/** Whether any field of the row differs from what is kept. */
export function hasChanges(before: object, data: object): boolean {
  const kept = before as Record<string, unknown>;
  return Object.entries(data).some(([name, value]) => plain(kept[name]) !== plain(value));
}

function plain(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? part.toString() : part)) ?? ""
  );
}
