import { type Cell, writeCsv } from "../domain/accounts/write-csv.ts";
import { effortOf } from "../domain/turnover/effort.ts";
import { daysAtRisk } from "../domain/turnover/learned-when.ts";
import { effortOfCases } from "../drivers/store/effort.ts";
import type { Actor } from "./actor.ts";
import { grouped } from "./case-effort.ts";
import { inSlices, money, SLICE } from "./export-lists.ts";
import type { Parts } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";
import { recordExport } from "./record-export.ts";

/** The headings say what is estimated: a sheet is read without the page that explains it. */
export const CASE_COLUMNS = [
  "case",
  "account",
  "csm",
  "segment",
  "tier",
  "arr",
  "currency",
  "renewal_on",
  "status",
  "outcome",
  "detected_at",
  "closed_at",
  "days_at_risk",
  "minutes_spent_estimate",
  "minutes_avoided_estimate",
] as const;

/** Every case, open and closed, with what it took of our time and what was spared (S0-27). */
export async function exportCases(
  parts: Parts,
  input: { workspaceId: string; actor: Actor },
): Promise<string> {
  const { workspaceId } = input;
  const now = parts.clock.now();
  const rows = await inSlices((after) => slice(parts, workspaceId, after));
  const lines = rows.map((row): Cell[] => {
    const { account, effort } = row;
    const effectiveOn = row.departureEffectiveOn === null ? null : dayOf(row.departureEffectiveOn);
    return [
      row.id,
      account.name,
      account.csm?.email ?? null,
      account.segment,
      account.tier,
      money(account.arrMinor, account.currency),
      account.currency,
      account.renewalOn === null ? null : dayOf(account.renewalOn),
      row.status,
      row.outcome,
      row.detectedAt,
      row.closedAt,
      daysAtRisk({ detectedAt: row.detectedAt, effectiveOn, closedAt: row.closedAt }, account.zone, now),
      effort.spent.minutes,
      effort.avoided.minutes,
    ];
  });
  await recordExport(parts, { ...input, what: "cases", rows: lines.length });
  return writeCsv(CASE_COLUMNS, lines);
}

/** The minutes of a slice are one statement. */
async function slice({ db }: Parts, workspaceId: string, after: string | null) {
  const rows = await db.case.findMany({
    where: { workspaceId, ...(after === null ? {} : { id: { gt: after } }) },
    include: { account: { include: { csm: { select: { email: true } } } } },
    orderBy: { id: "asc" },
    take: SLICE,
  });
  const ids = rows.map(({ id }) => id);
  const counts = grouped(await effortOfCases(db, workspaceId, ids));
  return rows.map((row) => ({ ...row, effort: effortOf(counts.get(row.id) ?? []) }));
}
