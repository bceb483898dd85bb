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
 * Asks the CSM about every uncertain send of a program, once each: the key is the send's own.
 * $1 business now · $2 the earliest ending still asked about · $3 the latest · $4 text · $5 detail
 */
const ASK_ABOUT_UNCERTAIN: Statement = {
  name: "sends.ask-about-uncertain",
  text: `
insert into csm_task (id, "workspaceId", "caseId", "enrollmentId", "userId", key, kind, text, detail, "dueAt", "createdAt")
select gen_random_uuid(), s."workspaceId", e."caseId", e.id, coalesce(e."senderId", a."csmId"),
       'uncertain.' || s.id, 'uncertain-send', $4, $5, $1::timestamp, $1::timestamp
  from send s
  join enrollment e on e.id = s."enrollmentId"
  join account a on a.id = e."accountId"
 where s.status = 'uncertain' and s."endedAt" between $2::timestamp and $3::timestamp
on conflict do nothing
returning id`,
};

export async function askAboutUncertain(
  sql: Sql,
  look: { now: Date; from: Date; to: Date; text: string; detail: string },
): Promise<number> {
  const rows = await ask(sql, ASK_ABOUT_UNCERTAIN, [
    look.now.toISOString(),
    look.from.toISOString(),
    look.to.toISOString(),
    look.text,
    look.detail,
  ]);
  return rows.length;
}
