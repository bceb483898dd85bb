import type { Prisma, PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/*
 * What a board of hundreds of cases needs, in a number of statements that does not grow with the cases.
 * Written in SQL: the newest program of each case is a lateral join, which Prisma would ask for case by case.
 */

/** One open case with its account and the newest program of its contact. */
export interface BoardCase {
  caseId: string;
  status: string;
  severity: number;
  detectedAt: Date;
  departureEffectiveOn: Date | null;
  replacementContactId: string | null;
  accountId: string;
  accountName: string;
  arrMinor: bigint;
  currency: string;
  renewalOn: Date | null;
  zone: string;
  tier: string;
  segment: string;
  csmId: string | null;
  enrollmentId: string | null;
  enrollmentStatus: string | null;
  contactId: string | null;
  contactName: string | null;
  versionId: string | null;
  policy: string | null;
  verdict: string | null;
  score: number | null;
  dueAt: Date | null;
  /** Step keys that went out or were passed, and those left out; null before the first look at the program. */
  doneKeys: string[] | null;
  skippedKeys: string[] | null;
}

export function boardCases(db: Db, workspaceId: string): Promise<BoardCase[]> {
  return db.$queryRaw<BoardCase[]>`
    select c.id as "caseId", c.status, c.severity, c."detectedAt", c."departureEffectiveOn",
           c."replacementContactId", a.id as "accountId", a.name as "accountName", a."arrMinor", a.currency,
           a."renewalOn", a.zone, a.tier, a.segment, a."csmId", e.id as "enrollmentId", e.status as "enrollmentStatus",
           coalesce(e."contactId", c."replacementContactId") as "contactId", p.name as "contactName",
           e."versionId", e.policy, e.verdict, e.score, e."dueAt",
           e.progress->'done' as "doneKeys", e.progress->'skipped' as "skippedKeys"
      from turnover_case c
      join account a on a.id = c."accountId"
      left join lateral (
        select * from enrollment e
         where e."workspaceId" = c."workspaceId" and e."caseId" = c.id and e.audience = 'contact'
           and e.status in ('pending', 'active', 'paused', 'blocked', 'completed')
         order by e."createdAt" desc, e.id desc limit 1) e on true
      left join contact p on p.id = coalesce(e."contactId", c."replacementContactId")
     where c."workspaceId" = ${workspaceId}::uuid and c.status <> 'closed'
     order by c."detectedAt", c.id`;
}

/** Open duties of every open case: how many, and how many are past due. */
export function openDuties(
  db: Db,
  workspaceId: string,
  now: Date,
): Promise<{ caseId: string; open: number; overdue: number }[]> {
  return db.$queryRaw`
    select t."caseId", count(*)::int as open, (count(*) filter (where t."dueAt" < ${now}))::int as overdue
      from csm_task t
      join turnover_case c on c.id = t."caseId" and c.status <> 'closed'
     where t."workspaceId" = ${workspaceId}::uuid and t."doneAt" is null
     group by t."caseId"`;
}

/** What only the rows that are shown need to know of their program. */
export interface ProgramGlance {
  enrollmentId: string;
  confidence: string | null;
  lastOwnActAt: Date | null;
  meetingState: string | null;
  meetingAt: Date | null;
  plannedAt: Date | null;
  pauses: unknown;
}

export function programGlances(
  db: Db,
  workspaceId: string,
  enrollmentIds: readonly string[],
  now: Date,
): Promise<ProgramGlance[]> {
  return db.$queryRaw<ProgramGlance[]>`
    select e.id as "enrollmentId", r.confidence, v."occurredAt" as "lastOwnActAt",
           m.state as "meetingState", m."slotAt" as "meetingAt", s."dueAt" as "plannedAt", e.pauses
      from enrollment e
      left join lateral (
        select confidence from readiness_assessment
         where "enrollmentId" = e.id and at <= ${now} order by at desc limit 1) r on true
      left join lateral (
        select "occurredAt" from engagement_event
         where "enrollmentId" = e.id and "evidenceClass" in ('strong', 'weak') and "occurredAt" <= ${now}
         order by "occurredAt" desc limit 1) v on true
      left join lateral (
        select state, "slotAt" from meeting
         where "enrollmentId" = e.id and state <> 'suggested' order by "requestedAt" desc limit 1) m on true
      left join lateral (
        select min("dueAt") as "dueAt" from send
         where "enrollmentId" = e.id and kind = 'step' and status in ('planned', 'deferred')) s on true
     where e."workspaceId" = ${workspaceId}::uuid and e.id = any(${[...enrollmentIds]}::uuid[])`;
}

/** An account with an open case on which too few people stand. */
export interface ThinAccount {
  accountId: string;
  accountName: string;
  csmId: string | null;
  arrMinor: bigint;
  currency: string;
  renewalOn: Date | null;
  /** People of the account who have not left. */
  living: number;
  /** Somebody decides at the account, and has not left. */
  hasSponsor: boolean;
}

/** Accounts with an open case that have at most one person left, or no sponsor. */
export function thinAccounts(db: Db, workspaceId: string, today: Date): Promise<ThinAccount[]> {
  return db.$queryRaw<ThinAccount[]>`
    select * from (
      select a.id as "accountId", a.name as "accountName", a."csmId", a."arrMinor", a.currency, a."renewalOn",
             (count(p.id))::int as living,
             coalesce(bool_or(p.id = a."sponsorContactId"), false) as "hasSponsor"
        from account a
        left join contact p on p."workspaceId" = a."workspaceId" and p."accountId" = a.id
             and not p.roles @> '{departed}' and (p."endOn" is null or p."endOn" >= ${today}::date)
       where a.id in (select "accountId" from turnover_case
                       where "workspaceId" = ${workspaceId}::uuid and status <> 'closed')
       group by a.id) thin
     where living <= 1 or not "hasSponsor"
     order by "accountName"`;
}
