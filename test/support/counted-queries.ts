import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../../src/drivers/store/generated/client.ts";
import type { TestDatabase } from "./database.ts";

export interface CountedQueries {
  readonly db: PrismaClient;
  /** Statements that reached the database while `act` ran. */
  during(act: () => Promise<unknown>): Promise<string[]>;
  close(): Promise<void>;
}

/** The same database through a client that tells every statement: what catches a query per row. */
export function countedQueries(database: TestDatabase): CountedQueries {
  const statements: string[] = [];
  const db = new PrismaClient({
    adapter: new PrismaPg({ connectionString: database.url, options: "-c timezone=UTC" }),
    log: [{ emit: "event", level: "query" }],
  });
  db.$on("query", ({ query }) => statements.push(query));
  return {
    db,
    during: async (act) => {
      statements.length = 0;
      await act();
      return [...statements];
    },
    close: () => db.$disconnect(),
  };
}
