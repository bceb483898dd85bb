import type { SequenceDraft } from "../drivers/store/generated/client.ts";
import { changeDraft, type DraftAct } from "./change-draft.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

/** Keeps the text, even while it is wrong: the linter speaks, and only publishing needs its consent. */
export function saveDraft(
  parts: Parts,
  input: DraftAct & { source: string; note: string },
): Promise<Result<{ draft: SequenceDraft }>> {
  const { source, note } = input;
  return changeDraft(parts, { ...input, action: null, from: ["draft"] }, async () => ({
    // Browsers post line ends as CRLF; a file has one kind of them.
    source: source.replaceAll("\r\n", "\n"),
    note,
  }));
}
