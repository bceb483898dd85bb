import { type Effort, effortOf } from "../domain/turnover/effort.ts";
import { effortBudgetMinutes } from "../domain/turnover/service-levels.ts";
import { type EffortRow, effortByOwner, effortOfCases } from "../drivers/store/effort.ts";
import type { Db } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";

/** Minutes that a person wrote down. */
export interface EffortEntryShown {
  id: string;
  minutes: number;
  what: string;
  spentOn: string;
  by: string;
}

/** What a case took and what it was spared, all of it estimated, beside what its tier may take (S0-27, S1-32). */
export interface CaseEffort extends Effort {
  budgetMinutes: number;
  overBudget: boolean;
  /** Newest day first; what was taken back is only in the audit. */
  entries: EffortEntryShown[];
}

export async function caseEffort(
  db: Db,
  turnover: { workspaceId: string; id: string; account: { tier: string; segment: string } },
): Promise<CaseEffort> {
  const { workspaceId, id, account } = turnover;
  const [rows, entries] = await Promise.all([
    effortOfCases(db, workspaceId, [id]),
    db.effortEntry.findMany({
      where: { workspaceId, caseId: id, takenBackAt: null },
      orderBy: [{ spentOn: "desc" }, { id: "desc" }],
    }),
  ]);
  const effort = effortOf(rows);
  const budgetMinutes = effortBudgetMinutes(account.tier, account.segment);
  const nameOf = await namesOf(db, workspaceId, entries);
  return {
    ...effort,
    budgetMinutes,
    overBudget: effort.spent.minutes > budgetMinutes,
    entries: entries.map((entry) => ({
      id: entry.id,
      minutes: entry.minutes,
      what: entry.what,
      spentOn: dayOf(entry.spentOn),
      by: nameOf.get(entry.createdBy) ?? "Somebody",
    })),
  };
}

async function namesOf(
  db: Db,
  workspaceId: string,
  entries: readonly { createdBy: string }[],
): Promise<ReadonlyMap<string, string>> {
  const authors = new Set(entries.map(({ createdBy }) => createdBy));
  const ids = [...authors].flatMap((actor) => (actor.startsWith("user:") ? [actor.slice(5)] : []));
  if (ids.length === 0) return new Map();
  const people = await db.user.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  });
  return new Map(people.map(({ id, name }) => [`user:${id}`, name]));
}

/** The two sums over all open cases, by who owns the accounts; "nobody" for those without a CSM. */
export async function effortByCsm(
  db: Db,
  workspaceId: string,
): Promise<ReadonlyMap<string, { spent: number; avoided: number }>> {
  return new Map(
    [...grouped(await effortByOwner(db, workspaceId))].map(([of, rows]) => {
      const { spent, avoided } = effortOf(rows);
      return [of, { spent: spent.minutes, avoided: avoided.minutes }];
    }),
  );
}

export function grouped(rows: readonly EffortRow[]): ReadonlyMap<string, EffortRow[]> {
  const groups = new Map<string, EffortRow[]>();
  for (const row of rows) groups.set(row.of, [...(groups.get(row.of) ?? []), row]);
  return groups;
}
