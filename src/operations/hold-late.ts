import { holdLate, noteWorkerSeen } from "../drivers/store/mail-holds.ts";
import { inTransaction, type SqlPool } from "../drivers/store/sql.ts";
import type { Parts } from "./parts.ts";

/** Without a worker for longer than this, nobody knows what has left meanwhile (trust.md 4.9). */
const LONGEST_ABSENCE_MS = 24 * 3_600_000;

const WHY =
  "No worker was here for more than a day. If the database is an older copy, some of this has left already: look before you release it.";

/**
 * Says that a worker is here. When none was for more than a day, what is due waits for a person: an older copy
 * of the database knows nothing of the mails that left after it was made, and would send them once more. A
 * worker that was only away for a night plans anew by itself, and a demo's fast clock is not asked: it is
 * machine time in which nobody was here.
 */
export async function holdLateMail(parts: Parts & { readonly sql: SqlPool }): Promise<number> {
  const wall = parts.clock.wall();
  const held = await inTransaction(parts.sql, async (sql) => {
    const seen = await noteWorkerSeen(sql, wall);
    if (seen === null || wall.getTime() - seen.getTime() <= LONGEST_ABSENCE_MS) return 0;
    return holdLate(sql, parts.clock.now(), WHY);
  });
  if (held > 0) parts.log.warn({ workspaces: held }, "what was due while no worker was here is held");
  return held;
}
