import { stepKeys } from "../drivers/store/board-rows.ts";
import type { Db } from "./parts.ts";

/** Frozen versions never change, so their step keys are read once per process; ids are unique everywhere. */
const known = new Map<string, readonly string[]>();
const KEPT_MOST = 1_000;

/** The step keys of every version that these programs run on, by version. */
export async function stepKeysOf(
  db: Db,
  workspaceId: string,
  programs: readonly { versionId: string | null }[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = [...new Set(programs.flatMap(({ versionId }) => versionId ?? []))];
  const missing = ids.filter((id) => !known.has(id));
  const found = new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? []] as const] : [])));
  if (missing.length === 0) return found;
  if (known.size + missing.length > KEPT_MOST) known.clear();
  for (const { id, keys } of await stepKeys(db, workspaceId, missing)) {
    known.set(id, keys ?? []);
    found.set(id, keys ?? []);
  }
  return found;
}
