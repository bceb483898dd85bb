import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface ChangePaceInput {
  workspaceId: string;
  enrollmentId: string;
  pace: "slow" | "normal" | "fast";
  actor: Actor;
}
/** Changes the pace from now on. */
export declare function changePace(
  parts: Parts,
  input: ChangePaceInput,
): Promise<Result<{ enrollment: Enrollment }>>;
