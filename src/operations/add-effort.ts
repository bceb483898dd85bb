import { localDateOf } from "../domain/calendar/zones.ts";
import { LONGEST_ENTRY_MINUTES } from "../domain/turnover/effort.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockCase } from "../drivers/store/cases.ts";
import type { EffortEntry } from "../drivers/store/generated/client.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface AddEffortInput {
  workspaceId: string;
  caseId: string;
  minutes: number;
  /** What they went into, in a few words. */
  what: string;
  /** "2026-03-02": the day on which they were spent. */
  spentOn: string;
  actor: Actor;
}

/**
 * Minutes that no act on record stands for: a call, a train ride, an hour in their numbers (S0-27). A closed
 * case takes them too, for what was forgotten while it was open.
 */
export function addEffort(parts: Parts, input: AddEffortInput): Promise<Result<{ entry: EffortEntry }>> {
  const { workspaceId, caseId, minutes, spentOn, actor } = input;
  const what = input.what.trim();
  return transact(parts, async (tx) => {
    if ((await lockCase(tx, workspaceId, caseId)) === null)
      return refuse("unknown-case", "case", "There is no such case.", "Start again at “Cases”.");
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST_ENTRY_MINUTES)
      return refuse(
        "bad-minutes",
        "minutes",
        "That is no number of minutes of one day.",
        `Write a whole number from 1 to ${LONGEST_ENTRY_MINUTES}.`,
      );
    if (what === "")
      return refuse("what-needed", "what", "Say what the minutes went into.", "A few words are enough.");
    const at = parts.clock.now();
    const { reportZone } = await getWorkspace(tx, workspaceId);
    // Somebody east of the report's zone may live in tomorrow already.
    const latest = localDateOf(new Date(at.getTime() + 14 * 3_600_000), reportZone);
    if (spentOn > latest)
      return refuse("day-ahead", "spentOn", "That day is still to come.", "Write it down when it is over.");
    const entry = await tx.effortEntry.create({
      data: {
        workspaceId,
        caseId,
        minutes,
        what,
        spentOn: dateColumn(spentOn),
        createdAt: at,
        createdBy: actor,
      },
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "effort-added",
      subjectType: "case",
      subjectId: caseId,
      after: { entry: entry.id, minutes, spentOn },
      reason: what,
    });
    return { ok: true, entry };
  });
}
