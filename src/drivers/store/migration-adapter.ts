import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";

/** PostgreSQL's one-byte catalogue type "char", which Prisma's adapter does not know, and text, which it does. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * Prisma's PostgreSQL adapter, made fit for migrations. As shipped it cuts a script at every
 * semicolon and runs the pieces one by one: a function body or a comment with a semicolon breaks,
 * and a failure in the middle leaves half a migration behind. Here a script is one implicit transaction.
 */
export function migrationAdapterFactory(url: string): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => open(url, async () => undefined),
    connectToShadowDb: async () => {
      const name = `baton_shadow_${randomUUID()}`;
      await administer(url, `create database "${name}"`);
      const shadow = new URL(url);
      shadow.pathname = `/${name}`;
      return open(shadow.href, () => administer(url, `drop database "${name}" with (force)`));
    },
  };
}

async function open(url: string, afterwards: () => Promise<void>): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString: url, max: 4, application_name: "baton-migrate" });
  pool.on("error", () => undefined); // the query that was running reports it
  const adapter = await new PrismaPg(readable(pool)).connect();
  adapter.executeScript = async (script) => {
    await pool.query(script);
  };
  adapter.dispose = async () => {
    await pool.end();
    await afterwards();
  };
  return adapter;
}

/** The pool with results the adapter can read: the catalogue's "char" columns are announced as text. */
function readable(pool: pg.Pool): pg.Pool {
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  return Object.assign(pool, {
    query: async (...args: unknown[]) => {
      const result = await query(...args);
      for (const field of result.fields ?? []) {
        if (field.dataTypeID === CHAR_OID) field.dataTypeID = TEXT_OID;
      }
      return result;
    },
  });
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } catch (cause) {
    throw new Error("A shadow database is needed to compare schemas; the database user must be allowed CREATEDB.", {
      cause,
    });
  } finally {
    await client.end();
  }
}
