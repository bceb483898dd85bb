import type { Verdict } from "../domain/readiness/readiness.ts";
import { percentComplete, stepsDone } from "../domain/sequences/percent-complete.ts";
import { daysAtRisk } from "../domain/turnover/learned-when.ts";
import { type BoardCase, boardCases, openDuties, thinAccounts } from "../drivers/store/board-rows.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import { rollUpByCsm } from "./board-figures.ts";
import { loadBoardDetails } from "./board-needs.ts";
import type {
  BoardEntry,
  BoardFilter,
  BoardInput,
  BoardRow,
  BoardSort,
  BoardVerdict,
  ManagerBoard,
  ThinRow,
} from "./board-parts.ts";
import { boardOverrides } from "./case-overrides.ts";
import type { Parts } from "./parts.ts";
import { pauseNow } from "./pauses.ts";
import { dateColumn, dayOf } from "./person-calendar.ts";
import { type StepKeys, stepKeysOf } from "./step-keys.ts";

const BOARD_VERDICTS: readonly BoardVerdict[] = [
  "at_risk",
  "unreachable",
  "stalled",
  "ready",
  "warming",
  "on_track",
  "not_started",
  "no_program",
];
const ROWS = 50;

/**
 * All open cases for who leads the CSMs (domain.md F 3): rows by page, roll-up by CSM, thin accounts. The
 * number of statements is the same for five cases and for five hundred.
 */
export async function managerBoard(parts: Parts, input: BoardInput): Promise<ManagerBoard> {
  const { db } = parts;
  const { workspaceId, filter = {}, sort = "attention" } = input;
  const now = parts.clock.now();
  const { reportZone } = await getWorkspace(db, workspaceId);
  const [cases, duties, people, thin, overrides] = await Promise.all([
    boardCases(db, workspaceId),
    openDuties(db, workspaceId, now),
    db.user.findMany({
      where: { workspaceId },
      select: {
        id: true,
        name: true,
        status: true,
        roles: true,
        caseCapacity: true,
        minuteCapacity: true,
      },
      orderBy: { name: "asc" },
    }),
    thinAccounts(db, workspaceId, dateColumn(dayOf(now))),
    boardOverrides(db, { workspaceId, zone: reportZone, now }),
  ]);
  const keys = await stepKeysOf(db, workspaceId, cases);
  const dutiesOf = new Map(duties.map((row) => [row.caseId, row]));
  const entries = cases.map((row) => entryOf(row, keys, dutiesOf.get(row.caseId), now));
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));

  const found = entries.filter((entry) => passes(entry, filter));
  const shown = found.filter((entry) => passesVerdict(entry, filter)).sort(ORDERS[sort]);
  const limit = Math.max(1, input.limit ?? ROWS);
  const pages = Math.max(1, Math.ceil(shown.length / limit));
  const page = Math.min(Math.max(1, input.page ?? 1), pages);
  const onPage = shown.slice((page - 1) * limit, page * limit);
  const details = await loadBoardDetails(db, workspaceId, onPage, now);
  const thinRow = (account: (typeof thin)[number]): ThinRow => {
    const { hasSponsor: _, csmId, ...row } = account;
    return { ...row, csmName: csmId === null ? null : (nameOf.get(csmId) ?? null) };
  };
  return {
    rows: onPage.map((entry) => rowOf(entry, details, nameOf, now)),
    total: shown.length,
    openCases: entries.length,
    page,
    pages,
    verdictCounts: BOARD_VERDICTS.map((verdict) => ({
      verdict,
      count: found.filter((entry) => entry.boardVerdict === verdict).length,
    })),
    statusCounts: counted(entries.map(({ status }) => status)),
    byCsm: rollUpByCsm(entries, people),
    overrides,
    singleThreaded: thin.filter(({ living }) => living <= 1).map(thinRow),
    noBackup: thin.filter(({ hasSponsor }) => !hasSponsor).map(thinRow),
  };
}

function entryOf(
  row: BoardCase,
  keys: StepKeys,
  duties: { open: number; overdue: number } | undefined,
  now: Date,
): BoardEntry {
  const steps =
    row.versionId === null
      ? null
      : stepsDone(
          keys(row),
          { done: row.doneKeys ?? [], skipped: row.skippedKeys ?? [] },
          row.enrollmentStatus === "completed",
        );
  return {
    ...row,
    boardVerdict: (row.verdict as Verdict | null) ?? "no_program",
    days: daysAtRisk(
      {
        detectedAt: row.detectedAt,
        effectiveOn: row.departureEffectiveOn === null ? null : dayOf(row.departureEffectiveOn),
        closedAt: null,
      },
      row.zone,
      now,
    ),
    percent: percentComplete(steps),
    done: steps?.done ?? 0,
    steps: steps?.total ?? 0,
    open: duties?.open ?? 0,
    overdue: duties?.overdue ?? 0,
  };
}

function passes(entry: BoardEntry, { csmId, search, status, only }: BoardFilter): boolean {
  if (only === "overdue" && entry.overdue === 0) return false;
  if (only === "limbo" && entry.csmId !== null && entry.contactId !== null) return false;
  if (csmId !== undefined && csmId !== (entry.csmId ?? "nobody")) return false;
  if (status !== undefined && status !== entry.status) return false;
  const wanted = search?.trim().toLocaleLowerCase() ?? "";
  if (wanted === "") return true;
  return [entry.accountName, entry.contactName ?? ""].some((name) =>
    name.toLocaleLowerCase().includes(wanted),
  );
}

function passesVerdict(entry: BoardEntry, { verdict }: BoardFilter): boolean {
  return verdict === undefined || verdict === entry.boardVerdict;
}

type Order = (a: BoardEntry, b: BoardEntry) => number;
const soonest = (a: Date | null, b: Date | null) =>
  (a?.getTime() ?? Number.MAX_SAFE_INTEGER) - (b?.getTime() ?? Number.MAX_SAFE_INTEGER);
const longest: Order = (a, b) => b.days - a.days || (a.caseId < b.caseId ? -1 : 1);

/** Sorting by ARR groups by currency first: amounts of two currencies say nothing about each other. */
const ORDERS: Readonly<Record<BoardSort, Order>> = {
  attention: (a, b) =>
    b.overdue - a.overdue ||
    BOARD_VERDICTS.indexOf(a.boardVerdict) - BOARD_VERDICTS.indexOf(b.boardVerdict) ||
    longest(a, b),
  days: longest,
  account: (a, b) => a.accountName.localeCompare(b.accountName) || longest(a, b),
  score: (a, b) => (b.score ?? -1) - (a.score ?? -1) || longest(a, b),
  percent: (a, b) => b.percent - a.percent || longest(a, b),
  renewal: (a, b) => soonest(a.renewalOn, b.renewalOn) || longest(a, b),
  arr: (a, b) => a.currency.localeCompare(b.currency) || Number(b.arrMinor - a.arrMinor) || longest(a, b),
  next_send: (a, b) => soonest(a.dueAt, b.dueAt) || longest(a, b),
};

function rowOf(
  entry: BoardEntry,
  details: Awaited<ReturnType<typeof loadBoardDetails>>,
  nameOf: ReadonlyMap<string, string>,
  now: Date,
): BoardRow {
  const glance = entry.enrollmentId === null ? undefined : details.glances.get(entry.enrollmentId);
  const pause = glance === undefined ? null : pauseNow({ pauses: glance.pauses as object[] }, now);
  const { caseId, status, severity, accountId, accountName, contactId, contactName, csmId } = entry;
  return {
    caseId,
    status,
    severity,
    accountId,
    accountName,
    contactId,
    contactName,
    csmId,
    csmName: csmId === null ? null : (nameOf.get(csmId) ?? null),
    enrollmentId: entry.enrollmentId,
    enrollmentStatus: entry.enrollmentStatus,
    paused: pause !== null || entry.enrollmentStatus === "paused",
    verdict: entry.boardVerdict,
    score: entry.score,
    confidence: glance?.confidence ?? null,
    daysAtRisk: entry.days,
    percent: entry.percent,
    stepsDone: entry.done,
    stepsTotal: entry.steps,
    arrMinor: entry.arrMinor,
    currency: entry.currency,
    renewalOn: entry.renewalOn,
    nextSendAt: glance?.plannedAt ?? (entry.enrollmentStatus === "active" ? entry.dueAt : null),
    meetingState: glance?.meetingState ?? null,
    meetingAt: glance?.meetingAt ?? null,
    lastOwnActAt: glance?.lastOwnActAt ?? null,
    openDuties: entry.open,
    overdueDuties: entry.overdue,
    needs: details.needsOf(entry),
  };
}

function counted(values: readonly string[]): { status: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count);
}
