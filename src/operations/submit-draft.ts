import type { SequenceDraft } from "../drivers/store/generated/client.ts";
import { changeDraft, type DraftAct } from "./change-draft.ts";
import { checkSequence } from "./check-sequence.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

/** Hands the saved text to an approver. What the linter refuses is not worth an approver's time. */
export function submitDraft(
  parts: Parts,
  input: DraftAct & { note: string },
): Promise<Result<{ draft: SequenceDraft }>> {
  const { workspaceId, note } = input;
  const change = { ...input, action: "draft-submitted", from: ["draft"], reason: note };
  return changeDraft(parts, change, async ({ key, source }, tx, now) => {
    if (note.trim() === "")
      return {
        code: "no-note",
        place: "note",
        message: "Nobody can see yet what you changed, and why.",
        remedy: "Say it in a sentence.",
      };
    const { problems } = await checkSequence({ db: tx }, { workspaceId, key, source });
    const error = problems.find(({ severity }) => severity === "error");
    if (error !== undefined)
      return {
        code: "draft-refused",
        place: "source",
        message: `Line ${error.line}: ${error.message}`,
        remedy: error.remedy,
      };
    return { status: "submitted", note: note.trim(), submittedAt: now, comment: null };
  });
}
