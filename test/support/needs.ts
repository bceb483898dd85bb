import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import type { Browser } from "playwright-core";
import { freePort } from "../../src/drivers/local/free-port.ts";

/** In CI nothing is skipped: what a test needs was installed there, so its absence is a fault. */
function absent(what: string, remedy: string): null {
  if (process.env["CI"] === "true")
    throw new Error(`CI must not skip tests, but ${what} is missing. ${remedy}`);
  return null;
}

/** For `describe.skipIf(!hasRedis())`. */
export function hasRedis(): boolean {
  return redisServerPath() !== null;
}

/** For `describe.skipIf(!hasChromium())`. */
export function hasChromium(): boolean {
  return chromiumPath() !== null;
}

/** For `describe.skipIf(!hasDovecot())`. */
export function hasDovecot(): boolean {
  return dovecotPath() !== null;
}

/** The IMAP server of the tests that read an inbox. Null when this machine has none. */
export function dovecotPath(): string | null {
  return inPath(["dovecot"]) ?? absent("dovecot", "Install it: apt-get install -y dovecot-imapd");
}

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** A Redis of the test's own on a free port, without files. Null when this machine has none. */
export async function startRedis(): Promise<TestRedis | null> {
  const binary = redisServerPath();
  if (binary === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "baton-redis-"));
  const port = await freePort();
  const args = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    folder,
  ];
  const server = spawn(binary, args, { stdio: "ignore" });
  const url = `redis://127.0.0.1:${port}`;
  await answering(url, server);
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where this machine's Chromium is. Null when there is none. */
function chromiumPath(): string | null {
  return (
    inPath(["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]) ??
    absent("a Chromium", "Install it: apt-get install -y chromium")
  );
}

/** The Chromium of the browser tests, started. Close it. Its driver is loaded only by those who ask. */
export async function launchChromium(): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  return chromium.launch({ executablePath: chromiumPath() ?? "", args: ["--no-sandbox"] });
}

function redisServerPath(): string | null {
  return inPath(["redis-server"]) ?? absent("redis-server", "Install it: apt-get install -y redis-server");
}

function inPath(names: readonly string[]): string | null {
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    "/usr/bin",
    "/usr/local/bin",
    "/usr/sbin",
  ];
  for (const path of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    if (!existsSync(path)) continue;
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // there, but not for us: the next one
    }
  }
  return null;
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (server.exitCode !== null)
      throw new Error(`redis-server ended at once (exit code ${server.exitCode}).`);
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    redis.on("error", () => undefined); // not up yet
    const answered = await redis.connect().then(
      () => redis.ping(),
      () => null,
    );
    redis.disconnect();
    if (answered === "PONG") return;
    await sleep(50);
  }
  server.kill("SIGKILL");
  throw new Error("redis-server did not answer within 5 seconds.");
}
