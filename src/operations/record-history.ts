import { readDay } from "../domain/accounts/cells.ts";
import type { TIMELINE_KINDS } from "../domain/accounts/timeline-row.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockAccount } from "../drivers/store/cases.ts";
import type { Actor } from "./actor.ts";
import { keepValue } from "./add-value.ts";
import type { Db, Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface TimelineInput {
  kind: (typeof TIMELINE_KINDS)[number];
  /** YYYY-MM-DD. */
  date: string;
  text: string;
  why?: string;
  visibility: "customer" | "internal";
  source: string;
  externalRef?: string;
}
export interface ValueInput {
  metric: string;
  unit: string;
  baseline: string;
  current: string;
  period: string;
  moneyMinor?: bigint;
  source: string;
  /** YYYY-MM-DD. */
  capturedOn: string;
  visibility?: "customer" | "internal";
}
export interface RecordHistoryInput {
  workspaceId: string;
  accountId: string;
  timeline?: TimelineInput[];
  values?: ValueInput[];
  actor: Actor;
}
/** Adds to the account's story (S0-22, S1-24). Entries with a known `externalRef`, and equal values, are not added twice. */
export function recordHistory(
  parts: Parts,
  input: RecordHistoryInput,
): Promise<Result<{ entries: number; values: number }>> {
  const { workspaceId, accountId, actor } = input;
  const bad = badDate(input);
  if (bad !== null) {
    return Promise.resolve(refuse("bad-date", bad, "This is not a date.", "Write dates as YYYY-MM-DD."));
  }
  return transact(parts, async (tx) => {
    // Two imports of the same file at once must not both find an entry missing.
    if ((await lockAccount(tx, workspaceId, accountId)) === null) {
      return refuse("unknown-account", "accountId", "There is no such account.", "Import the account first.");
    }
    let entries = 0;
    for (const entry of input.timeline ?? []) {
      if (await addEntry(tx, workspaceId, accountId, entry, actor)) entries += 1;
    }
    let values = 0;
    for (const value of input.values ?? []) {
      if (await addValue(tx, workspaceId, accountId, value)) values += 1;
    }
    if (entries + values > 0) {
      await recordAudit(tx, {
        workspaceId,
        at: parts.clock.now(),
        actor,
        action: "history-recorded",
        subjectType: "account",
        subjectId: accountId,
        after: { entries, values },
      });
    }
    return { ok: true, entries, values };
  });
}

function badDate(input: RecordHistoryInput): string | null {
  const timeline = input.timeline?.findIndex(({ date }) => readDay(date) === null) ?? -1;
  if (timeline >= 0) return `timeline[${timeline}].date`;
  const value = input.values?.findIndex(({ capturedOn }) => readDay(capturedOn) === null) ?? -1;
  return value >= 0 ? `values[${value}].capturedOn` : null;
}

async function addEntry(
  tx: Db,
  workspaceId: string,
  accountId: string,
  entry: TimelineInput,
  author: string,
): Promise<boolean> {
  const date = dateColumn(entry.date);
  const same =
    entry.externalRef === undefined
      ? { date, kind: entry.kind, text: entry.text }
      : { externalRef: entry.externalRef };
  const known = await tx.timelineEntry.findFirst({ where: { workspaceId, accountId, ...same } });
  if (known !== null) return false;
  await tx.timelineEntry.create({ data: { ...entry, date, author, workspaceId, accountId } });
  return true;
}

async function addValue(tx: Db, workspaceId: string, accountId: string, value: ValueInput): Promise<boolean> {
  const capturedOn = dateColumn(value.capturedOn);
  const { repeated } = await keepValue(tx, { ...value, capturedOn, workspaceId, accountId });
  return !repeated;
}
