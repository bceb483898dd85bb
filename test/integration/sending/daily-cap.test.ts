import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../../src/app.ts";
import { makeCrowd, makeWorld, type SendingWorld } from "../../../src/lab/crowd.ts";
import { type SmtpSink, startSmtpSink } from "../../../src/lab/smtp-sink.ts";
import { planDueSteps } from "../../../src/operations/plan-due-steps.ts";
import { sendMessages } from "../../../src/operations/send-messages.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { handClock, openEngine } from "../../support/engine.ts";

const DAY_MS = 86_400_000;
const MONDAY = new Date("2026-03-02T10:00:00Z");
const dayAfter = (days: number) => new Date(MONDAY.getTime() + days * DAY_MS);
const dateOf = (days: number) => dayAfter(days).toISOString().slice(0, 10);

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

/** Three workers look at once. */
async function plan(): Promise<number> {
  const looks = await Promise.all([
    planDueSteps(app.parts),
    planDueSteps(app.parts),
    planDueSteps(app.parts),
  ]);
  return looks.reduce((sum, { sends }) => sum + sends, 0);
}

/** Two workers at once share what waits and is due. */
async function send(): Promise<void> {
  const { rows } = await app.parts.sql.query<{ id: string }>(
    `update send set "nextAttemptAt" = "plannedAt", "leaseUntil" = null
      where status in ('planned', 'deferred') and "dueAt" <= $1::timestamp returning id`,
    [clock.now().toISOString()],
  );
  const ids = rows.map(({ id }) => id);
  await Promise.all(
    [ids.filter((_, n) => n % 2 === 0), ids.filter((_, n) => n % 2 === 1)].map(async (half) => {
      const { parts, transport } = app.openSending({ stopping: new AbortController().signal });
      const taken = { kind: "accepted", response: "250 taken" } as const;
      await sendMessages({ ...parts, submitter: { submit: async () => taken } }, half);
      await transport.close();
    }),
  );
}

async function submittedByDay({ workspaceId }: SendingWorld): Promise<Record<string, number>> {
  const { rows } = await app.parts.sql.query<{ day: string; n: number }>(
    `select "submittedAt"::date::text as day, count(*)::int n from send
      where "workspaceId" = $1 and status = 'submitted' group by 1 order by 1`,
    [workspaceId],
  );
  return Object.fromEntries(rows.map(({ day, n }) => [day, n]));
}

const countWhere = async (world: SendingWorld, table: "send" | "enrollment", condition: string) =>
  (
    await app.parts.sql.query<{ n: number }>(
      `select count(*)::int n from ${table} where "workspaceId" = $1 and ${condition}`,
      [world.workspaceId],
    )
  ).rows[0]?.n;

describe("a mistaken mass enrollment (A21)", () => {
  it("mails exactly as many people a day as the workspace lets go, and forgets none of the others", async () => {
    clock.set(MONDAY);
    const people = 3000;
    const world = await makeWorld(database.db, { dailyMailCap: 50 });
    await makeCrowd(app.parts.sql, world, {
      ...{ people, perAccount: 3, sendDueAt: null },
      ...{ enrollmentDueAt: MONDAY, startedAt: new Date("2026-03-02T08:00:00Z") },
    });
    for (let day = 0; day < 8; day += 1) {
      clock.set(dayAfter(day));
      expect([day, await plan(), await plan()]).toEqual([day, 50, 0]);
      await send();
      await send();
    }
    const days = Array.from({ length: 8 }, (_, day) => [dateOf(day), 50]);
    expect(await submittedByDay(world)).toEqual(Object.fromEntries(days));
    expect(await countWhere(world, "send", "status <> 'submitted'")).toBe(0);
    expect(await countWhere(world, "enrollment", "status = 'active'")).toBe(people);
    // Who waits is looked at again on the next day, at the opening of its window.
    const waiting = `"dueAt" = timestamp '${dateOf(8)} 00:00' and (progress->>'lastSentAt') is null`;
    expect(await countWhere(world, "enrollment", waiting)).toBeGreaterThanOrEqual(people - 8 * 50);
    expect(await countWhere(world, "enrollment", `"dueAt" < timestamp '${dateOf(8)}'`)).toBe(0);
  });

  it("writes in the end to everybody, one after the other", async () => {
    clock.set(MONDAY);
    const world = await makeWorld(database.db, { dailyMailCap: 1 });
    await makeCrowd(app.parts.sql, world, {
      ...{ people: 3, perAccount: 1, sendDueAt: null },
      ...{ enrollmentDueAt: MONDAY, startedAt: new Date("2026-03-02T08:00:00Z") },
    });
    for (let day = 0; day < 5; day += 1) {
      clock.set(dayAfter(day));
      await plan();
      await send();
    }
    const { rows } = await app.parts.sql.query<{ first: number }>(
      `select count(distinct "contactId")::int first from send where "workspaceId" = $1 and status = 'submitted'`,
      [world.workspaceId],
    );
    expect(rows[0]?.first).toBe(3);
    expect(Math.max(...Object.values(await submittedByDay(world)))).toBe(1);
  });

  it("lets no more leave on the day after an outage either", async () => {
    clock.set(MONDAY);
    const world = await makeWorld(database.db, { dailyMailCap: 20 });
    await makeCrowd(app.parts.sql, world, {
      ...{ people: 45, perAccount: 3, enrollmentDueAt: null, sendDueAt: MONDAY },
      startedAt: new Date("2026-03-01T08:00:00Z"),
    });
    // Nothing left on Monday, and more was planned for it than goes in one day: the number was lowered since.
    for (let day = 1; day <= 5; day += 1) {
      clock.set(dayAfter(day));
      for (let look = 0; look < 3; look += 1) await send();
    }
    expect(await submittedByDay(world)).toEqual({ [dateOf(1)]: 20, [dateOf(2)]: 20, [dateOf(3)]: 5 });
  });

  it("counts each workspace for itself, and nothing where there is no limit", async () => {
    clock.set(dayAfter(30));
    const [small, free] = [
      await makeWorld(database.db, { dailyMailCap: 10 }),
      await makeWorld(database.db, { dailyMailCap: 0 }),
    ];
    for (const world of [small, free])
      await makeCrowd(app.parts.sql, world, {
        ...{ people: 60, perAccount: 3, sendDueAt: null },
        ...{ enrollmentDueAt: clock.now(), startedAt: new Date(clock.now().getTime() - 7_200_000) },
      });
    for (const [world, most] of [
      [small, 10],
      [free, 60],
    ] as const) {
      await planDueSteps(app.parts, { workspaceId: world.workspaceId });
      expect(await countWhere(world, "send", "true")).toBe(most);
    }
  });
});
