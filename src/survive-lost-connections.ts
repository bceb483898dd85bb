import type { Logger } from "pino";
import { isDatabaseTrouble } from "./drivers/store/database-trouble.ts";

/**
 * A database that is killed breaks every connection at once, and some of them (BullMQ's LISTEN connection
 * while it is being rebuilt) have for a moment nobody who listens to their error: by default that ends the
 * process. Such an error is logged and lived through, since every part reconnects by itself; any other
 * uncaught error still ends the process.
 *
 * @returns takes the guard away again
 */
export function surviveLostConnections(log: Logger): () => void {
  const guard = (cause: unknown): void => {
    if (isDatabaseTrouble(cause)) {
      log.warn({ err: cause }, "a connection to the database was lost; it is made anew");
      return;
    }
    log.fatal({ err: cause }, "an error that nobody expected; the process ends");
    process.exit(1);
  };
  process.on("uncaughtException", guard);
  return () => {
    process.off("uncaughtException", guard);
  };
}
