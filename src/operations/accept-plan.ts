import { readDay } from "../domain/accounts/cells.ts";
import { type Goal, planChange } from "../domain/accounts/success-plan.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockAccount } from "../drivers/store/cases.ts";
import type { SuccessPlan } from "../drivers/store/generated/client.ts";
import { findCurrentPlan } from "../drivers/store/success-plans.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { acceptVersion, goalsOf, newPlanVersion } from "./success-plans.ts";
import { transact } from "./transact.ts";

export interface ProposePlanInput {
  workspaceId: string;
  accountId: string;
  goals: Goal[];
  direction?: string;
  /** The version that was changed, 0 for none: refused when a newer one stands, so that nobody's words are lost. */
  basedOn?: number;
  actor: Actor;
}

const MOST_GOALS = 12;
const LONGEST = { statement: 500, metric: 200, target: 200 } as const;

/**
 * Changed words, measures or dates make a new version, back to `proposed`; earlier acceptances stay with the
 * version they were given for (S0-15, S0-18). Only progress: noted in the version that stands. The same
 * again: nothing, so that a form sent twice takes nobody's yes away.
 */
export function proposePlan(
  parts: Parts,
  input: ProposePlanInput,
): Promise<Result<{ plan: SuccessPlan; change: "none" | "progress" | "terms" }>> {
  const { workspaceId, accountId, actor, basedOn } = input;
  const direction = input.direction?.trim() ?? "";
  const problem = badGoals(input.goals, direction);
  if (problem !== null) return Promise.resolve(problem);
  return transact(parts, async (tx) => {
    if ((await lockAccount(tx, workspaceId, accountId)) === null) {
      return refuse("unknown-account", "accountId", "There is no such account.", "Import the account first.");
    }
    const last = await findCurrentPlan(tx, workspaceId, accountId);
    const goals = input.goals;
    if (basedOn !== undefined && basedOn !== (last?.version ?? 0))
      return changedMeanwhile(last?.version ?? 0);
    const change =
      last === null
        ? "terms"
        : planChange({ direction: last.direction, goals: goalsOf(last) }, { direction, goals });
    if (last !== null && change === "none") return { ok: true, plan: last, change };
    const at = parts.clock.now();
    const plan =
      last !== null && change === "progress"
        ? await tx.successPlan.update({
            where: { id: last.id },
            data: { goals: goals as unknown as object[] },
          })
        : await newPlanVersion(tx, { workspaceId, accountId, goals, direction, at, createdBy: actor });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: change === "progress" ? "plan-progress-noted" : "plan-proposed",
      subjectType: "success-plan",
      subjectId: plan.id,
      after: {
        version: plan.version,
        goals: change === "progress" ? goals.map(({ key, status }) => ({ key, status })) : goals.map(keyOf),
      },
    });
    return { ok: true, plan, change };
  });
}

const keyOf = ({ key }: Goal) => key;

function changedMeanwhile(standing: number) {
  return refuse(
    "plan-changed",
    "basedOn",
    `The plan has changed since: version ${standing} stands now.`,
    "Read the newer version and change that one.",
  );
}

/** The first thing wrong with the goals; its place is the one goal's field. */
function badGoals(goals: readonly Goal[], direction: string): ReturnType<typeof refuse> | null {
  if (goals.length === 0)
    return refuse(
      "no-goals",
      "goals",
      "There is no goal.",
      "Write down at least one, in the customer's words.",
    );
  if (goals.length > MOST_GOALS)
    return refuse(
      "too-many-goals",
      "goals",
      `There are more than ${MOST_GOALS} goals.`,
      "Keep the few that count.",
    );
  if (direction.length > LONGEST.statement)
    return refuse(
      "too-long",
      "direction",
      `It is longer than ${LONGEST.statement} characters.`,
      "Shorten it.",
    );
  const keys = goals.map(keyOf);
  for (const [index, goal] of goals.entries()) {
    const place = (field: string) => `goals.${index}.${field}`;
    if (keys.indexOf(goal.key) !== index)
      return refuse(
        "goal-twice",
        place("key"),
        `Two goals have the key "${goal.key}".`,
        "Give each its own.",
      );
    if (goal.statement.trim() === "")
      return refuse(
        "goal-empty",
        place("statement"),
        "The goal has no words.",
        "Write what they want to reach.",
      );
    for (const field of ["statement", "metric", "target"] as const)
      if ((goal[field]?.length ?? 0) > LONGEST[field])
        return refuse(
          "too-long",
          place(field),
          `It is longer than ${LONGEST[field]} characters.`,
          "Shorten it.",
        );
    if (goal.byDate !== undefined && readDay(goal.byDate) === null)
      return refuse(
        "bad-date",
        place("byDate"),
        `"${goal.byDate}" is not a date.`,
        "Write dates as YYYY-MM-DD, like 2026-11-30.",
      );
  }
  return null;
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
