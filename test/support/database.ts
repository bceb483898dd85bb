import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { connectStore, type Store } from "../../src/drivers/store/connect.ts";
import { TEMPLATE } from "./postgres-setup.ts";

export interface TestDatabase {
  readonly url: string;
  readonly db: Store["db"];
  readonly store: Store;
  /** Closes the connections and drops the database. */
  close(): Promise<void>;
}

/** A migrated, empty database of the test's own: a clone of the run's template. Close it in `afterAll`. */
export async function freshDatabase(options: { poolSize?: number } = {}): Promise<TestDatabase> {
  const admin = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await execute(admin, `create database ${name} template ${TEMPLATE}`);
  const address = new URL(admin);
  address.pathname = `/${name}`;
  const store = connectStore({ url: address.href, ...options });
  return {
    url: address.href,
    db: store.db,
    store,
    close: async () => {
      await store.close();
      await execute(admin, `drop database ${name} with (force)`);
    },
  };
}

/** An empty database without our tables, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const admin = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await execute(admin, `create database ${name}`);
  const address = new URL(admin);
  address.pathname = `/${name}`;
  return { url: address.href, drop: () => execute(admin, `drop database ${name} with (force)`) };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
