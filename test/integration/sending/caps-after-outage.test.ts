import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../../src/app.ts";
import { makeCrowd, makeWorld } from "../../../src/lab/crowd.ts";
import { type SmtpSink, startSmtpSink } from "../../../src/lab/smtp-sink.ts";
import { sendMessages } from "../../../src/operations/send-messages.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { handClock, openEngine } from "../../support/engine.ts";

const DAY_MS = 86_400_000;
const MONDAY = new Date("2026-03-02T10:00:00Z");
const dayAfter = (days: number) => new Date(MONDAY.getTime() + days * DAY_MS);

describe("the day after an outage", () => {
  let database: TestDatabase;
  let sink: SmtpSink;
  let app: App;
  const clock = handClock(MONDAY);
  beforeAll(async () => {
    database = await freshDatabase();
    sink = await startSmtpSink({});
    app = await openEngine({ databaseUrl: database.url, smtpUrl: sink.url }, clock);
  });
  afterAll(async () => {
    await app.close();
    await sink.close();
    await database.close();
  });

  /** Two workers at once share what waits and is due. */
  async function work(submit: "taken" | "no connection"): Promise<void> {
    const { rows } = await app.parts.sql.query<{ id: string }>(
      `update send set "nextAttemptAt" = "plannedAt" where status in ('planned', 'deferred') and "dueAt" <= $1::timestamp returning id`,
      [clock.now().toISOString()],
    );
    const ids = rows.map(({ id }) => id);
    const outcome =
      submit === "taken"
        ? ({ kind: "accepted", response: "250 taken" } as const)
        : ({ kind: "not-sent", cause: "ECONNREFUSED" } as const);
    await Promise.all(
      [ids.filter((_, n) => n % 2 === 0), ids.filter((_, n) => n % 2 === 1)].map(async (half) => {
        const { parts, transport } = app.openSending({ stopping: new AbortController().signal });
        await sendMessages({ ...parts, submitter: { submit: async () => outcome } }, half);
        await transport.close();
      }),
    );
  }

  it("lets three mails an account leave, one a person, and the others on the days that follow", async () => {
    const world = await makeWorld(database.db);
    // Four accounts of six people; Monday's mails are planned for three of each, Tuesday's for two, Wednesday's for one.
    await makeCrowd(app.parts.sql, world, {
      ...{ people: 24, perAccount: 6, enrollmentDueAt: null, sendDueAt: MONDAY },
      startedAt: new Date("2026-03-01T08:00:00Z"),
    });
    await app.parts.sql.query(
      `update send set "dueAt" = send."dueAt" + interval '1 day' * s.days, "localDate" = send."localDate" + s.days
         from (select id, case row_number() over (partition by "accountId" order by id)
                            when 4 then 1 when 5 then 1 when 6 then 2 else 0 end as days from send) s
        where s.id = send.id`,
    );
    // One of Monday's people in each account has Tuesday's mail of another step as well.
    await app.parts.sql.query(
      `insert into send (id, "workspaceId", "enrollmentId", "accountId", "contactId", "stepKey", "dueAt", "nextAttemptAt", "localDate", "plannedAt")
       select distinct on ("accountId") gen_random_uuid(), "workspaceId", "enrollmentId", "accountId", "contactId",
              'agreed-goals', $1::timestamp, "nextAttemptAt", $1::date, "plannedAt"
         from send where "localDate" = $2::date order by "accountId", id`,
      [dayAfter(1).toISOString(), MONDAY.toISOString()],
    );
    await work("no connection");
    for (let day = 1; day <= 5; day += 1) {
      clock.set(dayAfter(day));
      for (let look = 0; look < 3; look += 1) await work("taken");
    }
    const { rows: left } = await app.parts.sql.query(
      `select status, count(*)::int n, min(reason) reason from send group by 1`,
    );
    expect(left).toEqual([{ status: "submitted", n: 28, reason: null }]);
    const { rows: days } = await app.parts.sql.query<{ most: number; contacts: number; first: number }>(
      `select max(n)::int most, max(persons)::int contacts, min(first)::int first from (
         select "accountId", "submittedAt"::date d, count(*) n, count(*) - count(distinct "contactId") persons,
                case when "submittedAt"::date = $1::date then count(*) end first
           from send group by 1, 2) a`,
      [dayAfter(1).toISOString()],
    );
    expect(days).toEqual([{ most: 3, contacts: 0, first: 3 }]);
  });
});
