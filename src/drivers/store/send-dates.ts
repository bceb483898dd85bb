import { ask, type Sql, type Statement } from "./sql.ts";

/** Whose dates a program mail takes. */
export interface DatedSend {
  readonly id: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly localDate: string;
  readonly workspaceId: string;
  /** Program mails of the workspace on one date; 0: no limit. */
  readonly dailyMailCap: number;
}

/**
 * Holds the accounts of these program mails until the transaction ends, as the planner does: whoever gives an
 * account's mails their dates does it alone.
 * $1 send ids
 */
const HOLD_ACCOUNTS: Statement = {
  name: "sends.hold-accounts",
  text: `
select id from account
 where id in (select "accountId" from send where id = any($1::uuid[]) and "mailClass" = 'program')
 order by id
   for no key update`,
};

/** $1 send ids */
const DATES: Statement = {
  name: "sends.dates",
  text: `
select s.id, s."accountId", s."contactId", s."localDate", s."workspaceId", w."dailyMailCap"
  from send s join workspace w on w.id = s."workspaceId"
 where s.id = any($1::uuid[]) and "mailClass" = 'program' and "accountId" is not null and "contactId" is not null`,
};

/** The present dates of those of the sends that take one; their accounts are held first, so that nobody moves them now. */
export async function holdDates(sql: Sql, sendIds: readonly string[]): Promise<DatedSend[]> {
  await ask(sql, HOLD_ACCOUNTS, [sendIds]);
  return ask<DatedSend>(sql, DATES, [sendIds]);
}
