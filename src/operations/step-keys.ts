import { frozenDefinitions } from "../drivers/store/frozen-definitions.ts";
import { frozenSequence } from "./frozen-sequence.ts";
import type { Db } from "./parts.ts";

/** The step keys of every version that these programs run on, by version. */
export async function stepKeysOf(
  db: Db,
  workspaceId: string,
  programs: readonly { versionId: string | null }[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = programs.flatMap(({ versionId }) => versionId ?? []);
  const definitions = await frozenDefinitions(db, workspaceId, ids);
  return new Map(
    [...definitions].map(([id, definition]) => [
      id,
      frozenSequence({ definition }).steps.map(({ key }) => key),
    ]),
  );
}
