import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

/** PostgreSQL's one-byte catalogue type "char": the engine asks for it, but Prisma's adapter does not know it. */
const CHAR_OID = 18;
const TEXT_OID = 25;

export interface MigrationAdapters {
  readonly factory: SqlMigrationAwareDriverAdapterFactory;
  /** What PostgreSQL said to the last script it refused; the engine only says that there was an error. */
  scriptError(): Error | null;
  close(): Promise<void>;
}

/**
 * Prisma's PostgreSQL adapter, made fit for migrations. As shipped it cuts a script at every
 * semicolon and runs the pieces one by one: a function body or a comment with a semicolon breaks,
 * and a failure in the middle leaves half a migration behind. Here a script is one implicit transaction.
 */
export function migrationAdapters(url: string): MigrationAdapters {
  const opened: SqlDriverAdapter[] = [];
  let scriptError: Error | null = null;
  const open = async (at: string, afterwards: () => Promise<void>): Promise<SqlDriverAdapter> => {
    const adapter = await openAdapter(at, afterwards, (error) => {
      scriptError = error;
    });
    opened.push(adapter);
    return adapter;
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
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
  return {
    factory,
    scriptError: () => scriptError,
    // The engine leaves its connections open; they would hold the process and the database.
    close: async () => {
      await Promise.all(opened.splice(0).map((adapter) => adapter.dispose()));
    },
  };
}

async function openAdapter(
  url: string,
  afterwards: () => Promise<void>,
  onScriptError: (error: Error) => void,
): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString: url, max: 4, application_name: "baton-migrate" });
  pool.on("error", () => undefined); // the query that was running reports it
  const charColumns = new WeakMap<object, number[]>();
  const adapter = await new PrismaPg(withReadableChars(pool, charColumns)).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const column of charColumns.get(result.rows) ?? [])
      result.columnTypes[column] = ColumnTypeEnum.Character;
    return result;
  };
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script);
    } catch (error) {
      onScriptError(withLine(error, script));
      throw error;
    }
  };
  let disposed: Promise<void> | null = null;
  adapter.dispose = () => {
    disposed ??= pool.end().then(afterwards);
    return disposed;
  };
  return adapter;
}

/** Announces "char" columns as text, so that the adapter reads them, and notes which ones they were. */
function withReadableChars(pool: pg.Pool, charColumns: WeakMap<object, number[]>): pg.Pool {
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  return Object.assign(Object.create(pool) as pg.Pool, {
    query: async (...args: unknown[]) => {
      const result = await query(...args);
      const columns = (result.fields ?? []).flatMap((field, index) =>
        field.dataTypeID === CHAR_OID ? [index] : [],
      );
      for (const column of columns) {
        const field = result.fields[column];
        if (field !== undefined) field.dataTypeID = TEXT_OID;
      }
      if (columns.length > 0) charColumns.set(result.rows, columns);
      return result;
    },
  });
}

/** PostgreSQL counts characters; people look for lines. */
function withLine(error: unknown, script: string): Error {
  if (!(error instanceof pg.DatabaseError) || error.position === undefined) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const line = script.slice(0, Number(error.position)).split("\n").length;
  return new Error(`${error.message} (line ${line})`, { cause: error });
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } catch (cause) {
    throw new Error(
      "A shadow database is needed to compare schemas; the database user must be allowed CREATEDB.",
      {
        cause,
      },
    );
  } finally {
    await client.end();
  }
}
