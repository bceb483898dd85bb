import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client.ts";

export interface StoreOptions {
  /** postgresql:// address. */
  readonly url: string;
  /** Connections this process may hold at once. */
  readonly poolSize?: number;
  /** Told when an idle connection breaks (the server restarted); the pool replaces it by itself. */
  readonly onConnectionLost?: (error: Error) => void;
}

export interface Store {
  readonly db: PrismaClient;
  /** The same pool, for LISTEN or COPY, which Prisma has no words for. Queries go through `db.$queryRaw`. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Opens the database. Connections are made when first needed, so this never fails by itself. */
export function connectStore(options: StoreOptions): Store {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 30_000,
    application_name: "baton",
    // Instants are stored without a zone and mean UTC, whatever zone the server was set to.
    options: "-c timezone=UTC",
  });
  // Without a listener, an idle connection that breaks would end the whole process.
  pool.on("error", (error) => options.onConnectionLost?.(error));
  const db = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    db,
    pool,
    close: async () => {
      await db.$disconnect();
      await pool.end();
    },
  };
}
