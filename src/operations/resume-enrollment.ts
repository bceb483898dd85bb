import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface ResumeInput {
  workspaceId: string;
  enrollmentId: string;
  reason?: string;
  actor: Actor;
}
/** Ends a pause, or the wait for a person after two unanswered nudges. */
export declare function resumeEnrollment(
  parts: Parts,
  input: ResumeInput,
): Promise<Result<{ enrollment: Enrollment }>>;
