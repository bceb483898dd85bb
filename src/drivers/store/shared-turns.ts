import { ask, type Sql, type Statement } from "./sql.ts";

/** So many turns of one kind, evenly spaced, for mails that want to leave at about the same time. */
export interface TurnsAsked {
  readonly key: string;
  readonly n: number;
  /** Milliseconds from one turn to the next. */
  readonly gap: number;
}

/** The first `granted` of them, the first one after `waitMs`. */
export interface TurnsGiven {
  readonly key: string;
  readonly waitMs: number;
  readonly granted: number;
}

/** $1 keys */
const KNOW: Statement = {
  name: "turns.know",
  text: `
insert into shared_instant (key, at)
select key, clock_timestamp() at time zone 'UTC' from unnest($1::text[]) key order by key
on conflict do nothing`,
};

/**
 * Gives turns to all workers of an installation, one after the other, by the database's own clock. Turns that
 * would come too late are not given at all: nobody sits on a lease for them. Locks are taken in one order.
 * $1 rows as JSON · $2 longest wait, milliseconds
 */
const TAKE: Statement = {
  name: "turns.take",
  text: `
with t as materialized (select clock_timestamp() at time zone 'UTC' as now),
asked as (
  select * from jsonb_to_recordset($1::jsonb) as a(key text, n int, gap float8)
), held as (
  select s.key, s.at from shared_instant s where s.key in (select key from asked) order by s.key for update
), starts as (
  select held.key, asked.n, asked.gap, greatest(held.at, t.now) as start,
         greatest(0, extract(epoch from held.at - t.now) * 1000)::float8 as "waitMs"
    from held join asked on asked.key = held.key cross join t
), given as (
  select *, least(n, greatest(0, floor(($2::float8 - "waitMs") / gap) + 1))::int as granted from starts
), noted as (
  update shared_instant s set at = given.start + ceil(given.granted * given.gap) * interval '1 millisecond'
    from given where s.key = given.key
)
select key, "waitMs", granted from given`,
};

/** Turns for keys that are known; one that was forgotten meanwhile is missing in the answer. */
export function takeTurns(
  sql: Sql,
  asked: readonly TurnsAsked[],
  longestWaitMs: number,
): Promise<TurnsGiven[]> {
  return ask<TurnsGiven>(sql, TAKE, [JSON.stringify(asked), longestWaitMs]);
}

export async function knowTurns(sql: Sql, keys: readonly string[]): Promise<void> {
  await ask(sql, KNOW, [keys]);
}

/** $1 beginning of the keys */
const FORGET: Statement = {
  name: "turns.forget",
  text: `
delete from shared_instant
 where starts_with(key, $1) and at < (clock_timestamp() at time zone 'UTC') - interval '1 hour'`,
};

/** Domains to which nothing was sent for an hour. */
export async function forgetTurns(sql: Sql, prefix: string): Promise<void> {
  await ask(sql, FORGET, [prefix]);
}
