import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { changeEnrollment } from "./change-enrollment.ts";
import type { Parts } from "./parts.ts";
import { pauseIt } from "./pauses.ts";
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
export function pauseEnrollment(
  parts: Parts,
  input: PauseInput,
): Promise<Result<{ enrollment: Enrollment }>> {
  const until = input.until ?? null;
  return changeEnrollment(parts, { ...input, action: "enrollment-paused" }, async (tx, enrollment, now) => {
    if (until !== null && until <= now) {
      return {
        code: "pause-passed",
        place: "until",
        message: "The pause would end before it begins.",
        remedy: "Choose a later day, or leave it open.",
      };
    }
    await pauseIt(tx, enrollment, {
      at: now,
      until,
      reason: input.reason,
      source: "csm",
      dedupeKey: `pause.${now.toISOString()}`,
    });
    return null;
  });
}
