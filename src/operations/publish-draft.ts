import { findDraft } from "../drivers/store/drafts.ts";
import { findCurrentVersion } from "../drivers/store/versions.ts";
import type { Actor } from "./actor.ts";
import { changeDraft, type DraftAct } from "./change-draft.ts";
import { checkSequence, fileOf } from "./check-sequence.ts";
import type { Parts } from "./parts.ts";
import { publishSequences } from "./publish-sequence.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";

/**
 * Makes a submitted draft the version that new enrollments get. Refused when the linter refuses it, when
 * the draft is not what the approver read, or when another version was published since (`against`, the
 * version it was compared with; null: there was none). People under way stay where they are.
 * Safe to repeat: a publish that was cut short is only finished.
 */
export async function publishDraft(
  parts: Parts,
  input: DraftAct & { against: number | null },
): Promise<Result<{ key: string; version: number }>> {
  const { workspaceId, draftId, actor, against } = input;
  const draft = await findDraft(parts.db, workspaceId, draftId);
  if (draft === null)
    return refuse("unknown-draft", "draft", "There is no such draft.", "Start again at the studio.");
  if (draft.revision !== input.revision || draft.status !== "submitted")
    return refuse(
      "draft-changed",
      "draft",
      "This draft is not what you read any more.",
      "Open it again, and read what was changed.",
    );
  const { key, source, note } = draft;
  const current = await findCurrentVersion(parts.db, workspaceId, key);
  if (current !== null && current.source !== source && current.version !== against)
    return refuse(
      "version-changed",
      "against",
      `Version ${current.version} was published while you were reading.`,
      "Open the draft again: it is compared with that version now.",
    );
  const { problems } = await checkSequence(parts, { workspaceId, key, source });
  const error = problems.find(({ severity }) => severity === "error");
  if (error !== undefined)
    return refuse("draft-refused", "source", `Line ${error.line}: ${error.message}`, error.remedy);
  const published = await publishText(parts, { workspaceId, key, source, note, actor });
  if (!published.ok) return published;
  const change = { ...input, action: "draft-published", from: ["submitted"], reason: note };
  const done = await changeDraft(parts, change, async (_draft, _tx, now) => ({
    status: "published",
    decidedAt: now,
    decidedBy: actor,
  }));
  return done.ok ? published : done;
}

async function publishText(
  parts: Parts,
  text: { workspaceId: string; key: string; source: string; note: string; actor: Actor },
): Promise<Result<{ key: string; version: number }>> {
  const { workspaceId, key, source, note, actor } = text;
  const report = await publishSequences(parts, {
    workspaceId,
    files: [{ name: fileOf(key), source }],
    actor,
    ...(note === "" ? {} : { reason: note }),
  });
  const [done] = report.published;
  if (done !== undefined) return { ok: true, key, version: done.version };
  const [same] = report.unchanged;
  const current = await findCurrentVersion(parts.db, workspaceId, key);
  if (same !== undefined && current?.version === same.version)
    return { ok: true, key, version: same.version };
  return { ok: false, problem: refusalOf(report.refused[0]?.problems[0], same?.version) };
}

/** A text that was published before is that version; to use it again it must differ in something. */
function refusalOf(
  problem: { line: number | null; message: string; remedy: string } | undefined,
  version: number | undefined,
): Refusal {
  if (problem !== undefined)
    return { code: "draft-refused", place: "source", message: problem.message, remedy: problem.remedy };
  return {
    code: "same-as-before",
    place: "source",
    message: `This is version ${version ?? "?"}, word for word.`,
    remedy: "To go back to it, send it back and have a comment line (# …) added that says why.",
  };
}
