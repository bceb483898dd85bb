import type { SequenceDraft } from "../drivers/store/generated/client.ts";
import { changeDraft, type DraftAct } from "./change-draft.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

/** The author takes a submitted draft back to go on writing. */
export function takeBackDraft(parts: Parts, input: DraftAct): Promise<Result<{ draft: SequenceDraft }>> {
  const change = { ...input, action: "draft-taken-back", from: ["submitted"] };
  return changeDraft(parts, change, async () => ({ status: "draft", submittedAt: null }));
}

/** The approver sends it back, saying why: the comment stands above the text until it is submitted again. */
export function sendBackDraft(
  parts: Parts,
  input: DraftAct & { comment: string },
): Promise<Result<{ draft: SequenceDraft }>> {
  const comment = input.comment.trim();
  const change = { ...input, action: "draft-sent-back", from: ["submitted"], reason: comment };
  return changeDraft(parts, change, async (_draft, _tx, now) =>
    comment === ""
      ? {
          code: "no-comment",
          place: "comment",
          message: "The author would not know what to change.",
          remedy: "Say it in a sentence.",
        }
      : { status: "draft", comment, submittedAt: null, decidedAt: now, decidedBy: input.actor },
  );
}

/** Puts a draft away. The row stays, so that nothing anybody wrote is gone. */
export function discardDraft(parts: Parts, input: DraftAct): Promise<Result<{ draft: SequenceDraft }>> {
  const change = { ...input, action: "draft-discarded", from: ["draft"] };
  return changeDraft(parts, change, async (_draft, _tx, now) => ({
    status: "discarded",
    decidedAt: now,
    decidedBy: input.actor,
  }));
}
