import type { Goal } from "../domain/accounts/success-plan.ts";
import { findAccount } from "../drivers/store/accounts.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import type { SuccessPlan } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { acceptVersion, newPlanVersion } from "./success-plans.ts";
import { transact } from "./transact.ts";

export interface ProposePlanInput {
  workspaceId: string;
  accountId: string;
  goals: Goal[];
  direction?: string;
  actor: Actor;
}
/** A new version, back to `proposed`; earlier acceptances stay with the version they were given for (S0-15, S0-18). */
export function proposePlan(parts: Parts, input: ProposePlanInput): Promise<Result<{ plan: SuccessPlan }>> {
  const { workspaceId, accountId, actor, direction } = input;
  return transact(parts, async (tx) => {
    if ((await findAccount(tx, workspaceId, accountId)) === null) {
      return refuse("unknown-account", "accountId", "There is no such account.", "Import the account first.");
    }
    const keys = input.goals.map(({ key }) => key);
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice !== undefined) {
      return refuse("goal-twice", "goals", `Two goals have the key "${twice}".`, "Give each its own.");
    }
    const at = parts.clock.now();
    const plan = await newPlanVersion(tx, {
      workspaceId,
      accountId,
      goals: input.goals,
      direction: direction ?? "",
      at,
      createdBy: actor,
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "plan-proposed",
      subjectType: "success-plan",
      subjectId: plan.id,
      after: { version: plan.version, goals: keys },
    });
    return { ok: true, plan };
  });
}

export interface AcceptPlanInput {
  workspaceId: string;
  accountId: string;
  party: "contact" | "sponsor" | "csm";
  version: number;
  actor: Actor;
}
/** One party's yes to the version that stands (S0-15). */
export function acceptPlan(parts: Parts, input: AcceptPlanInput): Promise<Result<{ plan: SuccessPlan }>> {
  const { workspaceId, accountId, party, version, actor } = input;
  return transact(parts, async (tx) => {
    const at = parts.clock.now();
    const accepted = await acceptVersion(tx, {
      workspaceId,
      accountId,
      version,
      party,
      at,
      acceptedBy: actor,
    });
    if (!accepted.ok) return accepted;
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "plan-accepted",
      subjectType: "success-plan",
      subjectId: accepted.plan.id,
      after: { party, version, state: accepted.plan.state },
    });
    return accepted;
  });
}
