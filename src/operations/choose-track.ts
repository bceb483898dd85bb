import { chooseSequence, type Situation } from "../domain/sequences/choose-sequence.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import type { CaseWithAccount } from "../drivers/store/cases.ts";
import type { SequenceVersion } from "../drivers/store/generated/client.ts";
import {
  findCurrentVersion,
  listCurrentCompetitors,
  listCurrentVersions,
} from "../drivers/store/versions.ts";
import { frozenSequence } from "./frozen-sequence.ts";
import type { Db } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";

export interface TrackChoice {
  version: SequenceVersion;
  sequence: Sequence;
  /** Why this one, in words. */
  reason: string;
  /** What the CSM has to find out for this choice to work at its best. */
  csmTask: string | null;
}

/** The sequence that this case asks for, or the one that somebody names. Same case, same answer (S1-26). */
export async function chooseTrack(
  db: Db,
  turnover: CaseWithAccount,
  sequenceKey?: string,
): Promise<Result<TrackChoice>> {
  const { workspaceId, account } = turnover;
  const versions = await listCurrentVersions(db, workspaceId);
  const competitors = await listCurrentCompetitors(db, workspaceId);
  const sequences = versions.map(frozenSequence);
  const choice = chooseSequence(
    {
      roleOutcome: turnover.roleOutcome as Situation["roleOutcome"],
      replacementType: turnover.replacementType as Situation["replacementType"],
      segment: account.segment,
      productKey: account.productKey,
      competitorKey: turnover.competitorKey,
    },
    { sequences, competitorKeys: competitors.map(({ key }) => key) },
  );
  if (sequenceKey !== undefined) {
    const named = await namedTrack(db, workspaceId, sequenceKey);
    if (!named.ok) return named;
    return { ...named, csmTask: choice.kind === "sequence" ? choice.csmTask : null };
  }
  if (choice.kind === "none") {
    return refuse("no-sequence", "case", choice.reason, "Complete the case, or name a sequence.");
  }
  const version = versions.find(({ key }) => key === choice.key);
  if (version === undefined)
    throw new Error(`${choice.key} was chosen from the published versions and is not one`);
  return {
    ok: true,
    version,
    sequence: frozenSequence(version),
    reason: choice.reason,
    csmTask: choice.csmTask,
  };
}

async function namedTrack(
  db: Db,
  workspaceId: string,
  key: string,
): Promise<Result<Omit<TrackChoice, "csmTask">>> {
  const version = await findCurrentVersion(db, workspaceId, key);
  if (version === null) {
    return refuse(
      "unknown-sequence",
      "sequenceKey",
      `No sequence "${key}" is published.`,
      "See sequences list.",
    );
  }
  if (version.audience !== "contact") {
    return refuse(
      "wrong-audience",
      "sequenceKey",
      `"${version.name}" is written for a ${version.audience}, not for the person who takes over.`,
      "Name a contact's sequence; the sponsor's brief starts beside it by itself.",
    );
  }
  return {
    ok: true,
    version,
    sequence: frozenSequence(version),
    reason: `"${version.name}", chosen by hand.`,
  };
}
