import { localDateOf } from "../domain/calendar/zones.ts";
import type { Outlook } from "../domain/turnover/outlook.ts";
import { LONGEST_OVERRIDE_DAYS, outsideSpan } from "../domain/turnover/override.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockCase } from "../drivers/store/cases.ts";
import type { OutlookOverride } from "../drivers/store/generated/client.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface ProposeOverrideInput {
  workspaceId: string;
  caseId: string;
  outlook: Outlook["value"];
  reason: string;
  /** "2026-04-10": the last day on which it counts, at most two weeks ahead. */
  untilOn: string;
  actor: Actor;
}

/**
 * A CSM knows what no rule sees: they say so with a reason and an end. Nothing changes by it until a manager
 * agrees. A new proposal takes the place of one that still waits.
 */
export function proposeOverride(
  parts: Parts,
  input: ProposeOverrideInput,
): Promise<Result<{ override: OutlookOverride }>> {
  const { workspaceId, caseId, outlook, untilOn, actor } = input;
  const reason = input.reason.trim();
  return transact(parts, async (tx) => {
    // Held until the end: of two proposals at once the second replaces the first.
    const turnover = await lockCase(tx, workspaceId, caseId);
    if (turnover === null)
      return refuse("unknown-case", "case", "There is no such case.", "Start again at “Cases”.");
    if (turnover.status === "closed")
      return refuse("case-closed", "case", "This case is closed.", "Its outcome says what became of it.");
    if (reason === "")
      return refuse("reason-needed", "reason", "Say what the rules do not see.", "A sentence is enough.");
    const at = parts.clock.now();
    const { reportZone } = await getWorkspace(tx, workspaceId);
    const span = outsideSpan(untilOn, localDateOf(at, reportZone));
    if (span !== null)
      return refuse(
        "bad-end",
        "untilOn",
        `It may stand for ${LONGEST_OVERRIDE_DAYS} days at most.`,
        `Choose a day from ${span.first} to ${span.last}; it can be given anew then.`,
      );
    await tx.outlookOverride.updateMany({
      where: { workspaceId, caseId, status: "proposed" },
      data: { status: "replaced", decidedAt: at, decidedBy: actor },
    });
    const override = await tx.outlookOverride.create({
      data: {
        workspaceId,
        caseId,
        outlook,
        reason,
        untilOn: dateColumn(untilOn),
        proposedAt: at,
        proposedBy: actor,
      },
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "override-proposed",
      subjectType: "case",
      subjectId: caseId,
      after: { override: override.id, outlook, untilOn },
      reason,
    });
    return { ok: true, override };
  });
}
