import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planDeliveries } from "../../../src/drivers/store/webhooks.ts";
import { isPrivateAddress } from "../../../src/drivers/webhooks/public-address.ts";
import { deliverWebhooks } from "../../../src/operations/deliver-webhooks.ts";
import { registerWebhook } from "../../../src/operations/register-webhook.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, type House } from "../../support/desk.ts";

let database: TestDatabase;
let house: House;
let server: Server;
let answers: number[] = [];
let got: { headers: Record<string, string>; body: string }[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      got.push({
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(answers.shift() ?? 200, { location: "http://127.0.0.1:1/" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.close();
  await database.close();
});

const local = { allowPrivateNetworks: true };
const plan = (eventId: string) =>
  planDeliveries(database.db, {
    workspaceId: house.workspaceId,
    eventId,
    eventType: "readiness.changed",
    payload: { type: "readiness.changed", data: { to: "ready" } },
    at: house.desk.clock.now(),
    nextAttemptAt: new Date(Date.now() - 1000),
  });

describe("webhooks", () => {
  it("signs as Standard Webhooks, delivers once to each endpoint however many workers look", async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
    const made = await registerWebhook(house.desk, {
      workspaceId: house.workspaceId,
      url,
      allowPrivateNetworks: true,
      actor: "cli",
    });
    if (!made.ok) throw new Error(made.problem.message);
    await plan("msg_1");
    expect(await plan("msg_1")).toEqual([]);
    await Promise.all([
      deliverWebhooks(house.desk, local),
      deliverWebhooks(house.desk, local),
      deliverWebhooks(house.desk, local),
    ]);
    expect(got).toHaveLength(1);
    const [first] = got;
    if (first === undefined) throw new Error("nothing came");
    expect(first.headers["webhook-id"]).toBe("msg_1");
    expect(() => new Webhook(made.secret).verify(first.body, first.headers)).not.toThrow();
    expect(() => new Webhook(made.secret).verify(`${first.body} `, first.headers)).toThrow();
  });

  it("tries again after a fault with the same id, and takes no redirect for a yes", async () => {
    got = [];
    answers = [500, 302, 204];
    await plan("msg_2");
    const due = () =>
      database.db.webhookDelivery.updateMany({
        where: { eventId: "msg_2" },
        data: { nextAttemptAt: new Date(Date.now() - 1000) },
      });
    expect(await deliverWebhooks(house.desk, local)).toMatchObject({ retried: 1 });
    const waiting = await database.db.webhookDelivery.findFirstOrThrow({ where: { eventId: "msg_2" } });
    expect(waiting.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 3000);
    await due();
    expect(await deliverWebhooks(house.desk, local)).toMatchObject({ retried: 1 });
    await due();
    expect(await deliverWebhooks(house.desk, local)).toMatchObject({ delivered: 1 });
    expect(got.map(({ headers }) => headers["webhook-id"])).toEqual(["msg_2", "msg_2", "msg_2"]);
  });

  it("A10: never reaches into a private network, not even through an address kept before", async () => {
    got = [];
    await plan("msg_3");
    expect(await deliverWebhooks(house.desk, { allowPrivateNetworks: false })).toMatchObject({ failed: 1 });
    expect(got).toEqual([]);
    for (const url of [
      "https://127.0.0.1/",
      "https://[::1]/",
      "https://[::ffff:10.0.0.1]/",
      "https://169.254.169.254/latest",
      "https://2130706433/",
      "https://0x7f.1/",
      "https://localhost/",
      "http://example.com/",
      "https://user:word@example.com/",
      "ftp://example.com/",
      "nonsense",
    ]) {
      const result = await registerWebhook(house.desk, {
        workspaceId: house.workspaceId,
        url,
        allowPrivateNetworks: false,
        actor: "cli",
      });
      expect(result, url).toMatchObject({ ok: false, problem: { code: "bad-url" } });
    }
    expect(isPrivateAddress("93.184.216.34")).toBe(false);
  });

  it("delivers all that waits in one look, however many claims that takes", async () => {
    got = [];
    for (let n = 0; n < 7; n += 1) await plan(`msg_many_${n}`);
    const waiting = await database.db.webhookDelivery.count({
      where: { status: "planned", nextAttemptAt: { lte: new Date() } },
    });
    expect(waiting).toBeGreaterThanOrEqual(7);
    const count = await deliverWebhooks(house.desk, { ...local, limit: 3 });
    expect(count.delivered + count.retried + count.failed).toBe(waiting);
    expect(await deliverWebhooks(house.desk, { ...local, limit: 3 })).toEqual({
      delivered: 0,
      retried: 0,
      failed: 0,
    });
  });
});
