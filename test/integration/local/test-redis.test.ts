import { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { hasRedis, startRedis } from "../../support/needs.ts";

describe.skipIf(!hasRedis())("the Redis of a test", () => {
  it("is empty, its own, and gone afterwards", async () => {
    const [one, two] = await Promise.all([startRedis(), startRedis()]);
    if (one === null || two === null) throw new Error("redis-server was there a moment ago");
    expect(one.url).not.toBe(two.url);
    const redis = new Redis(one.url);
    expect(await redis.dbsize()).toBe(0);
    await redis.quit();
    await Promise.all([one.stop(), two.stop()]);
    const closed = new Redis(one.url, { lazyConnect: true, retryStrategy: () => null });
    closed.on("error", () => undefined);
    await expect(closed.connect()).rejects.toThrow();
  });
});
