import type { Case } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export const DETECTION_SOURCES = [
  "csm",
  "contact",
  "colleague",
  "hard_bounce",
  "auto_reply",
  "crm_change",
  "login_silence",
  "import",
  "public_profile",
] as const;

/** What is known about a turnover; everything but the account may come later. */
export interface CaseFields {
  kind?: "main_contact" | "sponsor" | "champion" | "admin";
  departedContactId?: string | null;
  detectedAt?: Date;
  detectionSource?: (typeof DETECTION_SOURCES)[number];
  /** YYYY-MM-DD. */
  departureEffectiveOn?: string | null;
  departureReason?: "new_job" | "promotion" | "retired" | "leave" | "restructure" | "unknown" | null;
  destination?: "external" | "internal" | "unknown" | "retired" | "leave";
  newCompany?: string | null;
  roleOutcome?: "replacing" | "merging" | "leaving_space" | "unknown";
  replacementContactId?: string | null;
  replacementType?: "internal" | "external_new_function" | "ex_competitor" | null;
  competitorKey?: string | null;
  competitorMonths?: number | null;
  competitorRole?: "user" | "owner" | "buyer" | null;
}
export interface OpenCaseInput extends CaseFields {
  workspaceId: string;
  accountId: string;
  actor: Actor;
}

/** Opens a turnover case, with its severity, and asks the CSM to bring the sponsor back in (S0-21). */
export declare function openCase(
  parts: Parts,
  input: OpenCaseInput,
): Promise<Result<{ case: Case; repeated: boolean }>>;
