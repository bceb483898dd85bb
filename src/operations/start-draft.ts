import { cloneSource, RESERVED_KEYS } from "../domain/sequences/clone-source.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { findOpenDraft } from "../drivers/store/drafts.ts";
import type { SequenceDraft } from "../drivers/store/generated/client.ts";
import { lockWorkspace } from "../drivers/store/versions.ts";
import type { Db, Parts } from "./parts.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface StartDraftInput {
  workspaceId: string;
  userId: string;
  /** The sequence and version whose text it begins with. */
  fromKey: string;
  fromVersion: number;
  /** Another sequence, under a key of its own (S0-30). */
  clone?: { key: string; name: string };
}

/** One open draft per sequence: who comes second is led to it (`already`) instead of making another. */
export function startDraft(
  parts: Parts,
  input: StartDraftInput,
): Promise<Result<{ draft: SequenceDraft; already: boolean }>> {
  const { workspaceId, userId, fromKey, fromVersion, clone } = input;
  return transact(parts, async (tx) => {
    await lockWorkspace(tx, workspaceId);
    const base = await tx.sequenceVersion.findFirst({
      where: { workspaceId, key: fromKey, version: fromVersion },
    });
    if (base === null)
      return refuse(
        "unknown-version",
        "version",
        "There is no such version.",
        "Choose one of the versions shown.",
      );
    const key = clone?.key ?? fromKey;
    const problem = clone === undefined ? null : await badKey(tx, workspaceId, clone.key);
    if (problem !== null) return { ok: false, problem };
    const open = await findOpenDraft(tx, workspaceId, key);
    if (open !== null) return { ok: true, draft: open, already: true };
    const at = parts.clock.now();
    const draft = await tx.sequenceDraft.create({
      data: {
        workspaceId,
        key,
        source: clone === undefined ? base.source : cloneSource(base.source, clone),
        baseVersion: clone === undefined ? fromVersion : null,
        authorId: userId,
        createdAt: at,
        updatedAt: at,
      },
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor: `user:${userId}`,
      action: "draft-started",
      subjectType: "sequence-draft",
      subjectId: draft.id,
      after: { key, from: fromKey, version: fromVersion },
    });
    return { ok: true, draft, already: false };
  });
}

async function badKey(db: Db, workspaceId: string, key: string): Promise<Refusal | null> {
  const wrong = (message: string, remedy: string): Refusal => ({
    code: "bad-key",
    place: "key",
    message,
    remedy,
  });
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key) || key.length > 60)
    return wrong(
      "This is not a key.",
      "Write lower-case words joined by hyphens, like ex-competitor-retail.",
    );
  if (RESERVED_KEYS.includes(key))
    return wrong(`"${key}" is the name of a place in the studio.`, "Choose another key.");
  const taken = await db.sequenceVersion.findFirst({ where: { workspaceId, key }, select: { id: true } });
  return taken === null
    ? null
    : wrong(`There is a sequence "${key}" already.`, "Choose another key, or edit that sequence.");
}
