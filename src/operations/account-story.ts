import { PARTIES } from "../domain/accounts/success-plan.ts";
import { findCurrentPlan } from "../drivers/store/success-plans.ts";
import type { PageEntry, PagePlan, PageValue } from "./page-parts.ts";
import type { Db } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";
import { goalsOf } from "./success-plans.ts";

/** What the customer may read of the account's story: visibility decides, here and nowhere else (S0-23). */
export async function customerStory(db: Db, workspaceId: string, accountId: string) {
  const rows = await db.timelineEntry.findMany({
    where: { workspaceId, accountId, visibility: "customer" },
    orderBy: [{ date: "asc" }, { id: "asc" }],
  });
  const entries: PageEntry[] = rows.map(({ date, kind, text, why }) => ({
    date: dayOf(date),
    kind,
    text,
    why,
  }));
  const ofKind = (...kinds: string[]) => entries.filter(({ kind }) => kinds.includes(kind));
  return {
    story: ofKind("milestone", "decision", "issue", "value", "meeting", "change", "note"),
    openItems: ofKind("open_item"),
    decisions: ofKind("decision"),
    setup: ofKind("setup", "quirk"),
    people: ofKind("person"),
  };
}

export async function customerValues(db: Db, workspaceId: string, accountId: string): Promise<PageValue[]> {
  const rows = await db.valueStatement.findMany({
    where: { workspaceId, accountId, visibility: "customer" },
    orderBy: [{ capturedOn: "desc" }, { id: "asc" }],
  });
  return rows.map(({ id, metric, unit, baseline, current, period, confirmedBy }) => ({
    id,
    metric,
    unit,
    baseline,
    current,
    period,
    confirmed: confirmedBy !== null,
  }));
}

/** `names`: who the three parties are, for the reader to know whose yes is missing. */
export async function currentPlan(
  db: Db,
  workspaceId: string,
  accountId: string,
  names: Partial<Record<(typeof PARTIES)[number], string | undefined>> = {},
): Promise<PagePlan | null> {
  const plan = await findCurrentPlan(db, workspaceId, accountId);
  if (plan === null) return null;
  return {
    version: plan.version,
    state: plan.state as PagePlan["state"],
    direction: plan.direction,
    goals: goalsOf(plan).map(({ key, statement, metric, target, byDate, status }) => ({
      key,
      statement,
      metric: metric ?? null,
      target: target ?? null,
      byDate: byDate ?? null,
      status,
    })),
    acceptances: PARTIES.map((party) => ({
      party,
      name: names[party] ?? null,
      at: plan.agreements.find((agreement) => agreement.party === party)?.acceptedAt ?? null,
    })),
  };
}
