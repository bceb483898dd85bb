import type { Prisma, PrismaClient } from "./generated/client.ts";
import { ask, type Sql, type Statement } from "./sql.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/** One calendar date of a workspace's readers, and how many program mails may be on it. */
export interface CappedDay {
  readonly workspaceId: string;
  readonly localDate: string;
  readonly cap: number;
}

/**
 * Whoever puts program mails of a workspace on a date does it alone from here to the end of the transaction,
 * or two workers would each find the last place free. Taken after the accounts, by everybody.
 * $1 workspace ids
 */
const HOLD: Statement = {
  name: "program-days.hold",
  text: `
select pg_advisory_xact_lock(hashtextextended('program-days:' || id, 0))
  from (select distinct id from unnest($1::uuid[]) id order by id) w`,
};

export async function holdProgramDays(sql: Sql, workspaceIds: readonly string[]): Promise<void> {
  await ask(sql, HOLD, [workspaceIds]);
}

/**
 * How many program mails are on each date: no more is counted than the cap, in an index of nothing but these.
 * What was skipped or suppressed has left its place free.
 * $1 rows as JSON
 */
const COUNT: Statement = {
  name: "program-days.count",
  text: `
select x."workspaceId", x."localDate",
       (select count(*) from (
         select from send s
          where s."workspaceId" = x."workspaceId" and s."localDate" = x."localDate"::date
            and s."mailClass" = 'program' and s.status not in ('skipped', 'suppressed')
          limit x.cap) one)::int as count
  from jsonb_to_recordset($1::jsonb) as x("workspaceId" uuid, "localDate" text, cap int)`,
};

export async function countProgramDays(
  sql: Sql,
  days: readonly CappedDay[],
): Promise<{ workspaceId: string; localDate: string; count: number }[]> {
  return days.length === 0 ? [] : ask(sql, COUNT, [JSON.stringify(days)]);
}

/** The same for one date, held in the caller's transaction. */
export async function programMailsOn(db: Db, workspaceId: string, day: Date): Promise<number> {
  await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended('program-days:' || ${workspaceId}::text, 0))`;
  return db.send.count({
    where: {
      workspaceId,
      localDate: day,
      mailClass: "program",
      status: { notIn: ["skipped", "suppressed"] },
    },
  });
}
