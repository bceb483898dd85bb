import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalJson } from "../../../src/domain/engagement/canonical-json.ts";
import { forgetOld } from "../../../src/operations/forget-old.ts";
import { claimKey, keepResponse, releaseKey } from "../../../src/operations/idempotency.ts";
import { recordHit } from "../../../src/operations/record-hit.ts";
import { refreshReadiness } from "../../../src/operations/refresh-readiness.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { aHouse, enrolled, type House } from "../../support/desk.ts";
import { aMail, type WebHouse } from "../../support/web-house.ts";

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await aHouse(database.db);
});
afterAll(() => database.close());

const DAY = 24 * 3_600_000;

describe("letting go of what has served its time", () => {
  it("deletes raw requests after 30 days; readiness computed anew gives the same bytes", async () => {
    const { desk, workspaceId } = house;
    const { enrollment } = await enrolled(house);
    const { sendId } = await aMail(house as WebHouse, enrollment, "the-job");
    const hit = (ipHash: string) =>
      recordHit(desk, { sendId, method: "GET", target: "page", userAgent: "curl/8", ipHash, position: 0 });
    await hit("a");
    desk.setNow("2026-03-20T09:00:00Z");
    await hit("b");
    desk.setNow("2026-04-01T09:00:01Z");
    const at = new Date("2026-04-01T09:00:00Z");
    const read = { workspaceId, enrollmentId: enrollment.id, cause: "recompute" as const, at };
    const before = await refreshReadiness(desk, read);
    expect(before.readiness?.machineSignals).toMatchObject({ clicks: 2 });
    const events = await desk.db.engagementEvent.count({ where: { enrollmentId: enrollment.id } });
    expect(events).toBeGreaterThan(0);

    expect((await forgetOld(desk)).hits).toBe(1);
    const left = await desk.db.hit.findMany({ where: { sendId } });
    expect(left.map(({ ipHash }) => ipHash)).toEqual(["b"]);
    expect(await desk.db.engagementEvent.count({ where: { enrollmentId: enrollment.id } })).toBe(events);
    expect(canonicalJson((await refreshReadiness(desk, read)).readiness)).toBe(
      canonicalJson(before.readiness),
    );
    desk.setNow("2026-03-02T09:00:00Z");
  });

  it("empties mail that came in 30 days ago, and still knows it when it comes again", async () => {
    const { desk, workspaceId } = house;
    const mail = (receivedAt: string) =>
      desk.db.inboundMail.create({
        data: {
          workspaceId,
          kind: "reply",
          fromAddress: "ada@customer.test",
          subject: "Re: x",
          text: "Regards, Ada",
          detail: { status: null },
          rawHash: randomUUID(),
          receivedAt: new Date(receivedAt),
        },
      });
    const [old, young] = [await mail("2026-01-30T09:00:00Z"), await mail("2026-02-01T09:00:00Z")];
    expect((await forgetOld(desk)).mails).toBe(1);
    expect((await forgetOld(desk)).mails).toBe(0);
    expect(await desk.db.inboundMail.findUniqueOrThrow({ where: { id: old.id } })).toEqual({
      ...old,
      fromAddress: null,
      subject: null,
      text: null,
      detail: {},
    });
    expect(await desk.db.inboundMail.findUniqueOrThrow({ where: { id: young.id } })).toEqual(young);
  });

  it("deletes sessions, sign-in links and idempotency keys that open nothing any more, and no other", async () => {
    const { desk, workspaceId, csm } = house;
    const { db } = desk;
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const session = (made: number, seen: number, revoked?: number) =>
      db.session.create({
        data: {
          workspaceId,
          userId: csm.id,
          tokenHash: randomUUID(),
          createdAt: ago(made),
          lastSeenAt: ago(seen),
          revokedAt: revoked === undefined ? null : ago(revoked),
        },
      });
    const living = await session(7 * 24 - 1, 11);
    await session(7 * 24 + 1, 1);
    await session(20, 13);
    await session(20, 12.5, 13);
    const token = (expired: number) =>
      db.signInToken.create({
        data: { workspaceId, userId: csm.id, tokenHash: randomUUID(), expiresAt: ago(expired) },
      });
    const [, yesterday] = [await token(25), await token(23)];
    const key = (age: number) =>
      db.idempotencyKey.create({
        data: {
          workspaceId,
          tokenId: csm.id,
          key: `${age}`,
          requestHash: "",
          status: 200,
          createdAt: ago(age),
        },
      });
    const [, kept] = [await key(25), await key(23)];
    expect(await forgetOld(desk)).toMatchObject({ sessions: 3, signInTokens: 1, keys: 1 });
    expect((await db.session.findMany()).map(({ id }) => id)).toEqual([living.id]);
    expect((await db.signInToken.findMany()).map(({ id }) => id)).toEqual([yesterday.id]);
    expect((await db.idempotencyKey.findMany()).map(({ id }) => id)).toEqual([kept.id]);
  });

  it("takes more rows than one statement does, and touches no workspace's younger ones", async () => {
    const { desk, workspaceId } = house;
    await desk.db.$executeRaw`
      insert into hit (id, "workspaceId", "sendId", at, method, target, "ipHash", "ruleSetVersion", rules)
      select gen_random_uuid(), ${workspaceId}::uuid, gen_random_uuid(),
             ${new Date(desk.clock.now().getTime() - 31 * DAY)}::timestamp, 'GET', 'page', 'x', '1', '{}'
        from generate_series(1, 11000)`;
    expect((await forgetOld(desk)).hits).toBe(11_000);
  });
});

describe("an idempotency key whose request was killed", () => {
  it("answers that it is running for a while, then lets one of many try again; the late one changes nothing", async () => {
    const { desk, workspaceId, csm } = house;
    let wall = new Date("2026-03-02T09:00:00Z");
    const parts = { ...desk, clock: { now: desk.clock.now, wall: () => wall } };
    const input = { workspaceId, tokenId: csm.id, key: "once", request: { a: 1 } };
    const first = await claimKey(parts, input);
    wall = new Date("2026-03-02T09:04:59Z");
    expect(await claimKey(parts, input)).toEqual({ kind: "running" });
    wall = new Date("2026-03-02T09:05:01Z");
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimKey(parts, input)));
    expect(claims.filter(({ kind }) => kind === "first").length).toBe(1);
    const second = claims.find((claim) => claim.kind === "first");
    if (first.kind !== "first" || second?.kind !== "first") throw new Error("nobody was first");
    await releaseKey(parts, first.held);
    await keepResponse(parts, { ...first.held, status: 500, response: "late" });
    expect(await claimKey(parts, input)).toEqual({ kind: "running" });
    await keepResponse(parts, { ...second.held, status: 201, response: { id: 1 } });
    expect(await claimKey(parts, input)).toEqual({ kind: "repeat", status: 201, response: { id: 1 } });
  });
});
