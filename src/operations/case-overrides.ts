import { localDateOf } from "../domain/calendar/zones.ts";
import type { Outlook } from "../domain/turnover/outlook.ts";
import { inForce, isWaiting, type Override } from "../domain/turnover/override.ts";
import type { OutlookOverride } from "../drivers/store/generated/client.ts";
import type { Db } from "./parts.ts";
import { dateColumn, dayOf } from "./person-calendar.ts";

/** An override with the names of who proposed it and who decided. */
export interface ShownOverride extends Override {
  id: string;
  caseId: string;
  proposedAt: Date;
  proposedBy: string;
  /** Who proposed it may not decide it. */
  proposedByUserId: string | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  answer: string | null;
}

/** Of one case: what counts now, what waits for a manager, and what was said before, newest first. */
export interface CaseOverrides {
  active: ShownOverride | null;
  waiting: ShownOverride | null;
  past: ShownOverride[];
}

export async function caseOverrides(
  db: Db,
  input: { workspaceId: string; caseId: string; zone: string; now: Date },
): Promise<CaseOverrides> {
  const { workspaceId, caseId } = input;
  const rows = await db.outlookOverride.findMany({
    where: { workspaceId, caseId },
    orderBy: [{ proposedAt: "desc" }, { id: "desc" }],
  });
  const today = localDateOf(input.now, input.zone);
  const shown = await named(db, workspaceId, rows);
  // The last word counts: an older one that would still stand is over.
  const active =
    shown
      .filter((one) => inForce(one, today))
      .toSorted((a, b) => (b.decidedAt?.getTime() ?? 0) - (a.decidedAt?.getTime() ?? 0))[0] ?? null;
  const waiting = shown.find((one) => isWaiting(one, today)) ?? null;
  return { active, waiting, past: shown.filter((one) => one !== active && one !== waiting) };
}

export interface BoardOverride extends ShownOverride {
  accountName: string;
}

/** Over all open cases: what waits for a manager, the soonest to lapse first, and what counts now. */
export async function boardOverrides(
  db: Db,
  input: { workspaceId: string; zone: string; now: Date },
): Promise<{ waiting: BoardOverride[]; active: BoardOverride[] }> {
  const { workspaceId } = input;
  const today = localDateOf(input.now, input.zone);
  const rows = await db.outlookOverride.findMany({
    where: { workspaceId, status: { in: ["proposed", "approved"] }, untilOn: { gte: dateColumn(today) } },
    orderBy: [{ untilOn: "asc" }, { id: "asc" }],
  });
  const cases = await db.case.findMany({
    where: { workspaceId, id: { in: rows.map(({ caseId }) => caseId) }, status: { not: "closed" } },
    select: { id: true, account: { select: { name: true } } },
  });
  const accountOf = new Map(cases.map(({ id, account }) => [id, account.name]));
  const shown = (await named(db, workspaceId, rows)).flatMap((one) => {
    const accountName = accountOf.get(one.caseId);
    return accountName === undefined ? [] : [{ ...one, accountName }];
  });
  const latest = new Map<string, BoardOverride>();
  for (const one of shown.filter((each) => inForce(each, today))) {
    const before = latest.get(one.caseId);
    if (before === undefined || (before.decidedAt ?? 0) < (one.decidedAt ?? 0)) latest.set(one.caseId, one);
  }
  return { waiting: shown.filter((one) => isWaiting(one, today)), active: [...latest.values()] };
}

async function named(
  db: Db,
  workspaceId: string,
  rows: readonly OutlookOverride[],
): Promise<ShownOverride[]> {
  const ids = rows.flatMap(({ proposedBy, decidedBy }) => [userOf(proposedBy), userOf(decidedBy)]);
  const people = await db.user.findMany({
    where: { workspaceId, id: { in: ids.filter((id) => id !== null) } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const name = (actor: string) => nameOf.get(userOf(actor) ?? "") ?? "Somebody";
  return rows.map((row) => ({
    id: row.id,
    caseId: row.caseId,
    outlook: row.outlook as Outlook["value"],
    reason: row.reason,
    untilOn: dayOf(row.untilOn),
    status: row.status,
    proposedAt: row.proposedAt,
    proposedBy: name(row.proposedBy),
    proposedByUserId: userOf(row.proposedBy),
    decidedAt: row.decidedAt,
    decidedBy: row.decidedBy === null ? null : name(row.decidedBy),
    answer: row.answer,
  }));
}

function userOf(actor: string | null): string | null {
  return actor?.startsWith("user:") === true ? actor.slice("user:".length) : null;
}
