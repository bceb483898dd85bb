import type { Command } from "commander";
import { importAccounts } from "../../operations/import-accounts.ts";
import { importContacts } from "../../operations/import-contacts.ts";
import type { ImportReport } from "../../operations/import-report.ts";
import { importTasks } from "../../operations/import-tasks.ts";
import { importTimeline } from "../../operations/import-timeline.ts";
import { print, printJson, RefusedError } from "../output.ts";
import { readText } from "../sequence-files.ts";
import { withApp } from "../with-app.ts";

const NOUNS = [
  { noun: "accounts", what: "Your accounts.", run: importAccounts },
  { noun: "contacts", what: "Your contacts.", run: importContacts },
  { noun: "tasks", what: "What people of yours have to do in a case.", run: importTasks },
  { noun: "timeline", what: "What is known of an account: its story.", run: importTimeline },
] as const;

export function addAccountCommands(program: Command): void {
  for (const { noun, what, run } of NOUNS) {
    program
      .command(noun)
      .description(what)
      .command("import")
      .argument("<file.csv>", "a CSV file with a header line")
      .description(
        `Adds or updates ${noun}; wrong rows are named and left out, the rest is kept. Safe to repeat.`,
      )
      .option("--json", "print the report as JSON")
      .action(async (file: string, options: { json?: boolean }) => {
        const csv = await readText(file);
        await withApp(async ({ parts, workspaceId }) => {
          tell(file, await run(parts, { workspaceId, csv, actor: "cli" }), options.json === true);
        });
      });
  }
}

/** Rejected rows make the exit code 1, though the good ones are in. */
function tell(file: string, report: ImportReport, json: boolean): void {
  const { created, updated, unchanged, rejected } = report;
  if (json) printJson(report);
  else print(`${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected.length} rejected`);
  if (rejected.length === 0) return;
  throw new RefusedError(
    rejected.map(({ line, column, message, remedy }) => ({
      code: "rejected-row",
      place: `${file}:${line}${column === "" ? "" : ` ${column}`}`,
      message,
      remedy,
    })),
  );
}
