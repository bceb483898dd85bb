import { Prisma, type PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/*
 * The rows of a week that are shown, whole: which ones they are is decided before, from glances
 * (open-case-glances.ts).
 */

export interface OpenCaseRow {
  id: string;
  status: string;
  severity: number;
  detectedAt: Date;
  departureEffectiveOn: Date | null;
  closedAt: Date | null;
  /** Who takes over, as the case names them. */
  replacementName: string | null;
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
  policy: string;
  contactName: string;
}

/** All rows as one JSON value: reading them one by one through Prisma costs several times what the database does. */
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
    for (const name of instants) {
      const text = row[name];
      row[name] = typeof text === "string" ? instant(text) : null;
    }
    for (const name of numbers) row[name] = BigInt(String(row[name]));
  }
  return read as T[];
}

/** PostgreSQL writes a timestamp in JSON without its zone; all of ours are UTC. */
export function instant(text: string): Date {
  return new Date(text.length === "2026-12-24".length ? `${text}T00:00:00Z` : `${text}Z`);
}

export function openCaseRows(db: Db, workspaceId: string, ids: readonly string[]): Promise<OpenCaseRow[]> {
  const rows = Prisma.sql`
    select c.id, c.status, c.severity, c."detectedAt", c."departureEffectiveOn", c."closedAt",
           c."replacementSeenAt", p.name as "replacementName", a.id as "accountId", a.name as "accountName",
           a."arrMinor"::text as "arrMinor", a.currency, a.zone, a."csmId", u.name as "csmName", a."renewalOn"
      from turnover_case c
      join account a on a.id = c."accountId"
      left join "user" u on u.id = a."csmId"
      left join contact p on p."workspaceId" = c."workspaceId" and p.id = c."replacementContactId"
     where c."workspaceId" = ${workspaceId}::uuid and c.id = any(${[...ids]}::uuid[])`;
  return readRows<OpenCaseRow>(
    db,
    rows,
    ["detectedAt", "departureEffectiveOn", "closedAt", "replacementSeenAt", "renewalOn"],
    ["arrMinor"],
  );
}

/** Programs that run or have ended well; of `e`. */
export const COUNTED = Prisma.sql`e.status in ('pending', 'active', 'paused', 'blocked', 'completed')`;

/** Programs of those cases that run or have ended well, the newest first. */
export function openProgramRows(
  db: Db,
  workspaceId: string,
  caseIds: readonly string[],
): Promise<OpenProgramRow[]> {
  const rows = Prisma.sql`
    select e.id, e."caseId", e.audience, e.status, e.verdict, e.score, e.zone, e."dueAt", e.position,
           e.progress->'done' as "doneKeys", e.progress->'skipped' as "skippedKeys", e.pauses, e."versionId", e.policy,
           p.name as "contactName"
      from enrollment e join contact p on p.id = e."contactId"
     where e."workspaceId" = ${workspaceId}::uuid and e."caseId" = any(${[...caseIds]}::uuid[]) and ${COUNTED}
     order by e."createdAt" desc, e.id desc`;
  return readRows<OpenProgramRow>(db, rows, ["dueAt"]);
}
