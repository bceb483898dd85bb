import { effortBudgetMinutes } from "../domain/turnover/service-levels.ts";
import type { BoardEntry, CsmFigures, PersonOfVendor } from "./board-parts.ts";

/** Everybody who has an open case, and every active CSM without one: who has room is part of the answer. */
export function rollUpByCsm(entries: readonly BoardEntry[], people: readonly PersonOfVendor[]): CsmFigures[] {
  const byCsm = new Map<string | null, BoardEntry[]>();
  for (const entry of entries) {
    const own = byCsm.get(entry.csmId);
    if (own === undefined) byCsm.set(entry.csmId, [entry]);
    else own.push(entry);
  }
  const owners = people
    .filter(({ id, roles, status }) => byCsm.has(id) || (roles.includes("csm") && status === "active"))
    .map((person) => figuresOf(person, byCsm.get(person.id) ?? []));
  const unowned = byCsm.get(null);
  return [
    ...(unowned === undefined ? [] : [figuresOf(null, unowned)]),
    ...owners.sort((a, b) => b.openCases - a.openCases || a.name.localeCompare(b.name)),
  ];
}

function figuresOf(person: PersonOfVendor | null, cases: readonly BoardEntry[]): CsmFigures {
  const count = (of: (entry: BoardEntry) => boolean) => cases.filter(of).length;
  return {
    csmId: person?.id ?? null,
    name: person?.name ?? "Nobody",
    status: person?.status ?? null,
    openCases: cases.length,
    caseCapacity: person?.caseCapacity ?? null,
    minutes: cases.reduce((sum, { tier, segment }) => sum + effortBudgetMinutes(tier, segment), 0),
    minuteCapacity: person?.minuteCapacity ?? null,
    arr: arrOf(cases),
    meanPercent: meanOf(cases.map(({ percent }) => percent)),
    meanDaysAtRisk: meanOf(cases.map(({ days }) => days)),
    inLimbo: count(({ csmId, contactId }) => csmId === null || contactId === null),
    overdue: cases.reduce((sum, { overdue }) => sum + overdue, 0),
    ready: count(({ boardVerdict }) => boardVerdict === "ready"),
    stalled: count(({ boardVerdict }) => boardVerdict === "stalled"),
    atRisk: count(({ boardVerdict }) => boardVerdict === "at_risk"),
  };
}

/** An account with two open cases is at stake once. */
function arrOf(cases: readonly BoardEntry[]): CsmFigures["arr"] {
  const seen = new Set<string>();
  const sums = new Map<string, bigint>();
  for (const { accountId, arrMinor, currency } of cases) {
    if (seen.has(accountId)) continue;
    seen.add(accountId);
    sums.set(currency, (sums.get(currency) ?? 0n) + arrMinor);
  }
  return [...sums]
    .map(([currency, minor]) => ({ currency, minor }))
    .sort((a, b) => a.currency.localeCompare(b.currency));
}

function meanOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
}
