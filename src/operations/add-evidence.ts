import type { Task } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface AddEvidenceInput {
  workspaceId: string;
  enrollmentId: string;
  task: string;
  /** verify: seen to be done; waive: leaves the sum; reopen: not done after all. */
  what: "verify" | "waive" | "reopen";
  /** Needed to waive or reopen. */
  reason?: string;
  actor: Actor;
}
export declare function addEvidence(parts: Parts, input: AddEvidenceInput): Promise<Result<{ task: Task }>>;
