import type { Meeting } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface BookMeetingInput {
  workspaceId: string;
  enrollmentId: string;
  slotAt: Date;
  note?: string;
  actor: Actor;
}
/** Fixes the time and freezes the suggested agenda; confirms a requested meeting if there is one. */
export declare function bookMeeting(
  parts: Parts,
  input: BookMeetingInput,
): Promise<Result<{ meeting: Meeting }>>;
