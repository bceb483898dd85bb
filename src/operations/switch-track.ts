import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface SwitchTrackInput {
  workspaceId: string;
  enrollmentId: string;
  sequenceKey: string;
  reason: string;
  actor: Actor;
}
/** Ends this enrollment (`superseded_by_track`) and enrolls the contact in the other sequence, next cycle. */
export declare function switchTrack(
  parts: Parts,
  input: SwitchTrackInput,
): Promise<Result<{ enrollment: Enrollment; ended: Enrollment }>>;
