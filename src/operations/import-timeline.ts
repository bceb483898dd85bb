import { compact } from "../domain/accounts/account-row.ts";
import { CellProblem } from "../domain/accounts/cells.ts";
import { type ReadCsv, readCsv, readItems } from "../domain/accounts/read-csv.ts";
import { readTimelineRow, TIMELINE_COLUMNS, type TimelineRow } from "../domain/accounts/timeline-row.ts";
import { lockAccount } from "../drivers/store/cases.ts";
import type { Account, TimelineEntry } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { changedFields, type ImportReport, type Items, importRows, type Kept } from "./import-report.ts";
import { accountOf } from "./import-tasks.ts";
import { importedAuthor } from "./list-timeline.ts";
import type { Db, Parts } from "./parts.ts";

export type ImportTimelineInput = { workspaceId: string; actor: Actor } & (
  | { csv: string }
  | { items: Items }
);

/**
 * Adds to the accounts' stories what is known elsewhere: a meeting held, a decision, a note (S0-22, S0-24).
 * A story is read by people and by nothing that judges: readiness hears only of what a contact did here, so
 * no file can make anybody look engaged. What came in a file says so in its source and its author.
 */
export function importTimeline(parts: Parts, input: ImportTimelineInput): Promise<ImportReport> {
  const file: ReadCsv<TimelineRow> =
    "csv" in input
      ? readCsv(input.csv, TIMELINE_COLUMNS, readTimelineRow)
      : readItems(input.items, readTimelineRow);
  const { workspaceId, actor } = input;
  return importRows(
    parts,
    input,
    {
      action: "timeline-imported",
      names: (row) =>
        row.externalRef === undefined
          ? [`words ${row.account} ${row.date.toISOString()} ${row.kind ?? ""} ${row.text}`]
          : [`ref ${row.account} ${row.externalRef}`],
      open: async (tx) => ({ keep: (row) => keepEntry(tx, { workspaceId, actor }, row) }),
    },
    file,
  );
}

async function keepEntry(
  tx: Db,
  { workspaceId, actor }: { workspaceId: string; actor: Actor },
  row: TimelineRow,
): Promise<Kept> {
  const account = await accountOf(tx, workspaceId, row.account);
  // Two imports of the same file at once must not both find an entry missing.
  await lockAccount(tx, workspaceId, account.id);
  const before = await findBefore(tx, account, row);
  const { account: _word, author, ...fields } = row;
  const data = compact(fields);
  if (before === null) {
    const { id } = await tx.timelineEntry.create({
      data: {
        kind: "note",
        source: "import",
        ...data,
        author: author === undefined ? actor : importedAuthor(author),
        workspaceId,
        accountId: account.id,
      },
      select: { id: true },
    });
    return { created: id };
  }
  const changed = changedFields(before, data);
  if (changed.length === 0) return "unchanged";
  if (before.author.startsWith("contact:"))
    throw new CellProblem(
      "text",
      "These are a contact's own words.",
      "They stay as they were said; write a new entry with another external_ref.",
    );
  await tx.timelineEntry.update({ where: { id: before.id }, data });
  return { updated: before.id, fields: changed };
}

/** By its reference, or as the same words of the same day. */
async function findBefore(db: Db, account: Account, row: TimelineRow): Promise<TimelineEntry | null> {
  const where = { workspaceId: account.workspaceId, accountId: account.id };
  const { externalRef, date, kind, text } = row;
  if (externalRef !== undefined) return db.timelineEntry.findFirst({ where: { ...where, externalRef } });
  return db.timelineEntry.findFirst({
    where: { ...where, externalRef: null, date, kind: kind ?? "note", text },
    orderBy: { id: "asc" },
  });
}
