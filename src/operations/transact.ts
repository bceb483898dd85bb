import type { Prisma } from "../drivers/store/generated/client.ts";
import type { Parts } from "./parts.ts";

/**
 * One act, one transaction. The waits are long on purpose: acts on the same contact queue behind a row
 * lock, and a hundred of them at once must all get their answer instead of a timeout.
 */
export function transact<T>(parts: Parts, act: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  return parts.db.$transaction(act, { maxWait: 30_000, timeout: 30_000 });
}
