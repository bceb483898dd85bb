import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, openApp } from "../../../src/app.ts";
import type { Config } from "../../../src/config.ts";
import { makeCrowd, makeWorld } from "../../../src/lab/crowd.ts";
import { createLog } from "../../../src/log.ts";
import { type SendParts, sendMessages } from "../../../src/operations/send-messages.ts";
import { openSendTurns } from "../../../src/operations/send-turns.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { engineConfig } from "../../support/engine.ts";

const NO_SERVER = "smtp://127.0.0.1:9";

describe("a rate that all workers keep together", () => {
  let database: TestDatabase;
  const apps: App[] = [];
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => {
    for (const app of apps) await app.close();
    await database.close();
  });

  /** Two workers with the same settings, and mails for them; `left` notes when each mail would leave. */
  async function twoWorkers(rates: Partial<Config>, people: number) {
    const world = await makeWorld(database.db);
    const due = new Date();
    await makeCrowd(database.store.pool, world, {
      ...{ people, perAccount: people, enrollmentDueAt: null, sendDueAt: due },
    });
    const sends = await database.db.send.findMany({ where: { workspaceId: world.workspaceId } });
    const left: number[] = [];
    const stopping = new AbortController();
    const workers = await Promise.all(
      [0, 1].map(async (): Promise<SendParts> => {
        const config = { ...engineConfig({ databaseUrl: database.url, smtpUrl: NO_SERVER }), ...rates };
        const app = await openApp(config, { log: createLog({ level: "error" }) });
        apps.push(app);
        const { parts } = app.openSending({ stopping: stopping.signal });
        const submit = async () => {
          left.push(performance.now());
          return { kind: "accepted" as const, response: "250 taken" };
        };
        return { ...parts, submitter: { submit } };
      }),
    );
    const work = () =>
      Promise.all(
        workers.map((parts, place) =>
          sendMessages(
            parts,
            sends.filter((_, index) => index % 2 === place).map(({ id }) => id),
          ),
        ),
      );
    const rows = () => database.db.send.findMany({ where: { workspaceId: world.workspaceId } });
    return { work, rows, left, stopping };
  }

  it("is the rate of both together, not of each", async () => {
    const { work, left } = await twoWorkers({ smtpRatePerSecond: 20 }, 60);
    await work();
    expect(left).toHaveLength(60);
    const took = Math.max(...left) - Math.min(...left);
    expect(took).toBeGreaterThan(59 * 50 * 0.9);
  });

  it("puts a mail back that would wait too long for its domain, without an attempt", async () => {
    const { work, rows, left } = await twoWorkers({ smtpRatePerDomain: 1 }, 30);
    await work();
    const waiting = (await rows()).filter(({ status }) => status === "planned");
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.length + left.length).toBe(30);
    expect(waiting.map(({ attempts }) => attempts)).toEqual(waiting.map(() => 0));
    expect(new Set(waiting.map(({ reason }) => reason))).toEqual(
      new Set(["Many mails are waiting for their turn."]),
    );
    expect(Math.min(...waiting.map(({ nextAttemptAt }) => nextAttemptAt.getTime()))).toBeGreaterThan(
      Date.now() - 15_000,
    );
  });

  it("waits before the departure: what a kill meets while it waits is not uncertain", async () => {
    const { work, rows, left, stopping } = await twoWorkers({ smtpRatePerSecond: 1 }, 12);
    const working = work();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const status = (await rows()).map((row) => row.status);
    expect(status.filter((one) => one === "claimed").length).toBeGreaterThan(5);
    expect(status.filter((one) => one === "transmitting").length).toBeLessThanOrEqual(1);
    stopping.abort();
    await working;
    const after = await rows();
    expect(after.filter((row) => row.status === "submitted")).toHaveLength(left.length);
    expect(after.filter((row) => row.status === "planned")).toHaveLength(12 - left.length);
  });

  it("asks the database nothing when no rate is set, and once for mails that ask together", async () => {
    let asked = 0;
    const counting = {
      query: (...values: unknown[]) => {
        asked += 1;
        return (database.store.pool.query as (...all: unknown[]) => unknown)(...values);
      },
    } as unknown as typeof database.store.pool;
    const free = openSendTurns(counting, {
      perSecond: null,
      perDomainPerSecond: null,
      longestWaitMs: 10_000,
    });
    expect(await Promise.all(["a.test", "b.test"].map((domain) => free.take(domain)))).toEqual([0, 0]);
    expect(asked).toBe(0);
    const paced = openSendTurns(counting, {
      perSecond: 1_000,
      perDomainPerSecond: 500,
      longestWaitMs: 10_000,
    });
    await paced.take("a.test");
    asked = 0;
    await Promise.all(Array.from({ length: 40 }, () => paced.take("a.test")));
    expect(asked).toBe(2);
  });

  it("gives domains turns of their own, evenly spaced, and none that would come too late", async () => {
    const turns = openSendTurns(database.store.pool, {
      ...{ perSecond: null, perDomainPerSecond: 10, longestWaitMs: 250 },
    });
    const waits = await Promise.all([
      ...Array.from({ length: 5 }, () => turns.take("spaced.test")),
      turns.take("other.test"),
    ]);
    expect(waits.map((wait) => (wait === null ? null : Math.round(wait / 10) * 10))).toEqual([
      ...[0, 100, 200, null, null],
      0,
    ]);
  });
});
