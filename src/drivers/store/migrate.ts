import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { repositoryRoot } from "../../repository-root.ts";
import { type Migration, readMigrations } from "./migrations-folder.ts";
import { withSchemaEngine } from "./schema-engine.ts";

const PRISMA = join(repositoryRoot, "prisma");
const NO_FILTER = { externalTables: [], externalEnums: [] };
/** Any constant: every migrating process asks for the same one. */
const LOCK_KEY = 718_290_001;

export interface MigrateResult {
  /** Names of the migrations applied just now; empty when the database was up to date. */
  readonly applied: readonly string[];
}

/**
 * Brings the database to the state of prisma/migrations. Needs no internet, may run any number of
 * times and in several processes at once: the others wait, then find nothing to do.
 */
export async function migrate(url: string, prismaFolder = PRISMA): Promise<MigrateResult> {
  const migrations = await readMigrations(join(prismaFolder, "migrations"));
  return withMigrationLock(url, async (client) => {
    const pending = await pendingMigrations(client, migrations);
    if (pending.length === 0) return { applied: [] };
    const datamodel = await readFile(join(prismaFolder, "schema.prisma"), "utf8");
    return withSchemaEngine(url, datamodel, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: migrationList(prismaFolder, migrations),
        filters: NO_FILTER,
      });
      return { applied: appliedMigrationNames };
    });
  });
}

/** The SQL that leads from prisma/migrations to schema.prisma; empty when they agree. Uses a shadow database. */
export async function diffSchema(url: string, prismaFolder = PRISMA): Promise<string> {
  const migrations = await readMigrations(join(prismaFolder, "migrations"));
  const content = await readFile(join(prismaFolder, "schema.prisma"), "utf8");
  return withSchemaEngine(url, content, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "migrations", ...migrationList(prismaFolder, migrations) },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    const sql = (stdout ?? "").trim();
    return sql === "-- This is an empty migration." ? "" : sql;
  });
}

/** Writes the next migration for a changed schema.prisma. Null when there is nothing to write. */
export async function writeMigration(
  url: string,
  name: string,
  at: Date = new Date(),
  prismaFolder = PRISMA,
): Promise<string | null> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error(
      `"${name}" is no name for a migration: use lower-case letters, digits and _ (add_notes).`,
    );
  }
  const sql = await diffSchema(url, prismaFolder);
  if (sql === "") return null;
  const stamp = at.toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(prismaFolder, "migrations", `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "migration.sql"), `${sql}\n`, { flag: "wx" });
  return join(folder, "migration.sql");
}

async function pendingMigrations(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows: found } = await client.query<{ present: boolean }>(
    "select to_regclass('_prisma_migrations') is not null as present",
  );
  if (found[0]?.present !== true) return [...migrations];
  const { rows } = await client.query<{
    migration_name: string;
    checksum: string;
    logs: string | null;
    done: boolean;
  }>(
    `select migration_name, checksum, logs, finished_at is not null as done
       from _prisma_migrations where rolled_back_at is null`,
  );
  const recorded = new Map(rows.map((row) => [row.migration_name, row]));
  for (const migration of migrations) {
    const row = recorded.get(migration.name);
    if (row === undefined) continue;
    if (!row.done) {
      // A migration is one implicit transaction, so what failed has left nothing behind: it may run again.
      await client.query(
        "update _prisma_migrations set rolled_back_at = now() where migration_name = $1 and finished_at is null",
        [migration.name],
      );
      recorded.delete(migration.name);
    } else if (row.checksum !== migration.checksum) {
      throw new Error(
        `The migration ${migration.name} was changed after this database applied it. ` +
          "Restore prisma/migrations from version control and put the change into a new migration.",
      );
    }
  }
  const unknown = rows.find((row) => row.done && !migrations.some(({ name }) => name === row.migration_name));
  if (unknown !== undefined) {
    throw new Error(
      `This database has the migration ${unknown.migration_name}, which this version of Baton does not know. ` +
        "Start the newer version that made it, or restore an older backup of the database.",
    );
  }
  return migrations.filter(({ name }) => !recorded.has(name));
}

async function withMigrationLock<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: "baton-migrate" });
  client.on("error", () => undefined); // reported by the query that then fails
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK_KEY]);
    return await act(client);
  } finally {
    // Ending the connection gives the lock back, also when `act` broke it.
    await client.end();
  }
}

function migrationList(prismaFolder: string, migrations: readonly Migration[]) {
  return {
    baseDir: join(prismaFolder, "migrations"),
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  };
}
