import type { Meeting } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface HoldMeetingInput {
  workspaceId: string;
  meetingId: string;
  outcome: "held" | "no_show" | "cancelled";
  /** Asked of every held meeting: did it turn into a demo? (S0-32) */
  demo?: "no" | "partly" | "yes";
  note?: string;
  actor: Actor;
}
export declare function holdMeeting(
  parts: Parts,
  input: HoldMeetingInput,
): Promise<Result<{ meeting: Meeting }>>;
