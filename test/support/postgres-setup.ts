import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../src/drivers/local/embedded-postgres.ts";
import { migrate } from "../../src/drivers/store/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the run's own PostgreSQL, as its superuser. */
    postgresUrl: string;
  }
}

export const TEMPLATE = "baton_template";
/** Each project loads this file anew; what they count together stands outside of it. */
const shared = globalThis as typeof globalThis & { batonProjects?: number; batonLeaving?: Promise<void> };
const silent = { info: () => undefined, warn: () => undefined };

/**
 * One PostgreSQL for the whole run, with a migrated template that each test file clones. Vitest calls
 * this once per project; later calls join the server of the first.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeLeftovers();
  const directory = join(tmpdir(), `baton-test-${process.pid}`);
  // Open to all: as root, the server runs as another user who must pass here.
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  const server = await startEmbeddedPostgres({ directory, log: silent, durable: false });
  await makeTemplate(server.url);
  project.provide("postgresUrl", server.url);
  shared.batonProjects = (shared.batonProjects ?? 0) + 1;
  const leave = async (): Promise<void> => {
    // The first to leave may already have stopped the server for all of this process.
    await server.stop().catch(() => undefined);
    shared.batonProjects = (shared.batonProjects ?? 1) - 1;
    if (shared.batonProjects === 0) rmSync(directory, { recursive: true, force: true });
  };
  // Projects leave side by side: one after the other, so that none takes the folder from under another.
  return () => {
    shared.batonLeaving = (shared.batonLeaving ?? Promise.resolve()).then(leave);
    return shared.batonLeaving;
  };
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(1)");
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [TEMPLATE]);
    if (rowCount !== 0) return;
    await client.query(`create database ${TEMPLATE}_new`);
    const target = new URL(url);
    target.pathname = `/${TEMPLATE}_new`;
    await migrate(target.href);
    await client.query(`alter database ${TEMPLATE}_new rename to ${TEMPLATE}`);
  } finally {
    await client.end();
  }
}

/** What runs that were killed left behind. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number.parseInt(/^baton-test-(\d+)$/.exec(name)?.[1] ?? "", 10);
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    const directory = join(tmpdir(), name);
    try {
      process.kill(
        Number.parseInt(readFileSync(join(directory, "cluster", "postmaster.pid"), "utf8"), 10),
        "SIGQUIT",
      );
    } catch {
      // no server was left running
    }
    rmSync(directory, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
