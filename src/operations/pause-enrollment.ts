import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface PauseInput {
  workspaceId: string;
  enrollmentId: string;
  reason: string;
  /** Business instant; null or absent: until somebody resumes. */
  until?: Date | null;
  actor: Actor;
}
/** Nothing is sent while paused; paused days are not active days. */
export declare function pauseEnrollment(
  parts: Parts,
  input: PauseInput,
): Promise<Result<{ enrollment: Enrollment }>>;
