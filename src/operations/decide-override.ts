import { localDateOf } from "../domain/calendar/zones.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import type { OutlookOverride } from "../drivers/store/generated/client.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface DecideOverrideInput {
  workspaceId: string;
  overrideId: string;
  approve: boolean;
  /** Why not; needed when it is refused. */
  answer: string;
  actor: Actor;
}

/** The manager's word on a proposed override (domain.md F 3). The second of two decisions finds the first. */
export function decideOverride(
  parts: Parts,
  input: DecideOverrideInput,
): Promise<Result<{ override: OutlookOverride; repeated: boolean }>> {
  const { workspaceId, overrideId, approve, actor } = input;
  const answer = input.answer.trim();
  return transact(parts, async (tx) => {
    await tx.$queryRaw`select id from outlook_override where id = ${overrideId}::uuid and "workspaceId" = ${workspaceId}::uuid for update`;
    const before = await tx.outlookOverride.findFirst({ where: { workspaceId, id: overrideId } });
    if (before === null)
      return refuse(
        "unknown-override",
        "override",
        "There is no such proposal.",
        "Start again from the board.",
      );
    const status = approve ? "approved" : "refused";
    if (before.status === status) return { ok: true, override: before, repeated: true };
    if (before.status !== "proposed")
      return refuse(
        "override-decided",
        "override",
        `This proposal was ${before.status} already.`,
        "Look at the case; another can be proposed there.",
      );
    if (before.proposedBy === actor)
      return refuse(
        "own-proposal",
        "override",
        "Whoever proposes it does not decide it.",
        "Ask another manager, CS leader or admin to look at it.",
      );
    if (!approve && answer === "")
      return refuse("reason-needed", "answer", "Say why not.", "A few words help whoever proposed it.");
    const at = parts.clock.now();
    const { reportZone } = await getWorkspace(tx, workspaceId);
    if (dayOf(before.untilOn) < localDateOf(at, reportZone))
      return refuse(
        "override-lapsed",
        "override",
        "Its last day has passed.",
        "It can be proposed anew in the case.",
      );
    const override = await tx.outlookOverride.update({
      where: { id: overrideId },
      data: { status, decidedAt: at, decidedBy: actor, answer: answer === "" ? null : answer },
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: `override-${status}`,
      subjectType: "case",
      subjectId: before.caseId,
      before: { override: overrideId, status: "proposed" },
      after: { override: overrideId, status },
      ...(answer === "" ? {} : { reason: answer }),
    });
    return { ok: true, override, repeated: false };
  });
}
