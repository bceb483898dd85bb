import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, openApp } from "../../../src/app.ts";
import { networkBook } from "../../../src/domain/engagement/network-book.ts";
import { type SmtpSink, startSmtpSink } from "../../../src/lab/smtp-sink.ts";
import { createLog } from "../../../src/log.ts";
import { importContacts } from "../../../src/operations/import-contacts.ts";
import { receiveMail } from "../../../src/operations/receive-mail.ts";
import { buildServer } from "../../../src/web/server.ts";
import { startWorker } from "../../../worker/start-worker.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, enrolled, type House } from "../../support/desk.ts";
import { engineConfig, handClock, until } from "../../support/engine.ts";
import { FORM } from "../../support/web-house.ts";

const MONDAY = new Date("2026-03-02T10:05:00Z");
const ADDRESS = /[\w.+-]+@[\w-]+\.[a-z]{2,}/gi;

/** Everything the product says about itself while mails go out, come back, and people and programs click. */
describe("A22: logs and job payloads", () => {
  const lines: string[] = [];
  let database: TestDatabase;
  let house: House;
  let sink: SmtpSink;
  let app: App;
  let server: FastifyInstance;

  beforeAll(async () => {
    database = await freshDatabase({ poolSize: 3 });
    house = await aHouse(database.db);
    sink = await startSmtpSink();
    const log = createLog({
      level: "trace",
      destination: { write: (line: string) => void lines.push(line) },
    });
    const config = engineConfig({ databaseUrl: database.url, smtpUrl: sink.url });
    app = await openApp(config, { log, clock: handClock(MONDAY) });
    server = await buildServer({
      ...app.parts,
      workspaceId: house.workspaceId,
      secret: app.secret,
      trustedProxies: [],
      networks: networkBook(),
      allowPrivateWebhooks: false,
      mailbox: null,
      mailSetup: { server: null, dkim: null, checkDns: async () => [] },
      demo: null,
    });
    await server.ready();
  });
  afterAll(async () => {
    await server.close();
    await app.close();
    await sink.close();
    await database.close();
  });

  it("hold no address and no token, at the most talkative level", async () => {
    const secrets: string[] = [app.secret];
    const reached = await enrolled(house);
    await sink.setFaults({ defer451: 0.5 });
    const worker = await startWorker(app, { rhythm: { planEveryMs: 200, sweepEveryMs: 1_000 } });
    try {
      await until(
        "a mail of each program",
        async () =>
          (await database.db.send.count({ where: { status: { in: ["submitted", "deferred"] } } })) >= 2,
        { timeoutMs: 60_000 },
      );
      await sink.setFaults({ reject550: 1 });
      await enrolled(house);
      await until(
        "a refused mail",
        async () => (await database.db.send.count({ where: { status: "failed" } })) > 0,
        { timeoutMs: 60_000 },
      );
      const [send] = await database.db.send.findMany({ where: { enrollmentId: reached.enrollment.id } });
      const page = app.parts.links.sign("page", send?.id ?? "");
      const link = app.parts.links.sign("link", send?.id ?? "", 1);
      secrets.push(page, link);
      for (const url of [`/p/${page}`, `/p/${page}x`, `/c/${link}`, `/u/${page}`])
        await server.inject({ url, headers: { cookie: "baton=a-Secret-Session-0123456789-abcdefghij" } });
      await server.inject({ method: "POST", url: `/p/${page}`, headers: FORM, payload: "act=stop" });
      await server.inject({
        method: "POST",
        url: "/sign-in",
        headers: { ...FORM, origin: app.parts.baseUrl },
        payload: new URLSearchParams({ email: house.csm.email }).toString(),
      });
      await server.inject({
        url: "/api/v1/contacts",
        headers: { authorization: "Bearer baton_Not-A-Real-Token-0123456789abcdef" },
      });
      await importContacts(app.parts, {
        workspaceId: house.workspaceId,
        csv: "external_ref,account,name,email,roles,sponsor\nX1,nowhere,Lost Soul,lost@halden.test,poc,\n",
        actor: "cli",
      });
      await receiveMail(app.parts, {
        raw: Buffer.from(`From: eve@evil.test\r\nMessage-ID: <${randomUUID()}@evil.test>\r\n\r\nHello`),
        envelopeTo: ["reply+t.forged@baton.test"],
      });
      await until(
        "the sign-in mail",
        async () =>
          (await database.db.send.count({ where: { kind: "sign_in", status: { not: "planned" } } })) > 0,
        { timeoutMs: 30_000 },
      );
    } finally {
      await worker.stop();
    }

    const told = lines.join("");
    expect(lines.length).toBeGreaterThan(5);
    expect(told.match(ADDRESS) ?? []).toEqual([]);
    for (const secret of [...secrets, "a-Secret-Session", "Not-A-Real-Token"])
      expect(told).not.toContain(secret);
    const people = await database.db.contact.findMany({ select: { email: true } });
    for (const { email } of people) expect(told).not.toContain(email ?? "nobody");

    const payloads = await queueRows(database);
    expect(payloads.length).toBeGreaterThan(0);
    const kept = payloads.join("\n");
    expect(kept.match(ADDRESS) ?? []).toEqual([]);
    for (const secret of secrets) expect(kept).not.toContain(secret);
  });
});

/** Every row of every table that the queue keeps in PostgreSQL, as text. */
async function queueRows({ store }: TestDatabase): Promise<string[]> {
  const tables = await store.pool.query<{ schema: string; name: string }>(
    `select schemaname as schema, tablename as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema', 'public')`,
  );
  const rows: string[] = [];
  for (const { schema, name } of tables.rows) {
    const found = await store.pool.query<{ row: string }>(
      `select t::text as row from "${schema}"."${name}" t`,
    );
    rows.push(...found.rows.map(({ row }) => row));
  }
  return rows;
}
