import { ask, type Sql, type Statement } from "./sql.ts";

/** An enrollment whose time has come, with what decides about its calendar. */
export interface DueEnrollment {
  readonly id: string;
  readonly workspaceId: string;
  readonly caseId: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly versionId: string;
  readonly competitorVersionId: string | null;
  readonly audience: string;
  readonly policy: string;
  readonly pace: "slow" | "normal" | "fast";
  readonly cadence: string | null;
  readonly zone: string;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly progress: unknown;
  readonly pauses: unknown;
  readonly verdict: string | null;
  readonly csmId: string | null;
  readonly recipientDomain: string;
  readonly sponsorContactId: string | null;
  readonly sponsorDomain: string | null;
  readonly accountWorkWeek: readonly number[];
  readonly accountHolidayCountry: string | null;
  readonly accountClosedDays: readonly string[];
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly workWeek: readonly number[];
  readonly holidayCountry: string | null;
  readonly closedDays: readonly string[] | null;
  /** Program mails of the workspace on one date; 0: no limit. */
  readonly dailyMailCap: number;
}

/**
 * Takes due enrollments for this transaction, the longest due first. Their accounts are locked with
 * them, since the cap of three program mails per account and day is counted: whoever plans another
 * contact of the same account skips it now and finds it at the next look.
 * $1 business now · $2 most · $3 only this workspace, or null
 */
const CLAIM: Statement = {
  name: "enrollments.claim-due",
  text: `
select e.id, e."workspaceId", e."caseId", e."accountId", e."contactId", e."versionId", e."competitorVersionId",
       e.audience, e.policy, e.pace, e.cadence, e.zone, e."startedAt", e."dueAt", e.progress, e.pauses, e.verdict,
       coalesce(e."senderId", a."csmId") as "csmId",
       coalesce(split_part(c.email, '@', 2), '') as "recipientDomain",
       a."sponsorContactId",
       (select split_part(o.email, '@', 2) from contact o where o.id = a."sponsorContactId") as "sponsorDomain",
       a."workWeek" as "accountWorkWeek", a."holidayCountry" as "accountHolidayCountry",
       a."closedDays"::text[] as "accountClosedDays",
       w."windowStart", w."windowEnd", w."workWeek", w."holidayCountry", w."closedDays"::text[] as "closedDays",
       w."dailyMailCap"
  from enrollment e
  join account a on a.id = e."accountId"
  join contact c on c.id = e."contactId"
  join workspace w on w.id = e."workspaceId"
 where e.status = 'active' and e."dueAt" is not null and e."dueAt" <= $1::timestamp
   and ($3::uuid is null or e."workspaceId" = $3::uuid)
   and not exists (
     select from mail_hold h
      where h."workspaceId" = e."workspaceId" and h."endedAt" is null
        and case h.scope when 'late' then e."dueAt" < h."dueBefore"
                         when 'program' then h."sequenceKey" = (select v.key from sequence_version v where v.id = e."versionId")
                         else true end)
 order by e."dueAt"
 limit $2
   for no key update of e, a skip locked`,
};

export function claimDueEnrollments(
  sql: Sql,
  look: { now: Date; limit: number; workspaceId: string | null },
): Promise<DueEnrollment[]> {
  return ask<DueEnrollment>(sql, CLAIM, [look.now.toISOString(), look.limit, look.workspaceId]);
}

export interface EventRow {
  readonly id: string;
  readonly enrollmentId: string;
  readonly kind: string;
  readonly evidenceClass: string;
  readonly occurredAt: Date;
  readonly payload: Record<string, unknown>;
}

/** The logs of many enrollments at once, each in order. $1 enrollment ids */
const EVENTS: Statement = {
  name: "enrollments.events",
  text: `
select id, "enrollmentId", kind, "evidenceClass", "occurredAt", payload
  from engagement_event
 where "enrollmentId" = any($1::uuid[])
 order by "enrollmentId", "occurredAt", id`,
};

export function listEventsOf(sql: Sql, enrollmentIds: readonly string[]): Promise<EventRow[]> {
  return ask<EventRow>(sql, EVENTS, [enrollmentIds]);
}

export interface TakenDate {
  readonly accountId: string | null;
  readonly contactId: string;
  readonly localDate: string;
}

/**
 * Dates that already hold a program mail, of these accounts' contacts. What was skipped or
 * suppressed has left its date free, as in the unique index.
 * $1 account ids · $2 contact ids · $3 from this date
 */
const TAKEN: Statement = {
  name: "enrollments.taken-dates",
  text: `
select "accountId", "contactId", "localDate" from send
 where "accountId" = any($1::uuid[]) and "localDate" >= $3::date
   and "mailClass" = 'program' and status not in ('skipped', 'suppressed') and "contactId" is not null
union
select "accountId", "contactId", "localDate" from send
 where "contactId" = any($2::uuid[]) and "localDate" >= $3::date
   and "mailClass" = 'program' and status not in ('skipped', 'suppressed')`,
};

export function listTakenDates(
  sql: Sql,
  look: { accountIds: readonly string[]; contactIds: readonly string[]; from: string },
): Promise<TakenDate[]> {
  return ask<TakenDate>(sql, TAKEN, [look.accountIds, look.contactIds, look.from]);
}

/** What the planner decided about one enrollment. */
export interface EnrollmentUpdate {
  readonly id: string;
  readonly status: "active" | "completed" | "exited" | "failed";
  readonly dueAt: Date | null;
  readonly position: number;
  readonly progress: unknown;
  readonly exitReason: string | null;
  readonly endedAt: Date | null;
  readonly blockedReason: string | null;
}

/** $1 rows as JSON. The rows are locked by this transaction since they were claimed. */
const UPDATE: Statement = {
  name: "enrollments.move",
  text: `
update enrollment e
   set status = x.status, "dueAt" = x."dueAt", position = x.position, progress = x.progress,
       "exitReason" = coalesce(x."exitReason", e."exitReason"), "blockedReason" = x."blockedReason",
       "exitedAt" = case when x.status = 'exited' then x."endedAt" else e."exitedAt" end,
       "completedAt" = case when x.status = 'completed' then x."endedAt" else e."completedAt" end
  from jsonb_to_recordset($1::jsonb) as x(
    id uuid, status text, "dueAt" timestamp, position int, progress jsonb, "exitReason" text,
    "endedAt" timestamp, "blockedReason" text)
 where e.id = x.id`,
};

export async function moveEnrollments(sql: Sql, updates: readonly EnrollmentUpdate[]): Promise<void> {
  if (updates.length > 0) await ask(sql, UPDATE, [JSON.stringify(updates)]);
}

/**
 * What still waits of enrollments that ended early will not go any more: planned, put off, or held by a worker
 * whose next guarded write finds the row moved. Locked like a departure does it: the enrollment is held already.
 * $1 rows as JSON · $2 business now
 */
const STOP: Statement = {
  name: "sends.stop-ended",
  text: `
with x as (
  select * from jsonb_to_recordset($1::jsonb) as x("enrollmentId" uuid, why text)
), waiting as (
  select s.id, x.why from send s join x on x."enrollmentId" = s."enrollmentId"
   where s.kind = 'step' and s.status in ('planned', 'deferred', 'claimed')
   order by s.id
     for update of s
)
update send s
   set status = 'skipped', reason = waiting.why, "endedAt" = $2::timestamp, "leaseUntil" = null, owner = null
  from waiting where s.id = waiting.id`,
};

export async function stopSendsOf(
  sql: Sql,
  ended: readonly { enrollmentId: string; why: string }[],
  now: Date,
): Promise<void> {
  if (ended.length > 0) await ask(sql, STOP, [JSON.stringify(ended), now.toISOString()]);
}

export interface NewSend {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: "step" | "completion";
  readonly mailClass: "program" | "service";
  readonly enrollmentId: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly stepKey: string;
  readonly variant: "a" | "b";
  readonly occurrence: number;
  readonly dueAt: Date;
  readonly zone: string;
  readonly localDate: string;
  readonly recipientDomain: string;
  readonly plannedAt: Date;
  /** Machine time. */
  readonly wall: Date;
  /** The queue's lease: set when a job for it follows at once. */
  readonly leaseUntil: Date | null;
}

/**
 * $1 rows as JSON. Two unique indexes may refuse a row: the same step was planned before (then the
 * answer names it), or the person has a program mail on that date (then it is missing).
 */
const INSERT: Statement = {
  name: "sends.plan",
  text: `
with x as (
  select * from jsonb_to_recordset($1::jsonb) as x(
    id uuid, "workspaceId" uuid, kind text, "mailClass" text, "enrollmentId" uuid, "accountId" uuid, "contactId" uuid,
    "stepKey" text, variant text, occurrence int, "dueAt" timestamp, zone text, "localDate" date,
    "recipientDomain" text, "plannedAt" timestamp, wall timestamp, "leaseUntil" timestamp)
), planned as (
  insert into send (id, "workspaceId", kind, "mailClass", "enrollmentId", "accountId", "contactId", "stepKey", variant,
                    occurrence, status, "dueAt", "nextAttemptAt", zone, "localDate", "recipientDomain", "plannedAt",
                    "leaseUntil")
  select id, "workspaceId", kind, "mailClass", "enrollmentId", "accountId", "contactId", "stepKey", variant,
         occurrence, 'planned', "dueAt", wall, zone, "localDate", "recipientDomain", "plannedAt", "leaseUntil"
    from x
  on conflict do nothing
  returning id
)
select x.id,
       exists (select 1 from planned where planned.id = x.id) as planned,
       exists (select 1 from send s where s."enrollmentId" = x."enrollmentId" and s."stepKey" = x."stepKey"
                  and s.occurrence = x.occurrence) as "plannedBefore"
  from x`,
};

export type PlanAnswer = "planned" | "planned-before" | "date-taken";

export async function planSends(sql: Sql, sends: readonly NewSend[]): Promise<Map<string, PlanAnswer>> {
  if (sends.length === 0) return new Map();
  const rows = await ask<{ id: string; planned: boolean; plannedBefore: boolean }>(sql, INSERT, [
    JSON.stringify(sends),
  ]);
  return new Map(
    rows.map((row) => [
      row.id,
      row.planned ? "planned" : row.plannedBefore ? "planned-before" : "date-taken",
    ]),
  );
}

export interface NewCsmTask {
  readonly id: string;
  readonly workspaceId: string;
  readonly caseId: string;
  readonly enrollmentId: string;
  readonly userId: string | null;
  readonly key: string;
  readonly kind: string;
  readonly text: string;
  readonly detail: string;
  readonly at: Date;
}

/** $1 rows as JSON. The same cause never asks twice: its key is unique in the case. */
const ASK_CSM: Statement = {
  name: "csm-tasks.ask",
  text: `
insert into csm_task (id, "workspaceId", "caseId", "enrollmentId", "userId", key, kind, text, detail, "dueAt", "createdAt")
select id, "workspaceId", "caseId", "enrollmentId", "userId", key, kind, text, detail, at, at
  from jsonb_to_recordset($1::jsonb) as x(
    id uuid, "workspaceId" uuid, "caseId" uuid, "enrollmentId" uuid, "userId" uuid, key text, kind text, text text,
    detail text, at timestamp)
on conflict do nothing`,
};

export async function askCsms(sql: Sql, tasks: readonly NewCsmTask[]): Promise<void> {
  if (tasks.length > 0) await ask(sql, ASK_CSM, [JSON.stringify(tasks)]);
}
