import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../../../src/drivers/local/embedded-postgres.ts";
import { isReachableBy } from "../../../src/drivers/local/postgres-binaries.ts";
import { repositoryRoot } from "../../../src/repository-root.ts";

const silent = { info: () => undefined, warn: () => undefined };
const isRoot = process.getuid?.() === 0;
let root: string;
let directory: string;
const running: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "baton-embedded-"));
  chmodSync(root, 0o755);
  directory = join(root, "postgres");
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
  }
  for (const server of running.splice(0)) await server.stop();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function start(at = directory): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory: at, log: silent, durable: false });
  running.push(server);
  return server;
}

/** The server in another process; tells its address. */
async function startElsewhere(at = directory, user: { uid: number; gid: number } | null = null) {
  const script = join(repositoryRoot, "test", "support", "run-postgres.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, at], {
    cwd: repositoryRoot,
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env["PATH"], HOME: root, TMPDIR: join(root, "tmp") },
    ...(user ?? {}),
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const said: { url?: string; error?: string } = JSON.parse(line);
    if (said.url === undefined) throw new Error(said.error);
    return { child, url: said.url };
  }
  throw new Error("the process ended without a word");
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const postmaster = (): number =>
  Number.parseInt(readFileSync(join(directory, "cluster", "postmaster.pid"), "utf8"), 10);
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
async function gone(pid: number): Promise<boolean> {
  for (let look = 0; look < 100 && isAlive(pid); look++) await sleep(50);
  return !isAlive(pid);
}

describe("the embedded PostgreSQL", () => {
  it("listens on loopback only, wants a password, and keeps it from other users", async () => {
    const { url } = await start();
    expect(await query(url, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    const wrong = new URL(url);
    wrong.password = "wrong";
    await expect(query(wrong.href, "select 1")).rejects.toThrow(/password authentication failed/);
    expect(statSync(join(directory, "server.json")).mode & 0o777).toBe(0o600);
  });

  it("keeps its data over a stop and a start", async () => {
    const first = await start();
    await query(first.url, "create table kept as select 42 as answer");
    await first.stop();
    const second = await start();
    expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("survives a restart in immediate mode: connections break, committed rows stay", async () => {
    const server = await start();
    const broken = new pg.Client({ connectionString: server.url });
    broken.on("error", () => undefined);
    await broken.connect();
    await query(server.url, "insert into kept values (43)");
    await server.restartImmediate();
    await expect(broken.query("select 1")).rejects.toThrow();
    expect(await query(server.url, "select count(*)::int as n from kept")).toEqual([{ n: 2 }]);
  });

  it("is shared by processes on one folder, and stops when the last of them leaves", async () => {
    const [one, two, three] = await Promise.all([start(), startElsewhere(), startElsewhere()]);
    expect([two.url, three.url]).toEqual([one.url, one.url]);
    const pid = postmaster();
    await one.stop();
    three.child.kill("SIGTERM");
    await once(three.child, "exit");
    expect(await query(two.url, "select 1 as alive")).toEqual([{ alive: 1 }]);
    two.child.kill("SIGTERM");
    await once(two.child, "exit");
    expect(await gone(pid)).toBe(true);
  });

  it("joins the server that a killed process left behind", async () => {
    const { child, url } = await startElsewhere();
    child.kill("SIGKILL");
    await once(child, "exit");
    const pid = postmaster();
    const joined = await start();
    expect(joined.url).toBe(url);
    await joined.stop();
    expect(await gone(pid)).toBe(true);
  });

  it("recovers from a killed server and from a pid file that names a stranger", async () => {
    const server = await start();
    const pid = postmaster();
    process.kill(pid, "SIGKILL");
    expect(await gone(pid)).toBe(true);
    const again = await start();
    expect(await query(again.url, "select count(*)::int as n from kept")).toEqual([{ n: 2 }]);
    await Promise.all([server.stop(), again.stop()]);
    const port = Number(new URL(again.url).port);
    const stale = [process.pid, join(directory, "cluster"), 1, port, "", "127.0.0.1", "", "ready"].join("\n");
    writeFileSync(join(directory, "cluster", "postmaster.pid"), `${stale}\n`);
    expect(await query((await start()).url, "select 1 as up")).toEqual([{ up: 1 }]);
  });

  it("takes another port when its own is busy", async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, "127.0.0.1");
    await once(squatter, "listening");
    const second = await start();
    expect(second.port).not.toBe(first.port);
    expect(await query(second.url, "select 1 as up")).toEqual([{ up: 1 }]);
    squatter.close();
  });

  it("explains a start that fails, with the remedy, as an error that can be caught", async () => {
    const other = join(root, "broken");
    await (await start(other)).stop();
    rmSync(join(other, "cluster", "global"), { recursive: true });
    await expect(start(other)).rejects.toThrow(/did not start: [\s\S]*Remedy: .*DATABASE_URL/);
    rmSync(join(other, "server.json"));
    await expect(start(other)).rejects.toThrow(/server\.json with its password is gone/);
  });

  it("works for an ordinary user", async () => {
    const home = join(root, "ordinary");
    mkdirSync(join(root, "tmp"), { recursive: true, mode: 0o777 });
    chmodSync(join(root, "tmp"), 0o777);
    mkdirSync(home);
    const nobody = { name: "nobody", uid: 65_534, gid: 65_534 };
    const other =
      isRoot && (await isReachableBy(repositoryRoot, nobody)) ? { uid: nobody.uid, gid: nobody.gid } : null;
    if (other !== null) chownSync(home, other.uid, other.gid);
    const { url } = await startElsewhere(join(home, "postgres"), other);
    expect(await query(url, "select current_user as me")).toEqual([{ me: "baton" }]);
  });

  it("as root in a folder that others may not enter, keeps its files where the server can reach them", async () => {
    const closed = join(root, "closed");
    mkdirSync(closed, { mode: 0o700 });
    const inside = join(closed, "postgres");
    const server = await start(inside);
    expect(await query(server.url, "select 1 as up")).toEqual([{ up: 1 }]);
    await server.stop();
    const place = isRoot ? readFileSync(join(inside, "placed-at"), "utf8").trim() : inside;
    expect(existsSync(join(place, "cluster", "PG_VERSION"))).toBe(true);
    expect(place.startsWith(root)).toBe(!isRoot);
    rmSync(place, { recursive: true, force: true });
  });
});
