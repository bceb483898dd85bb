import { recordAudit } from "../drivers/store/audit.ts";
import type { EffortEntry } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/** A wrong entry leaves the sum; a right one is written anew. Twice does what once did. */
export function takeBackEffort(
  parts: Parts,
  input: { workspaceId: string; entryId: string; actor: Actor },
): Promise<Result<{ entry: EffortEntry; repeated: boolean }>> {
  const { workspaceId, entryId, actor } = input;
  return transact(parts, async (tx) => {
    const at = parts.clock.now();
    const { count } = await tx.effortEntry.updateMany({
      where: { workspaceId, id: entryId, takenBackAt: null },
      data: { takenBackAt: at, takenBackBy: actor },
    });
    const entry = await tx.effortEntry.findFirst({ where: { workspaceId, id: entryId } });
    if (entry === null)
      return refuse("unknown-entry", "entry", "There is no such entry.", "Reload the case.");
    if (count === 1)
      await recordAudit(tx, {
        workspaceId,
        at,
        actor,
        action: "effort-taken-back",
        subjectType: "case",
        subjectId: entry.caseId,
        before: { entry: entryId, minutes: entry.minutes, spentOn: dayOf(entry.spentOn) },
      });
    return { ok: true, entry, repeated: count === 0 };
  });
}
