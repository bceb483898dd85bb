import type { SuccessPlan } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import type { Result } from "./refusal.ts";

export interface PlanGoal {
  key: string;
  /** In the customer's words. */
  statement: string;
  metric?: string;
  target?: string;
  /** YYYY-MM-DD. */
  byDate?: string;
  status: "not_started" | "on_track" | "at_risk" | "done" | "dropped";
}
export interface ProposePlanInput {
  workspaceId: string;
  accountId: string;
  goals: PlanGoal[];
  direction?: string;
  actor: Actor;
}
/** A new version, back to `proposed`; earlier acceptances stay with the version they were given for (S0-15, S0-18). */
export declare function proposePlan(
  parts: Parts,
  input: ProposePlanInput,
): Promise<Result<{ plan: SuccessPlan }>>;

export interface AcceptPlanInput {
  workspaceId: string;
  accountId: string;
  party: "contact" | "sponsor" | "csm";
  version: number;
  actor: Actor;
}
export declare function acceptPlan(
  parts: Parts,
  input: AcceptPlanInput,
): Promise<Result<{ plan: SuccessPlan }>>;
