import { Redis } from "ioredis";

const PATIENCE_MS = 5000;

/** Whether Redis answers at this address, and if not why. Tries once. */
export async function checkRedis(url: string): Promise<{ ok: true } | { ok: false; why: string }> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  // The failed connection says "closed"; only the event says why.
  let heard: Error | null = null;
  redis.on("error", (cause: Error) => {
    heard ??= cause;
  });
  try {
    await redis.connect();
    await redis.ping();
    return { ok: true };
  } catch (cause) {
    const why = heard ?? (cause instanceof Error ? cause : new Error(String(cause)));
    return { ok: false, why: why.message || ("code" in why ? String(why.code) : why.name) };
  } finally {
    redis.disconnect();
  }
}
