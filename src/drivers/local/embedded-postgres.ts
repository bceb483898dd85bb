import { execFile, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { Attendance, withFolderLock } from "./attendance.ts";
import { freePort } from "./free-port.ts";
import { isAlive } from "./is-alive.ts";
import { type PostgresBinaries, preparePostgresBinaries } from "./postgres-binaries.ts";
import { postgresSettings } from "./postgres-settings.ts";
import { reachablePlace } from "./reachable-place.ts";
import { type RunAs, serverUser } from "./run-as.ts";
import { readServerState, type ServerState, writeServerState } from "./server-state.ts";

export interface EmbeddedPostgresOptions {
  /** Folder that belongs to this server alone; made when missing. */
  readonly directory: string;
  readonly log: { info(fields: object, text: string): void; warn(fields: object, text: string): void };
  /** false gives up safety against power cuts for speed. Only for data that is thrown away anyway (tests, benches). */
  readonly durable?: boolean;
}

export interface EmbeddedPostgres {
  /** postgresql:// address of the database `baton`, on loopback. Holds the password: never log it. */
  readonly url: string;
  readonly port: number;
  /** Stops the server when no other process uses it, else only leaves. Safe to call twice. */
  stop(): Promise<void>;
  /** Kills every connection and restarts through crash recovery, as a power cut would. For fault tests. */
  restartImmediate(): Promise<void>;
}

/** What every act on the server needs to know. */
interface Server {
  readonly options: EmbeddedPostgresOptions;
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs | null;
  readonly place: string;
}

const USER = "baton";
const DATABASE = "baton";
const START_ATTEMPTS = 4;
const run = promisify(execFile);

/**
 * Starts a real PostgreSQL on loopback, or joins the one that already runs on this folder. Any
 * failure is one error that says what to do; nothing escapes as an uncaught exception.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.directory, { recursive: true });
  try {
    return await withFolderLock(options.directory, async () => {
      const runAs = serverUser();
      const place = await reachablePlace(options.directory, runAs);
      const binaries = await preparePostgresBinaries(place, runAs);
      const server: Server = { options, binaries, runAs, place };
      const state = await runningServer(server).then((found) => found ?? startServer(server));
      await ensureDatabase(urlOf(state, "postgres"));
      const attendance = await Attendance.join(join(options.directory, "users"));
      return handleOf(server, state, attendance);
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The embedded PostgreSQL in ${options.directory} did not start: ${reason}\n` +
        "Remedy: correct the cause above and start again, or set DATABASE_URL to a PostgreSQL of your own.",
      { cause },
    );
  }
}

function handleOf(server: Server, state: ServerState, attendance: Attendance): EmbeddedPostgres {
  let stopping: Promise<void> | null = null;

  /** A process that ends without stop() (a fault, process.exit) must not leave the server behind. */
  const onExit = (): void => {
    if (attendance.leaveSync()) {
      spawnSync(
        server.binaries.pgCtl,
        ["stop", "-D", cluster(server), "-m", "fast", "-W"],
        spawnOptions(server),
      );
    }
  };
  /** Only where nobody else handles the signal: an application drains first, then calls stop(). */
  const onSignal = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    void stop().finally(() => process.kill(process.pid, signal));
  };
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      process.off("exit", onExit);
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, onSignal);
      await withFolderLock(server.options.directory, async () => {
        if (await attendance.leave()) await pgCtl(server, "stop", "-m", "fast", "-w", "-t", "60");
      });
    })();
    return stopping;
  };

  process.on("exit", onExit);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal);
  return {
    url: urlOf(state, DATABASE),
    port: state.port,
    stop,
    restartImmediate: () =>
      pgCtl(server, "restart", "-m", "immediate", "-w", "-t", "60", "-l", logFile(server)),
  };
}

/** The server of an earlier or other process on this folder, if it answers; clears what a crash left behind. */
async function runningServer(server: Server): Promise<ServerState | null> {
  const pidFile = join(cluster(server), "postmaster.pid");
  const state = await readServerState(server.options.directory);
  if (state === null || !existsSync(pidFile)) return null;
  const pid = Number.parseInt((await readFile(pidFile, "utf8")).split("\n")[0] ?? "", 10);
  // PostgreSQL itself clears a pid file whose process is gone.
  if (!Number.isInteger(pid) || !isAlive(pid)) return null;
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await answers(urlOf(state, "postgres"))) return state;
    if (!isAlive(pid)) return null;
    if (!(await isPostgres(pid))) {
      // After a crash another program may have been given the number; PostgreSQL would refuse to start.
      server.options.log.warn({ pid }, "postmaster.pid names a process that is not PostgreSQL: removed");
      await rm(pidFile, { force: true });
      return null;
    }
    await sleep(200);
  }
  throw new Error(`process ${pid} holds ${cluster(server)} but does not answer. Stop that process.`);
}

async function startServer(server: Server): Promise<ServerState> {
  const state = (await readServerState(server.options.directory)) ?? (await initialise(server));
  let problem = "";
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    const port = await freePort(attempt === 0 ? state.port : 0);
    const next = { ...state, port };
    await writeFile(
      join(cluster(server), "baton.conf"),
      postgresSettings(port, server.options.durable ?? true),
    );
    await writeServerState(server.options.directory, next);
    try {
      await pgCtl(server, "start", "-w", "-t", "120", "-l", logFile(server));
      server.options.log.info({ port, folder: cluster(server) }, "embedded PostgreSQL started");
      return next;
    } catch (error) {
      problem = `${error instanceof Error ? error.message : String(error)}\n${await logTail(server)}`;
      // Somebody took the port between our look and PostgreSQL's: another one is tried. Anything else is final.
      if (!/could not bind|Address already in use|could not create any TCP/.test(problem)) break;
    }
  }
  throw new Error(problem);
}

/** initdb into a folder of another name, renamed when done: half a cluster is never taken for a whole one. */
async function initialise(server: Server): Promise<ServerState> {
  if (existsSync(cluster(server))) {
    throw new Error(
      `${cluster(server)} holds a database, but ${server.options.directory}/server.json with its password is ` +
        "gone. Restore that file, or move the folder away to begin with an empty database.",
    );
  }
  const password = randomBytes(24).toString("base64url");
  const fresh = join(server.place, "cluster.new");
  const passwordFile = join(server.place, "password.new");
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (server.runAs !== null) {
    await chown(fresh, server.runAs.uid, server.runAs.gid);
    await chown(passwordFile, server.runAs.uid, server.runAs.gid);
  }
  try {
    await run(
      server.binaries.initdb,
      [
        `--pgdata=${fresh}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // Sorts the same on every machine: no dependence on the system's locales.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--set=include_if_exists=baton.conf",
        ...(server.options.durable === false ? ["--no-sync"] : []),
      ],
      spawnOptions(server),
    );
  } catch (cause) {
    throw new Error(`initdb failed: ${outputOf(cause)}`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await chmod(fresh, 0o700);
  const state = { port: 0, password };
  // The password first: a cluster whose password is lost would be of no use.
  await writeServerState(server.options.directory, state);
  await rename(fresh, cluster(server));
  return state;
}

async function pgCtl(server: Server, verb: string, ...more: string[]): Promise<void> {
  try {
    await run(server.binaries.pgCtl, [verb, "-D", cluster(server), "-s", ...more], spawnOptions(server));
  } catch (cause) {
    throw new Error(`pg_ctl ${verb} failed: ${outputOf(cause)}`, { cause });
  }
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`create database "${DATABASE}"`);
  } finally {
    await client.end();
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => undefined); // a server that dies while asked has answered: no
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform === "win32") return true;
  const { stdout } = await run("ps", ["-p", String(pid), "-o", "comm="]).catch(() => ({
    stdout: "postgres",
  }));
  return stdout.includes("postgres");
}

async function logTail(server: Server): Promise<string> {
  const text = await readFile(logFile(server), "utf8").catch(() => "");
  return text.trim().split("\n").slice(-6).join("\n");
}

function outputOf(cause: unknown): string {
  const stderr = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : "";
  return stderr === "" ? (cause instanceof Error ? cause.message : String(cause)) : stderr;
}

/** The server's own environment: none of ours, so no secret of Baton reaches it. */
function spawnOptions(server: Server) {
  const environment = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  return {
    cwd: server.place,
    ...(process.platform === "win32" ? {} : { env: environment }),
    ...(server.runAs === null ? {} : { uid: server.runAs.uid, gid: server.runAs.gid }),
  };
}

const cluster = (server: Server): string => join(server.place, "cluster");
const logFile = (server: Server): string => join(server.place, "cluster", "postgres.log");
const urlOf = (state: ServerState, database: string): string =>
  `postgresql://${USER}:${state.password}@127.0.0.1:${state.port}/${database}`;
