import { recordAudit } from "../drivers/store/audit.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/** Null: nobody says how much this person can carry. */
export interface Capacity {
  userId: string;
  cases: number | null;
  minutes: number | null;
}

const MOST_CASES = 1_000;
const MOST_MINUTES = 100_000;

/** How much each of these people can carry (domain.md F 3); only what differs is written and on record. */
export function setCapacity(
  parts: Parts,
  input: { workspaceId: string; capacities: readonly Capacity[]; actor: Actor },
): Promise<Result<{ changed: number }>> {
  const { workspaceId, capacities, actor } = input;
  return transact(parts, async (tx) => {
    for (const { userId, cases, minutes } of capacities) {
      if (isOut(cases, MOST_CASES) || isOut(minutes, MOST_MINUTES))
        return refuse(
          "bad-capacity",
          isOut(cases, MOST_CASES) ? `cases-${userId}` : `minutes-${userId}`,
          "That is no capacity.",
          `Write a whole number up to ${MOST_CASES} cases and ${MOST_MINUTES} minutes, or leave it empty.`,
        );
    }
    const people = await tx.user.findMany({
      where: { workspaceId, id: { in: capacities.map(({ userId }) => userId) } },
      select: { id: true, caseCapacity: true, minuteCapacity: true },
    });
    let changed = 0;
    for (const { id, caseCapacity, minuteCapacity } of people) {
      const given = capacities.find(({ userId }) => userId === id);
      if (given === undefined || (given.cases === caseCapacity && given.minutes === minuteCapacity)) continue;
      const after = { caseCapacity: given.cases, minuteCapacity: given.minutes };
      await tx.user.update({ where: { id }, data: after });
      await recordAudit(tx, {
        workspaceId,
        at: parts.clock.now(),
        actor,
        action: "capacity-changed",
        subjectType: "user",
        subjectId: id,
        before: { caseCapacity, minuteCapacity },
        after,
      });
      changed += 1;
    }
    return { ok: true, changed };
  });
}

function isOut(value: number | null, most: number): boolean {
  return value !== null && (!Number.isInteger(value) || value < 0 || value > most);
}
