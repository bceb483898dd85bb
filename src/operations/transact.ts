import { setTimeout as sleep } from "node:timers/promises";
import type { Prisma } from "../drivers/store/generated/client.ts";
import type { Parts } from "./parts.ts";

/** How often an act is tried that the database ended so that another could go on. */
const TRIES = 4;

/**
 * One act, one transaction. The waits are long on purpose: acts on the same contact queue behind a row
 * lock, and a hundred of them at once must all get their answer instead of a timeout.
 *
 * Two acts that wait for each other's rows are a deadlock: PostgreSQL ends one of them, which has then written
 * nothing and is done again. So `act` may run more than once, and must do nothing but write in its transaction.
 */
export async function transact<T>(
  parts: Pick<Parts, "db">,
  act: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await parts.db.$transaction(act, { maxWait: 30_000, timeout: 30_000 });
    } catch (cause) {
      if (tries >= TRIES || !gaveWay(cause)) throw cause;
      // Not in step with the other act, or they meet again at once.
      await sleep(Math.random() * 50 * tries);
    }
  }
}

/** Prisma's P2034: a write conflict or a deadlock. */
function gaveWay(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "P2034";
}
