import { type Cell, writeCsv } from "../domain/accounts/write-csv.ts";
import { effortOf } from "../domain/turnover/effort.ts";
import { daysAtRisk } from "../domain/turnover/learned-when.ts";
import { effortOfCases } from "../drivers/store/effort.ts";
import type { Actor } from "./actor.ts";
import { grouped } from "./case-effort.ts";
import { money } from "./export-lists.ts";
import type { Parts } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";
import { recordExport } from "./record-export.ts";

/** Read in slices; the minutes of a slice are one statement. */
const SLICE = 500;
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
  const { db } = parts;
  const now = parts.clock.now();
  const lines: Cell[][] = [];
  for (let after: string | null = null; ; ) {
    const rows: Awaited<ReturnType<typeof slice>> = await slice(parts, workspaceId, after);
    const ids = rows.map(({ id }) => id);
    const counts = grouped(await effortOfCases(db, workspaceId, ids));
    for (const row of rows) {
      const { account } = row;
      const { spent, avoided } = effortOf(counts.get(row.id) ?? []);
      const effectiveOn = row.departureEffectiveOn === null ? null : dayOf(row.departureEffectiveOn);
      lines.push([
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
        spent.minutes,
        avoided.minutes,
      ]);
    }
    after = ids.at(-1) ?? null;
    if (rows.length < SLICE) break;
  }
  await recordExport(parts, { ...input, what: "cases", rows: lines.length });
  return writeCsv(CASE_COLUMNS, lines);
}

function slice({ db }: Parts, workspaceId: string, after: string | null) {
  return db.case.findMany({
    where: { workspaceId, ...(after === null ? {} : { id: { gt: after } }) },
    include: { account: { include: { csm: { select: { email: true } } } } },
    orderBy: { id: "asc" },
    take: SLICE,
  });
}
