import { Prisma, type PrismaClient } from "./generated/client.ts";
import { COUNTED, instant } from "./open-case-rows.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/*
 * What everybody's week ranks: of thousands of open cases and what waits in them only what decides the order.
 * Each row comes as a short list of values, for names and wide columns cost more than the database does; the
 * few rows that are shown are read whole afterwards (open-case-rows.ts).
 */

/** Whose open cases: one CSM's accounts, accounts that nobody owns (null), or all (undefined). */
export interface Scope {
  readonly workspaceId: string;
  readonly csmId: string | null | undefined;
}

/** An open case, with the newest program of its contact that runs or has ended well. */
export interface CaseGlance {
  readonly id: string;
  readonly severity: number;
  readonly roleOutcome: string;
  /** Who takes over is known; asked only where no program has begun. */
  readonly hasReplacement: boolean;
  /** Rounded where a number cannot hold it: for comparing alone. */
  readonly arrMinor: number;
  readonly currency: string;
  readonly owned: boolean;
  readonly enrollmentId: string | null;
  readonly verdict: string | null;
}

/** A duty that nobody has done yet. */
export interface DutyGlance {
  readonly id: string;
  readonly caseId: string;
  /** The program it is about, if that runs or has ended well. */
  readonly enrollmentId: string | null;
  readonly kind: string;
  readonly dueAt: Date;
}

/** A meeting that was asked for or is booked, in a program that runs or has ended well. */
export interface MeetingGlance {
  readonly id: string;
  readonly caseId: string;
  readonly enrollmentId: string;
  readonly state: string;
  readonly slotAt: Date | null;
}

/** A mail of which nobody can know whether it arrived. */
export interface UncertainGlance {
  readonly id: string;
  /** Of its program, or of the brief that it carried; null: neither counts. */
  readonly caseId: string | null;
  readonly enrollmentId: string | null;
}

function owned({ csmId }: Scope): Prisma.Sql {
  if (csmId === undefined) return Prisma.empty;
  return csmId === null ? Prisma.sql`and a."csmId" is null` : Prisma.sql`and a."csmId" = ${csmId}::uuid`;
}

/** For `in (…)`. Accounts are looked at only where they matter. */
function openCaseIds(scope: Scope): Prisma.Sql {
  const accounts =
    scope.csmId === undefined ? Prisma.empty : Prisma.sql`join account a on a.id = c."accountId"`;
  return Prisma.sql`
    select c.id from turnover_case c ${accounts}
     where c."workspaceId" = ${scope.workspaceId}::uuid and c.status <> 'closed' ${owned(scope)}`;
}

/** Each row of `rows` is one column `v`, a JSON list. */
async function lists(db: Db, rows: Prisma.Sql): Promise<unknown[][]> {
  const [found] = await db.$queryRaw<{ rows: unknown[][] }[]>`
    select coalesce(json_agg(v), '[]') as rows from (${rows}) r`;
  return found?.rows ?? [];
}

/** In the order they were found out. */
export async function caseGlances(db: Db, scope: Scope): Promise<CaseGlance[]> {
  const rows = await lists(
    db,
    Prisma.sql`
    select json_build_array(c.id, c.severity, c."roleOutcome", e.id is null and exists (
             select from contact p where p."workspaceId" = c."workspaceId" and p.id = c."replacementContactId"),
             a."arrMinor", a.currency, a."csmId" is not null, e.id, e.verdict) as v
      from turnover_case c
      join account a on a.id = c."accountId"
      left join lateral (
        select e.id, e.verdict from enrollment e
         where e."workspaceId" = c."workspaceId" and e."caseId" = c.id and e.audience = 'contact' and ${COUNTED}
         order by e."createdAt" desc, e.id desc limit 1) e on true
     where c."workspaceId" = ${scope.workspaceId}::uuid and c.status <> 'closed' ${owned(scope)}
     order by c."detectedAt", c.id`,
  );
  return rows.map((values) => {
    const [id, severity, roleOutcome, hasReplacement, arrMinor, currency, owned, enrollmentId, verdict] =
      values as [string, number, string, boolean, number, string, boolean, string | null, string | null];
    return {
      id,
      severity,
      roleOutcome,
      hasReplacement,
      arrMinor,
      currency,
      owned,
      enrollmentId,
      verdict,
    };
  });
}

/** The soonest due first. */
export async function dutyGlances(db: Db, scope: Scope): Promise<DutyGlance[]> {
  const rows = await lists(
    db,
    Prisma.sql`
    select json_build_array(t.id, t."caseId", e.id, t.kind, t."dueAt") as v
      from csm_task t
      left join enrollment e on e.id = t."enrollmentId" and e."caseId" = t."caseId" and ${COUNTED}
     where t."workspaceId" = ${scope.workspaceId}::uuid and t."doneAt" is null
       and t."caseId" in (${openCaseIds(scope)})
     order by t."dueAt", t.id`,
  );
  return rows.map((values) => {
    const [id, caseId, enrollmentId, kind, dueAt] = values as [string, string, string | null, string, string];
    return { id, caseId, enrollmentId, kind, dueAt: instant(dueAt) };
  });
}

/** Those asked for last come first. */
export async function meetingGlances(db: Db, scope: Scope): Promise<MeetingGlance[]> {
  const rows = await lists(
    db,
    Prisma.sql`
    select json_build_array(m.id, e."caseId", e.id, m.state, m."slotAt") as v
      from enrollment e
      join meeting m on m."workspaceId" = e."workspaceId" and m."enrollmentId" = e.id
     where e."workspaceId" = ${scope.workspaceId}::uuid and ${COUNTED}
       and m.state in ('requested', 'booked') and e."caseId" in (${openCaseIds(scope)})
     order by m."requestedAt" desc, m.id`,
  );
  return rows.map((values) => {
    const [id, caseId, enrollmentId, state, slotAt] = values as [
      ...[string, string, string, string],
      string | null,
    ];
    return { id, caseId, enrollmentId, state, slotAt: slotAt === null ? null : instant(slotAt) };
  });
}

/** Whosever they are: there are few. A brief to a sponsor has no program of its own. The longest uncertain come first. */
export function uncertainGlances(db: Db, workspaceId: string): Promise<UncertainGlance[]> {
  return db.$queryRaw<UncertainGlance[]>`
    select s.id, e.id as "enrollmentId",
           case when s."enrollmentId" is not null then e."caseId" else (
             select b."caseId" from escalation b
              where b."workspaceId" = s."workspaceId" and b."sendId" = s.id limit 1) end as "caseId"
      from send s
      left join enrollment e on e.id = s."enrollmentId" and ${COUNTED}
     where s."workspaceId" = ${workspaceId}::uuid and s.status = 'uncertain' and s.kind in ('step', 'one_off')
     order by s."endedAt", s.id`;
}

/** The programs of open cases that are looked at next, the soonest first. */
export async function soonestPrograms(db: Db, scope: Scope, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select e.id
      from enrollment e
      join turnover_case c on c.id = e."caseId"
     where e."workspaceId" = ${scope.workspaceId}::uuid and e.status = 'active' and e."dueAt" is not null
       and c.id in (${openCaseIds(scope)})
     order by e."dueAt", c."detectedAt", c.id, e."createdAt" desc, e.id desc
     limit ${limit}`;
  return rows.map(({ id }) => id);
}
