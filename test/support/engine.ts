import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, openApp } from "../../src/app.ts";
import type { Clock } from "../../src/clock.ts";
import { type Config, loadConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";

export const TEST_SECRET = "kf83-Lq0z-Wm4v-Tn7c-Xb2y-Hp6d-Rj9s-Ga1e";

export interface EngineSettings {
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  readonly redisUrl?: string;
  readonly smtpConnections?: number;
  readonly logLevel?: string;
}

/** The settings of a worker on a test's own database and mail server, as environment variables. */
export function engineEnv(settings: EngineSettings): Record<string, string> {
  return {
    DATABASE_URL: settings.databaseUrl,
    DATABASE_POOL_SIZE: "6",
    SMTP_URL: settings.smtpUrl,
    SMTP_TLS: "off",
    SMTP_CONNECTIONS: String(settings.smtpConnections ?? 10),
    BATON_SECRET: TEST_SECRET,
    BATON_DATA_DIR: join(tmpdir(), "baton-engine-test"),
    BASE_URL: "http://localhost:4400",
    LOG_LEVEL: settings.logLevel ?? "error",
    ...(settings.redisUrl === undefined ? {} : { REDIS_URL: settings.redisUrl }),
  };
}

export function engineConfig(settings: EngineSettings): Config {
  return loadConfig(engineEnv(settings));
}

export function openEngine(settings: EngineSettings, clock?: Clock): Promise<App> {
  const log = createLog({ level: settings.logLevel ?? "error" });
  return openApp(engineConfig(settings), { log, ...(clock === undefined ? {} : { clock }) });
}

/** A business clock that stands still until it is moved; machine time runs. */
export function handClock(start: Date): Clock & { set(at: Date): void } {
  let now = start;
  return {
    now: () => now,
    wall: () => new Date(),
    set: (at) => {
      now = at;
    },
  };
}

export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), "baton-engine-"));
}

/** Waits until `check` gives something, asking every `everyMs`; fails with what it waited for. */
export async function until<T>(
  what: string,
  check: () => Promise<T | null | false>,
  options: { timeoutMs: number; everyMs?: number },
): Promise<T> {
  const giveUpAt = Date.now() + options.timeoutMs;
  for (;;) {
    const found = await check();
    if (found !== null && found !== false) return found;
    if (Date.now() > giveUpAt) throw new Error(`Waited ${options.timeoutMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 100));
  }
}
