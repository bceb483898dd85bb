import { chooseSequence, type Situation } from "../domain/sequences/choose-sequence.ts";
import { listCurrentCompetitors, listCurrentVersions } from "../drivers/store/versions.ts";
import { frozenSequence } from "./frozen-sequence.ts";
import type { Parts } from "./parts.ts";

export interface PlanPreview {
  replacementType: NonNullable<Situation["replacementType"]>;
  /** Null: nothing would start, and `reason` says what is missing. */
  sequenceKey: string | null;
  sponsorKey: string | null;
  reason: string;
}

const KINDS: readonly PlanPreview["replacementType"][] = [
  "internal",
  "external_new_function",
  "ex_competitor",
];

/** What would start if the account's main contact left today, for each way of being replaced (S0-45). Null: no such account. */
export async function planPreview(
  parts: Parts,
  input: { workspaceId: string; accountId: string },
): Promise<PlanPreview[] | null> {
  const { workspaceId, accountId } = input;
  const account = await parts.db.account.findFirst({ where: { workspaceId, id: accountId } });
  if (account === null) return null;
  const versions = await listCurrentVersions(parts.db, workspaceId);
  const competitors = await listCurrentCompetitors(parts.db, workspaceId);
  const available = {
    sequences: versions.map(frozenSequence),
    competitorKeys: competitors.map(({ key }) => key),
  };
  return KINDS.map((replacementType) => {
    const { segment, productKey } = account;
    const situation: Situation = {
      roleOutcome: "replacing",
      replacementType,
      segment,
      productKey,
      competitorKey: null,
    };
    const choice = chooseSequence(situation, available);
    const { reason } = choice;
    return choice.kind === "none"
      ? { replacementType, sequenceKey: null, sponsorKey: null, reason }
      : { replacementType, sequenceKey: choice.key, sponsorKey: choice.sponsorKey, reason };
  });
}
