/** Of the server (shutting down, starting up, out of connections), of the network, and Prisma's own names for them. */
const CODE = /^(08...|53...|57P0.|E[A-Z]{3,}|P1001|P1002|P1008|P1017|P2024|P2028)$/;
const WORDS =
  /connection terminated|connection ended|timeout exceeded when trying to connect|server has closed the connection|can't reach database/i;

/** True when the database was away or lost, and not what was asked of it: the same act may succeed later. */
export function isDatabaseTrouble(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  return CODE.test(code) || WORDS.test(cause.message) || isDatabaseTrouble(cause.cause);
}
