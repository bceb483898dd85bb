import type { Prisma, PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/** Rows of one statement: a delete never holds its locks for long. */
export const OLD_ROWS_AT_ONCE = 5_000;

/** Raw requests from before this instant. What they amounted to is in the event log as a kind. */
export function deleteOldHits(db: Db, before: Date): Promise<number> {
  return db.$executeRaw`
    delete from hit where id in (select id from hit where at < ${before} limit ${OLD_ROWS_AT_ONCE})`;
}

/**
 * What came in by mail before this instant: its kind, its time and the hash that knows it again stay; who wrote
 * and what they wrote go. Questions and answers in it stand in the event log since it came.
 */
export function emptyOldMails(db: Db, before: Date): Promise<number> {
  return db.$executeRaw`
    update inbound_mail set "fromAddress" = null, subject = null, text = null, detail = '{}'
     where id in (
       select id from inbound_mail
        where "receivedAt" < ${before}
          and ("fromAddress" is not null or subject is not null or text is not null or detail <> '{}')
        limit ${OLD_ROWS_AT_ONCE})`;
}

/** Sessions that can never be used again. */
export function deleteEndedSessions(db: Db, ended: { idleSince: Date; madeBefore: Date }): Promise<number> {
  return db.$executeRaw`
    delete from session where id in (
      select id from session
       where "lastSeenAt" < ${ended.idleSince} or "createdAt" < ${ended.madeBefore} or "revokedAt" < ${ended.idleSince}
       limit ${OLD_ROWS_AT_ONCE})`;
}

export function deleteOldSignInTokens(db: Db, expiredBefore: Date): Promise<number> {
  return db.$executeRaw`
    delete from sign_in_token where id in (
      select id from sign_in_token where "expiresAt" < ${expiredBefore} limit ${OLD_ROWS_AT_ONCE})`;
}

export function deleteOldKeys(db: Db, before: Date): Promise<number> {
  return db.$executeRaw`
    delete from idempotency_key where id in (
      select id from idempotency_key where "createdAt" < ${before} limit ${OLD_ROWS_AT_ONCE})`;
}
