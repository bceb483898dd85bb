import { Prisma, type PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/*
 * Everybody's week reads hundreds of open cases to rank what waits in them. Written in SQL and only with the
 * columns that are shown: the same through Prisma's own reading took twice the time of the page.
 */

export interface OpenCaseRow {
  id: string;
  status: string;
  severity: number;
  detectedAt: Date;
  departureEffectiveOn: Date | null;
  closedAt: Date | null;
  roleOutcome: string;
  replacementContactId: string | null;
  replacementSeenAt: Date | null;
  accountId: string;
  accountName: string;
  arrMinor: bigint;
  currency: string;
  zone: string;
  csmId: string | null;
  csmName: string | null;
  renewalOn: Date | null;
}

export interface OpenProgramRow {
  id: string;
  caseId: string;
  audience: string;
  status: string;
  verdict: string | null;
  score: number | null;
  zone: string;
  dueAt: Date | null;
  position: number;
  doneKeys: string[] | null;
  skippedKeys: string[] | null;
  pauses: Prisma.JsonValue;
  versionId: string;
  contactName: string;
}

/** Whose cases: one CSM's accounts, accounts that nobody owns (null), or all (undefined). */
function openCases(workspaceId: string, csmId: string | null | undefined): Prisma.Sql {
  const owned =
    csmId === undefined
      ? Prisma.empty
      : csmId === null
        ? Prisma.sql`and a."csmId" is null`
        : Prisma.sql`and a."csmId" = ${csmId}::uuid`;
  return Prisma.sql`turnover_case c join account a on a.id = c."accountId"
     where c."workspaceId" = ${workspaceId}::uuid and c.status <> 'closed' ${owned}`;
}

/**
 * Thousands of rows as one JSON value: reading them one by one through Prisma costs several times what the
 * database does. PostgreSQL writes a timestamp without its zone; all of ours are UTC.
 */
async function readRows<T>(
  db: Db,
  rows: Prisma.Sql,
  instants: readonly (keyof T & string)[],
  numbers: readonly (keyof T & string)[] = [],
): Promise<T[]> {
  const [found] = await db.$queryRaw<{ rows: Record<string, unknown>[] }[]>`
    select coalesce(json_agg(r), '[]') as rows from (${rows}) r`;
  const read = found?.rows ?? [];
  for (const row of read) {
    for (const name of instants) row[name] = instant(row[name]);
    for (const name of numbers) row[name] = BigInt(String(row[name]));
  }
  return read as T[];
}

function instant(text: unknown): Date | null {
  if (typeof text !== "string") return null;
  return new Date(text.length === "2026-12-24".length ? `${text}T00:00:00Z` : `${text}Z`);
}

/** In the order they were found out. */
export function openCaseRows(
  db: Db,
  workspaceId: string,
  csmId: string | null | undefined,
): Promise<OpenCaseRow[]> {
  const rows = Prisma.sql`
    select o.*, u.name as "csmName" from (
      select c.id, c.status, c.severity, c."detectedAt", c."departureEffectiveOn", c."closedAt", c."roleOutcome",
             c."replacementContactId", c."replacementSeenAt", a.id as "accountId", a.name as "accountName",
             a."arrMinor"::text as "arrMinor", a.currency, a.zone, a."csmId", a."renewalOn"
        from ${openCases(workspaceId, csmId)}) o
      left join "user" u on u.id = o."csmId"
     order by o."detectedAt", o.id`;
  return readRows<OpenCaseRow>(
    db,
    rows,
    ["detectedAt", "departureEffectiveOn", "closedAt", "replacementSeenAt", "renewalOn"],
    ["arrMinor"],
  );
}

/** Programs of those cases that run or have ended well, the newest first. */
export function openProgramRows(
  db: Db,
  workspaceId: string,
  csmId: string | null | undefined,
): Promise<OpenProgramRow[]> {
  const rows = Prisma.sql`
    select e.id, e."caseId", e.audience, e.status, e.verdict, e.score, e.zone, e."dueAt", e.position,
           e.progress->'done' as "doneKeys", e.progress->'skipped' as "skippedKeys", e.pauses, e."versionId",
           p.name as "contactName"
      from enrollment e join contact p on p.id = e."contactId"
     where e."workspaceId" = ${workspaceId}::uuid
       and e.status in ('pending', 'active', 'paused', 'blocked', 'completed')
       and e."caseId" in (select c.id from ${openCases(workspaceId, csmId)})
     order by e."createdAt" desc, e.id desc`;
  return readRows<OpenProgramRow>(db, rows, ["dueAt"]);
}

/** A duty that nobody has done yet, in one of those cases; without its detail, which only a row that is shown needs. */
export interface OpenDutyRow {
  id: string;
  caseId: string;
  enrollmentId: string | null;
  key: string;
  kind: string;
  text: string;
  dueAt: Date;
  createdAt: Date;
}

/** The soonest due first. */
export function openDutyRows(
  db: Db,
  workspaceId: string,
  csmId: string | null | undefined,
): Promise<OpenDutyRow[]> {
  const rows = Prisma.sql`
    select t.id, t."caseId", t."enrollmentId", t.key, t.kind, t.text, t."dueAt", t."createdAt"
      from csm_task t
     where t."workspaceId" = ${workspaceId}::uuid and t."doneAt" is null
       and t."caseId" in (select c.id from ${openCases(workspaceId, csmId)})
     order by t."dueAt", t.id`;
  return readRows<OpenDutyRow>(db, rows, ["dueAt", "createdAt"]);
}
