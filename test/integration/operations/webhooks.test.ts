import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planDeliveries } from "../../../src/drivers/store/webhooks.ts";
import { isPrivateAddress } from "../../../src/drivers/webhooks/public-address.ts";
import { deliverWebhooks } from "../../../src/operations/deliver-webhooks.ts";
import { registerWebhook } from "../../../src/operations/register-webhook.ts";
import { repeatDelivery } from "../../../src/operations/repeat-delivery.ts";
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

  it("A20: what it sends lets a receiver refuse what is old, altered or sent twice", async () => {
    got = [];
    const { secret } = await database.db.webhookEndpoint.findFirstOrThrow({
      where: { workspaceId: house.workspaceId },
    });
    await plan("msg_fresh");
    await deliverWebhooks(house.desk, local);
    // A worker whose clock stood six minutes back, or a delivery that somebody held up for as long.
    await plan("msg_old");
    await database.db.webhookDelivery.updateMany({
      where: { eventId: "msg_old" },
      data: { nextAttemptAt: new Date(Date.now() - 3_600_000) },
    });
    const sixMinutesBack = () => new Date(Date.now() - 6 * 60_000);
    const late = { ...house.desk, clock: { now: house.desk.clock.now, wall: sixMinutesBack } };
    await deliverWebhooks(late, local);
    const [fresh, old] = got;
    if (fresh === undefined || old === undefined) throw new Error("something did not come");
    const verify = (body: string, headers: Record<string, string>) =>
      new Webhook(secret).verify(body, headers);
    expect(verify(fresh.body, fresh.headers)).toMatchObject({ data: { to: "ready" } });
    expect(() => verify(old.body, old.headers)).toThrow("timestamp too old");

    // The same by hand, as the standard words it: the signature is over id, time and body together.
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    for (const { headers, body } of [fresh, old]) {
      const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
      const mac = createHmac("sha256", key).update(signed).digest("base64");
      expect(headers["webhook-signature"]).toBe(`v1,${mac}`);
    }
    const nowish = String(Math.floor(Date.now() / 1000));
    expect(() => verify(old.body, { ...old.headers, "webhook-timestamp": nowish })).toThrow("No matching");
    expect(() => verify(fresh.body, { ...fresh.headers, "webhook-id": "msg_other" })).toThrow("No matching");
    expect(() => verify(fresh.body.replace("ready", "reads"), fresh.headers)).toThrow("No matching");
    const other = new Webhook(`whsec_${Buffer.alloc(32, 7).toString("base64")}`);
    expect(() => other.verify(fresh.body, fresh.headers)).toThrow("No matching");

    // Once more is the same id with a time of its own: whoever keeps ids knows it, whoever does not is not fooled.
    const delivery = await database.db.webhookDelivery.findFirstOrThrow({ where: { eventId: "msg_old" } });
    const call = { workspaceId: house.workspaceId, deliveryId: delivery.id, actor: "cli" as const };
    expect((await repeatDelivery(house.desk, call)).ok).toBe(true);
    await deliverWebhooks(house.desk, local);
    const again = got[2];
    expect(again?.headers["webhook-id"]).toBe("msg_old");
    expect(again?.body).toBe(old.body);
    expect(verify(again?.body ?? "", again?.headers ?? {})).toBeDefined();
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
