import { Prisma, type PrismaClient } from "./generated/client.ts";
import { COUNTED, instant } from "./open-case-rows.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/*
 * What everybody's week ranks: of thousands of open cases and what waits in them only what decides the order.
 * Each column comes as one JSON list: a list or an object for every row costs twice as much to write, and more
 * to read. The few rows that are shown are read whole afterwards (open-case-rows.ts).
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

/** A meeting that was asked for, is booked or took place, in a program that runs or has ended well. */
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

/** The columns of these rows, each as a list; `picked` names them as `json_agg(…)`. */
async function columns(db: Db, picked: Prisma.Sql, rows: Prisma.Sql): Promise<unknown[][]> {
  const [found] = await db.$queryRaw<{ columns: (unknown[] | null)[] }[]>`
    select json_build_array(${picked}) as columns from (${rows}) r`;
  return (found?.columns ?? []).map((column) => column ?? []);
}

/** In the order they were found out. */
export async function caseGlances(db: Db, scope: Scope): Promise<CaseGlance[]> {
  // Of all accounts only those with an open case are wanted: each is looked up, where a join would read them all.
  const accounts =
    scope.csmId === undefined
      ? Prisma.sql`join lateral (
          select a."arrMinor", a.currency, a."csmId" from account a where a.id = c."accountId" limit 1) a on true`
      : Prisma.sql`join account a on a.id = c."accountId"`;
  const [ids, severities, outcomes, known, amounts, currencies, owners, programs, verdicts] = (await columns(
    db,
    Prisma.sql`json_agg(id), json_agg(severity), json_agg("roleOutcome"), json_agg(known), json_agg("arrMinor"),
      json_agg(currency), json_agg(owned), json_agg("enrollmentId"), json_agg(verdict)`,
    Prisma.sql`
      select distinct on (c."detectedAt", c.id)
             c.id, c.severity, c."roleOutcome", case when e.id is null then (
               select true from contact p
                where p."workspaceId" = c."workspaceId" and p.id = c."replacementContactId" limit 1) end as known,
             a."arrMinor", a.currency, a."csmId" is not null as owned, e.id as "enrollmentId", e.verdict
        from turnover_case c
        ${accounts}
        left join enrollment e on e."workspaceId" = c."workspaceId" and e."caseId" = c.id
             and e.audience = 'contact' and ${COUNTED}
       where c."workspaceId" = ${scope.workspaceId}::uuid and c.status <> 'closed' ${owned(scope)}
       order by c."detectedAt", c.id, e."createdAt" desc, e.id desc`,
  )) as [
    ...[ids: string[], severities: number[], outcomes: string[], known: (true | null)[]],
    ...[amounts: number[], currencies: string[], owners: boolean[]],
    ...[programs: (string | null)[], verdicts: (string | null)[]],
  ];
  return ids.map((id, n) => ({
    id,
    severity: severities[n] ?? 0,
    roleOutcome: outcomes[n] ?? "",
    hasReplacement: known[n] ?? false,
    arrMinor: amounts[n] ?? 0,
    currency: currencies[n] ?? "",
    owned: owners[n] ?? false,
    enrollmentId: programs[n] ?? null,
    verdict: verdicts[n] ?? null,
  }));
}

/** The soonest due first. */
export async function dutyGlances(db: Db, scope: Scope): Promise<DutyGlance[]> {
  const [ids, cases, programs, kinds, dues] = (await columns(
    db,
    Prisma.sql`json_agg(id), json_agg("caseId"), json_agg("enrollmentId"), json_agg(kind), json_agg("dueAt")`,
    Prisma.sql`
      select t.id, t."caseId", case when t."enrollmentId" is not null then (
               select e.id from enrollment e
                where e.id = t."enrollmentId" and e."caseId" = t."caseId" and ${COUNTED} limit 1) end as "enrollmentId",
             t.kind, t."dueAt"
        from csm_task t
       where t."workspaceId" = ${scope.workspaceId}::uuid and t."doneAt" is null
         and t."caseId" in (${openCaseIds(scope)})
       order by t."dueAt", t.id`,
  )) as [ids: string[], cases: string[], programs: (string | null)[], kinds: string[], dues: string[]];
  return ids.map((id, n) => ({
    id,
    caseId: cases[n] ?? "",
    enrollmentId: programs[n] ?? null,
    kind: kinds[n] ?? "",
    dueAt: instant(dues[n] ?? ""),
  }));
}

/** Those asked for last come first. */
export async function meetingGlances(db: Db, scope: Scope): Promise<MeetingGlance[]> {
  const [ids, cases, programs, states, slots] = (await columns(
    db,
    Prisma.sql`json_agg(id), json_agg("caseId"), json_agg("enrollmentId"), json_agg(state), json_agg("slotAt")`,
    Prisma.sql`
      select m.id, e."caseId", e.id as "enrollmentId", m.state, m."slotAt"
        from enrollment e
        join meeting m on m."workspaceId" = e."workspaceId" and m."enrollmentId" = e.id
       where e."workspaceId" = ${scope.workspaceId}::uuid and ${COUNTED}
         and m.state in ('requested', 'booked', 'held') and e."caseId" in (${openCaseIds(scope)})
       order by m."requestedAt" desc, m.id`,
  )) as [ids: string[], cases: string[], programs: string[], states: string[], slots: (string | null)[]];
  return ids.map((id, n) => {
    const slot = slots[n] ?? null;
    return {
      id,
      caseId: cases[n] ?? "",
      enrollmentId: programs[n] ?? "",
      state: states[n] ?? "",
      slotAt: slot === null ? null : instant(slot),
    };
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
