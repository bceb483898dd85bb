import type { MailHold, Prisma, PrismaClient } from "./generated/client.ts";
import { ask, type Sql, type Statement } from "./sql.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/** Oldest first: what stands longest is looked at first. */
export function listOpenHolds(db: Db, workspaceId: string): Promise<MailHold[]> {
  return db.mailHold.findMany({ where: { workspaceId, endedAt: null }, orderBy: { startedAt: "asc" } });
}

const SEEN = "worker-seen";

/**
 * When a worker of this installation was last seen, before this one says that it is here. Locked: of workers
 * that start together, one finds the gap and the others find the first.
 * $1 machine now
 */
const NOTE_SEEN: Statement = {
  name: "workers.note-seen",
  text: `
with before as (select at from shared_instant where key = '${SEEN}' for update),
noted as (
  insert into shared_instant (key, at) values ('${SEEN}', $1::timestamp)
  on conflict (key) do update set at = greatest(shared_instant.at, excluded.at))
select at from before`,
};

/** Null: none ever was. */
export async function noteWorkerSeen(sql: Sql, wall: Date): Promise<Date | null> {
  const [row] = await ask<{ at: Date }>(sql, NOTE_SEEN, [wall.toISOString()]);
  return row?.at ?? null;
}

/**
 * Holds what is due in every workspace that has something due: a mail that waits, or a program whose next step
 * has come. Held already, the hold reaches up to now.
 * $1 business now · $2 reason
 */
const HOLD_LATE: Statement = {
  name: "mail-holds.late",
  text: `
insert into mail_hold (id, "workspaceId", scope, "dueBefore", cause, reason, "startedAt")
select gen_random_uuid(), w.id, 'late', $1::timestamp, 'late', $2, $1::timestamp
  from workspace w
 where exists (select from send s where s."workspaceId" = w.id and s.status in ('planned', 'deferred')
                  and s."dueAt" < $1::timestamp)
    or exists (select from enrollment e where e."workspaceId" = w.id and e.status = 'active'
                  and e."dueAt" < $1::timestamp)
on conflict ("workspaceId", scope, coalesce("sequenceKey", '')) where "endedAt" is null
   do update set "dueBefore" = excluded."dueBefore"
returning id`,
};

export async function holdLate(sql: Sql, now: Date, reason: string): Promise<number> {
  return (await ask(sql, HOLD_LATE, [now.toISOString(), reason])).length;
}

/** What one hold keeps back: mails that wait, and programs whose next step would be planned. */
export interface HeldRow {
  readonly contactName: string;
  readonly accountName: string;
  readonly caseId: string | null;
  readonly what: string;
  readonly dueAt: Date;
}

/** The longest due first; `total` is on every row. */
export async function listHeld(
  db: Db,
  hold: Pick<MailHold, "workspaceId" | "scope" | "sequenceKey" | "dueBefore">,
  limit: number,
): Promise<{ rows: HeldRow[]; total: number }> {
  const rows = await db.$queryRaw<(HeldRow & { total: bigint })[]>`
    with held as (
      select coalesce(c.name, u.name, '') as "contactName", coalesce(a.name, '') as "accountName", e."caseId",
             coalesce(s.subject, s."stepKey") as what, s."dueAt"
        from send s
        left join enrollment e on e.id = s."enrollmentId"
        left join sequence_version v on v.id = e."versionId"
        left join contact c on c.id = s."contactId"
        left join "user" u on u.id = s."userId"
        left join account a on a.id = coalesce(s."accountId", e."accountId")
       where s."workspaceId" = ${hold.workspaceId}::uuid and s.status in ('planned', 'deferred')
         and (${hold.dueBefore}::timestamp is null or s."dueAt" < ${hold.dueBefore}::timestamp)
         and (${hold.sequenceKey}::text is null or v.key = ${hold.sequenceKey})
         and (${hold.scope} = 'late' or s."mailClass" <> 'internal')
      union all
      select c.name, a.name, e."caseId", 'The next step of ' || v.name, e."dueAt"
        from enrollment e
        join sequence_version v on v.id = e."versionId"
        join contact c on c.id = e."contactId"
        join account a on a.id = e."accountId"
       where e."workspaceId" = ${hold.workspaceId}::uuid and e.status = 'active' and e."dueAt" is not null
         and (${hold.dueBefore}::timestamp is null or e."dueAt" < ${hold.dueBefore}::timestamp)
         and (${hold.sequenceKey}::text is null or v.key = ${hold.sequenceKey})
    )
    select *, count(*) over () as total from held order by "dueAt", "contactName" limit ${limit}`;
  return { rows: rows.map(({ total, ...row }) => row), total: Number(rows[0]?.total ?? 0n) };
}

export interface NewHold {
  readonly workspaceId: string;
  readonly scope: "program" | "everything";
  readonly sequenceKey: string | null;
  readonly cause: "complaints" | "refused" | "domain-refused";
  /** Without a full stop: it ends up in sentences of others. */
  readonly reason: string;
  readonly at: Date;
}

/** False: it is held already, and the first reason stands. */
export async function openHold(db: Db, hold: NewHold): Promise<boolean> {
  const { at, ...rest } = hold;
  const { count } = await db.mailHold.createMany({
    data: [{ ...rest, startedAt: at }],
    skipDuplicates: true,
  });
  return count === 1;
}

export interface ComplaintCount {
  readonly sequenceKey: string;
  readonly name: string;
  readonly mails: number;
  readonly complaints: number;
}

/** Programs about which somebody complained since then, or since a person last let them go on. */
export async function countComplaints(db: Db, workspaceId: string, from: Date): Promise<ComplaintCount[]> {
  return db.$queryRaw<ComplaintCount[]>`
    with named as (
      select v.key, max(v.name) as name,
             greatest(${from}::timestamp, (select max(h."endedAt") from mail_hold h
               where h."workspaceId" = ${workspaceId}::uuid and h."sequenceKey" = v.key)) as since
        from send s
        join enrollment e on e.id = s."enrollmentId"
        join sequence_version v on v.id = e."versionId"
       where s."workspaceId" = ${workspaceId}::uuid and s."complainedAt" >= ${from}::timestamp
       group by v.key
    )
    select named.key as "sequenceKey", named.name,
           count(*) filter (where s."submittedAt" >= named.since)::int as mails,
           count(*) filter (where s."complainedAt" >= named.since)::int as complaints
      from named
      join sequence_version v on v."workspaceId" = ${workspaceId}::uuid and v.key = named.key
      join enrollment e on e."versionId" = v.id
      join send s on s."enrollmentId" = e.id and s.kind = 'step'
       and (s."submittedAt" >= named.since or s."complainedAt" >= named.since)
     group by named.key, named.name
     order by named.key`;
}
