import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface WithdrawInput {
  workspaceId: string;
  enrollmentId: string;
  /** In words, for the record. */
  reason: string;
  actor: Actor;
}
/** Stops for good, with exit reason `manual`; the sponsor enrollment beside it stops too. */
export declare function withdrawEnrollment(
  parts: Parts,
  input: WithdrawInput,
): Promise<Result<{ enrollment: Enrollment }>>;
