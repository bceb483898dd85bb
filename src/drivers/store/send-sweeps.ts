import type { Prisma, PrismaClient } from "./generated/client.ts";
import { ask, type Sql, type Statement } from "./sql.ts";

/**
 * Sends that wait, are due and have no job: newly due ones, retries whose time has come, and those
 * whose job was lost with the queue. The lease given here belongs to the queue: for that long nobody
 * looks for the row again, so a long list is not queued twice. A claim does not ask for it.
 * $1 business now · $2 machine now · $3 end of the queue's lease · $4 most
 */
const WAKE: Statement = {
  name: "sends.wake",
  text: `
with due as (
  select id from send
   where status in ('planned', 'deferred') and "dueAt" <= $1::timestamp and "nextAttemptAt" <= $2::timestamp
     and ("leaseUntil" is null or "leaseUntil" <= $2::timestamp)
     and not exists (select from mail_hold h
                      where h."workspaceId" = send."workspaceId" and h."endedAt" is null and h.scope = 'late'
                        and send."dueAt" < h."dueBefore")
   order by "dueAt" limit $4
     for update skip locked
)
update send s set "leaseUntil" = $3::timestamp from due where s.id = due.id returning s.id`,
};

export async function takeWaitingSends(
  sql: Sql,
  look: { now: Date; wall: Date; leaseUntil: Date; limit: number },
): Promise<string[]> {
  const rows = await ask<{ id: string }>(sql, WAKE, [
    look.now.toISOString(),
    look.wall.toISOString(),
    look.leaseUntil.toISOString(),
    look.limit,
  ]);
  return rows.map(({ id }) => id);
}

/**
 * Leases that ran out: their owner is gone or asleep. Before `transmitting` nothing has left, so the
 * send waits again; after it nobody can know, so a person decides (trust.md 4.5).
 * $1 machine now · $2 business now · $3 reason when nothing left · $4 reason when nobody knows
 */
const EXPIRE: Statement = {
  name: "sends.expire",
  text: `
with lost as (
  select id, status from send
   where status in ('claimed', 'transmitting') and "leaseUntil" <= $1::timestamp
   order by id
     for update skip locked
)
update send s
   set status = case lost.status when 'claimed' then 'planned' else 'uncertain' end,
       reason = case lost.status when 'claimed' then $3 else $4 end,
       "endedAt" = case lost.status when 'claimed' then null else $2::timestamp end,
       "leaseUntil" = null
  from lost where s.id = lost.id
returning s.id, s.status`,
};

export async function expireLeases(
  sql: Sql,
  look: { now: Date; wall: Date; reasonPlanned: string; reasonUncertain: string },
): Promise<{ planned: number; uncertain: number }> {
  const rows = await ask<{ id: string; status: string }>(sql, EXPIRE, [
    look.wall.toISOString(),
    look.now.toISOString(),
    look.reasonPlanned,
    look.reasonUncertain,
  ]);
  const uncertain = rows.filter(({ status }) => status === "uncertain").length;
  return { planned: rows.length - uncertain, uncertain };
}

/**
 * Asks the CSM about mails that ended without arriving, once for each such ending: the key is the send's own,
 * and a duty that was done before it was sent again is open once more. A dead address asks in its own way.
 * $1 business now · $2 status · $3 the earliest ending still asked about · $4 the latest · $5 kind of the duty
 * $6 text, with {name} and {subject} · $7 detail, with {reason}
 */
const ASK_ABOUT: Statement = {
  name: "sends.ask-about",
  text: `
insert into csm_task (id, "workspaceId", "caseId", "enrollmentId", "userId", key, kind, text, detail, "dueAt", "createdAt")
select gen_random_uuid(), s."workspaceId", t.id, e.id, coalesce(e."senderId", a."csmId"),
       $2 || '.' || s.id, $5,
       replace(replace($6, '{name}', coalesce(c.name, 'The contact')), '{subject}', coalesce(s.subject, s."stepKey")),
       replace($7, '{reason}', coalesce(s.reason, '')), $1::timestamp, s."endedAt"
  from send s
  left join enrollment e on e.id = s."enrollmentId"
  left join escalation x on x."sendId" = s.id and x."workspaceId" = s."workspaceId"
  join turnover_case t on t.id = coalesce(e."caseId", x."caseId") and t.status <> 'closed'
  join account a on a.id = t."accountId"
  left join contact c on c.id = s."contactId"
 where s.status = $2 and s.kind in ('step', 'one_off') and s."bouncedAt" is null
   and s."endedAt" between $3::timestamp and $4::timestamp
on conflict ("caseId", key) do update
   set "doneAt" = null, outcome = null, detail = excluded.detail, "dueAt" = excluded."dueAt",
       "createdAt" = excluded."createdAt"
 where csm_task."doneAt" < excluded."createdAt"
returning id`,
};

export interface Asking {
  readonly status: "uncertain" | "failed";
  readonly kind: string;
  readonly text: string;
  readonly detail: string;
  readonly now: Date;
  readonly from: Date;
  readonly to: Date;
}

export async function askAboutSends(sql: Sql, asking: Asking): Promise<number> {
  const rows = await ask(sql, ASK_ABOUT, [
    asking.now.toISOString(),
    asking.status,
    asking.from.toISOString(),
    asking.to.toISOString(),
    asking.kind,
    asking.text,
    asking.detail,
  ]);
  return rows.length;
}

export interface ArrivedSend {
  readonly id: string;
  readonly kind: string;
  readonly enrollmentId: string | null;
  readonly contactId: string | null;
  readonly stepKey: string;
  readonly variant: "a" | "b";
  readonly submittedAt: Date;
}

/** Uncertain mails that evidence says have arrived: submitted when the connection broke. Others are left as they are. */
export function markArrived(
  db: PrismaClient | Prisma.TransactionClient,
  workspaceId: string,
  sendIds: readonly string[],
  reason: string,
): Promise<ArrivedSend[]> {
  return db.$queryRaw<ArrivedSend[]>`
    update send set status = 'submitted', "submittedAt" = coalesce("endedAt", "dueAt"), reason = ${reason}
     where "workspaceId" = ${workspaceId}::uuid and id = any(${[...sendIds]}::uuid[]) and status = 'uncertain'
    returning id, kind, "enrollmentId", "contactId", "stepKey", variant, "submittedAt"`;
}
