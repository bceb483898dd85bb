import { createHash } from "node:crypto";
import { z } from "zod";

export const GOAL_STATUSES = ["not_started", "on_track", "at_risk", "done", "dropped"] as const;

export const Goal = z.strictObject({
  key: z.string().min(1),
  /** In the customer's words. */
  statement: z.string().min(1),
  metric: z.string().optional(),
  target: z.string().optional(),
  /** YYYY-MM-DD. */
  byDate: z.string().optional(),
  status: z.enum(GOAL_STATUSES),
});
export type Goal = z.infer<typeof Goal>;

/** A key that no goal of the plan has: goals are told apart by it from version to version. */
export function newGoalKey(taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(`goal-${number}`)) number += 1;
  return `goal-${number}`;
}

export const PARTIES = ["contact", "sponsor", "csm"] as const;
export type Party = (typeof PARTIES)[number];

/** Agreed when all three said yes to the same version; anything less is partly accepted (S0-15). */
export function planState(acceptedBy: readonly string[]): "proposed" | "partly_accepted" | "agreed" {
  const accepted = PARTIES.filter((party) => acceptedBy.includes(party)).length;
  if (accepted === 0) return "proposed";
  return accepted === PARTIES.length ? "agreed" : "partly_accepted";
}

export interface GoalDecision {
  readonly goal: string;
  readonly decision: "keep" | "change" | "drop";
  readonly statement?: string | undefined;
  readonly byDate?: string | undefined;
}

/** The goals after somebody went through them. `changed` false: every one was kept as it was. */
export function changedGoals(
  goals: readonly Goal[],
  decisions: readonly GoalDecision[],
): { goals: Goal[]; changed: boolean } {
  const after = goals.map((goal) => {
    const made = decisions.find((decision) => decision.goal === goal.key);
    if (made === undefined || made.decision === "keep") return goal;
    if (made.decision === "drop") return { ...goal, status: "dropped" as const };
    return {
      ...goal,
      ...(made.statement === undefined ? {} : { statement: made.statement }),
      ...(made.byDate === undefined ? {} : { byDate: made.byDate }),
    };
  });
  return { goals: after, changed: JSON.stringify(after) !== JSON.stringify(goals) };
}

/** What a party says yes to: words, measure, date, and that a goal is dropped. How far it has come is no part of it. */
function termsOf({ key, statement, metric, target, byDate, status }: Goal) {
  return { key, statement, metric, target, byDate, dropped: status === "dropped" };
}

interface PlanText {
  readonly direction: string;
  readonly goals: readonly Goal[];
}

/**
 * "terms": a new version, which nobody has accepted yet (S0-15). "progress": the same agreement, further
 * along; the acceptances stand, or nobody could note progress without asking all three again.
 */
export function planChange(before: PlanText, after: PlanText): "none" | "progress" | "terms" {
  const terms = ({ direction, goals }: PlanText) => JSON.stringify([direction, goals.map(termsOf)]);
  if (terms(before) !== terms(after)) return "terms";
  const progress = ({ goals }: PlanText) => JSON.stringify(goals.map(({ status }) => status));
  return progress(before) === progress(after) ? "none" : "progress";
}

/** What exactly a party said yes to (S0-18). */
export function planHash(plan: { version: number; direction: string; goals: readonly Goal[] }): string {
  const { version, direction, goals } = plan;
  return createHash("sha256")
    .update(JSON.stringify({ version, direction, goals: goals.map(termsOf) }))
    .digest("hex");
}
