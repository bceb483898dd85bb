import { z } from "zod";
import { Goal, type Party, planHash, planState } from "../domain/accounts/success-plan.ts";
import { lockAccount } from "../drivers/store/cases.ts";
import type { SuccessPlan } from "../drivers/store/generated/client.ts";
import { findCurrentPlan } from "../drivers/store/success-plans.ts";
import type { Db } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";

export function goalsOf(plan: Pick<SuccessPlan, "goals">): Goal[] {
  return z.array(Goal).parse(plan.goals);
}

interface NewPlan {
  workspaceId: string;
  accountId: string;
  goals: readonly Goal[];
  direction: string;
  at: Date;
  createdBy: string;
}

/** A new version takes the place of the last one. Acceptances stay with the version they were given for. */
export async function newPlanVersion(db: Db, plan: NewPlan): Promise<SuccessPlan> {
  const { workspaceId, accountId } = plan;
  await lockAccount(db, workspaceId, accountId);
  const last = await findCurrentPlan(db, workspaceId, accountId);
  if (last !== null) await db.successPlan.update({ where: { id: last.id }, data: { state: "superseded" } });
  return db.successPlan.create({
    data: {
      workspaceId,
      accountId,
      version: (last?.version ?? 0) + 1,
      state: "proposed",
      goals: plan.goals as unknown as object[],
      direction: plan.direction,
      createdAt: plan.at,
      createdBy: plan.createdBy,
    },
  });
}

interface Acceptance {
  workspaceId: string;
  accountId: string;
  version: number;
  party: Party;
  at: Date;
  acceptedBy: string;
}

/** Keeps one party's yes, once. Refused when a newer version stands: nobody accepts what they have not seen. */
export async function acceptVersion(db: Db, acceptance: Acceptance): Promise<Result<{ plan: SuccessPlan }>> {
  const { workspaceId, accountId, version, party } = acceptance;
  await lockAccount(db, workspaceId, accountId);
  const plan = await findCurrentPlan(db, workspaceId, accountId);
  if (plan === null) {
    return refuse("no-plan", "version", "There is no plan to accept yet.", "Write the goals down first.");
  }
  if (plan.version !== version) {
    return refuse(
      "plan-changed",
      "version",
      `The plan has changed since: version ${plan.version} stands now.`,
      "Read the newer version and accept that one.",
    );
  }
  await db.agreement.createMany({
    data: [
      {
        workspaceId,
        planId: plan.id,
        party,
        acceptedAt: acceptance.at,
        acceptedBy: acceptance.acceptedBy,
        textHash: planHash({ version, direction: plan.direction, goals: goalsOf(plan) }),
      },
    ],
    skipDuplicates: true,
  });
  const accepted = await db.agreement.findMany({ where: { workspaceId, planId: plan.id } });
  const state = planState(accepted.map((agreement) => agreement.party));
  return { ok: true, plan: await db.successPlan.update({ where: { id: plan.id }, data: { state } }) };
}
