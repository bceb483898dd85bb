import { recordAudit } from "../drivers/store/audit.ts";
import { lockDraft } from "../drivers/store/drafts.ts";
import type { Prisma, SequenceDraft } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Db, Parts } from "./parts.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface DraftAct {
  workspaceId: string;
  draftId: string;
  /** What the person saw: another revision means that somebody changed it meanwhile. */
  revision: number;
  actor: Actor;
}

interface Change extends DraftAct {
  /** Past tense, for the audit; null for plain saving, of which the versions keep what counts. */
  action: string | null;
  /** In which states it may be done. */
  from: readonly string[];
  reason?: string | undefined;
}

/** One change of one draft, alone on its row; refused when it is not what the person saw any more. */
export function changeDraft(
  parts: Parts,
  change: Change,
  data: (draft: SequenceDraft, tx: Db, now: Date) => Promise<Prisma.SequenceDraftUpdateInput | Refusal>,
): Promise<Result<{ draft: SequenceDraft }>> {
  const { workspaceId, draftId, revision, actor, action } = change;
  return transact(parts, async (tx) => {
    const before = await lockDraft(tx, workspaceId, draftId);
    if (before === null)
      return refuse("unknown-draft", "draft", "There is no such draft.", "Start again at the studio.");
    if (before.revision !== revision)
      return refuse(
        "draft-changed",
        "source",
        "Somebody else changed this draft while you had it open.",
        "Nothing of yours is lost: both texts are below. Take over what you need, then save.",
      );
    if (!change.from.includes(before.status))
      return refuse(
        "draft-not-open",
        "draft",
        `This draft is ${stateWords(before.status)}.`,
        "Open it again to see what can be done.",
      );
    const now = parts.clock.now();
    const update = await data(before, tx, now);
    if ("remedy" in update) return { ok: false, problem: update as Refusal };
    const draft = await tx.sequenceDraft.update({
      where: { id: draftId },
      data: { ...update, updatedAt: now, revision: { increment: 1 } },
    });
    if (action !== null)
      await recordAudit(tx, {
        workspaceId,
        at: now,
        actor,
        action,
        subjectType: "sequence-draft",
        subjectId: draftId,
        before: { status: before.status, revision },
        after: { key: draft.key, status: draft.status, revision: draft.revision },
        reason: change.reason ?? null,
      });
    return { ok: true, draft };
  });
}

function stateWords(status: string): string {
  return status === "submitted" ? "submitted and waits for an approver" : status;
}
