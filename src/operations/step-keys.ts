import { frozenDefinitions } from "../drivers/store/frozen-definitions.ts";
import { programOf } from "./frozen-sequence.ts";
import type { Db } from "./parts.ts";

/** A program as a list knows it: the version it runs on and how much of it the reader gets. */
interface ProgramRow {
  readonly versionId: string | null;
  readonly policy: string | null;
}

/** The keys of the steps that each of these programs has. */
export type StepKeys = (program: ProgramRow) => readonly string[];

export async function stepKeysOf(
  db: Db,
  workspaceId: string,
  programs: readonly ProgramRow[],
): Promise<StepKeys> {
  const ids = programs.flatMap(({ versionId }) => versionId ?? []);
  const definitions = await frozenDefinitions(db, workspaceId, ids);
  return ({ versionId, policy }) => {
    const definition = versionId === null ? undefined : definitions.get(versionId);
    if (definition === undefined) return [];
    return programOf({ definition }, { policy: policy ?? "" }).steps.map(({ key }) => key);
  };
}
