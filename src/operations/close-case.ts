import type { Case } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface CloseCaseInput {
  workspaceId: string;
  caseId: string;
  outcome: "saved" | "lost" | "downsold" | "offboarded" | "extended" | "dismissed";
  reason?: string;
  actor: Actor;
}
/** Closes the case; its running enrollments exit with `case_closed`, planned sends are skipped. */
export declare function closeCase(
  parts: Parts,
  input: CloseCaseInput,
): Promise<Result<{ case: Case; exited: string[] }>>;
