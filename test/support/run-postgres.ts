import { startEmbeddedPostgres } from "../../src/drivers/local/embedded-postgres.ts";

// A process that does nothing but hold the embedded PostgreSQL of the folder in its first argument.
const silent = { info: () => undefined, warn: () => undefined };
startEmbeddedPostgres({ directory: process.argv[2] ?? "", log: silent, durable: false }).then(
  ({ url }) => {
    process.stdout.write(`${JSON.stringify({ url })}\n`);
    setInterval(() => undefined, 60_000);
  },
  (error: unknown) => {
    process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`);
    process.exitCode = 1;
  },
);
