import type { Case } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { CaseFields } from "./open-case.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface UpdateCaseInput extends CaseFields {
  workspaceId: string;
  caseId: string;
  status?:
    | "detected"
    | "triaged"
    | "covering"
    | "replacement_identified"
    | "re_onboarding"
    | "aligned"
    | "confirmed";
  /** Overrides the derived answer; needs a reason (S1-9). */
  learnedWhen?: "pre" | "post" | "unknown";
  reason?: string;
  actor: Actor;
}
export declare function updateCase(parts: Parts, input: UpdateCaseInput): Promise<Result<{ case: Case }>>;
