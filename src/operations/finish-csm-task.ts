import type { CsmTask } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

/** Ticks a duty of the CSM off, with what came of it. */
export declare function finishCsmTask(
  parts: Parts,
  input: { workspaceId: string; taskId: string; outcome: string; actor: Actor },
): Promise<Result<{ task: CsmTask }>>;
