import { changedGoals, type Goal } from "../../domain/accounts/success-plan.ts";
import { localDateOf } from "../../domain/calendar/zones.ts";
import type { Act } from "../../domain/engagement/acts.ts";
import { findCurrentPlan } from "../../drivers/store/success-plans.ts";
import { dateColumn } from "../person-calendar.ts";
import { acceptVersion, goalsOf, newPlanVersion } from "../success-plans.ts";
import { type ActContext, type ActOutcome, refusal } from "./act-context.ts";
import { fillForms } from "./course-acts.ts";

type ActOf<K extends Act["kind"]> = Extract<Act, { kind: K }>;

/** Keep, change or drop each goal. A change makes a new version of the plan, open to be accepted again (S0-15). */
export async function reviewGoals(context: ActContext, act: ActOf<"goals-reviewed">): Promise<ActOutcome> {
  const { enrollment, contact } = context.frame;
  const plan = await findCurrentPlan(context.tx, enrollment.workspaceId, enrollment.accountId);
  const goals: Goal[] = plan === null ? [] : goalsOf(plan);
  for (const { goal, decision, statement, byDate } of act.decisions) {
    if (!goals.some(({ key }) => key === goal)) {
      return refusal(
        "unknown-goal",
        "decisions",
        `There is no goal "${goal}" in the plan.`,
        "Open your page again.",
      );
    }
    if (decision === "change" && statement === undefined && byDate === undefined) {
      return refusal(
        "no-change",
        "decisions",
        "A changed goal needs new words or a new date.",
        "Write how it should read.",
      );
    }
  }
  for (const { goal, decision } of act.decisions) {
    const dropped = decision === "drop" ? { dropped: true } : {};
    await context.note({ kind: "goal-confirmed", goal, edited: decision === "change", ...dropped });
  }
  const after = changedGoals(goals, act.decisions);
  if (after.changed) {
    await newPlanVersion(context.tx, {
      workspaceId: enrollment.workspaceId,
      accountId: enrollment.accountId,
      goals: after.goals,
      direction: plan?.direction ?? "",
      at: context.at,
      createdBy: `contact:${contact.id}`,
    });
  }
  await fillForms(
    context,
    "goals",
    act.decisions
      .map(({ goal, decision, statement, why }) =>
        [goal, decision, statement, why].filter(Boolean).join(": "),
      )
      .join("\n"),
  );
  return { message: after.changed ? "The plan has your words now." : "The goals stand as they are." };
}

/** The number as it is, or as the person knows it: the old one stays in the history (S1-24). */
export async function reviewValue(context: ActContext, act: ActOf<"value-reviewed">): Promise<ActOutcome> {
  const { enrollment, contact } = context.frame;
  const isId = /^[0-9a-f-]{36}$/i.test(act.value);
  const value = isId
    ? await context.tx.valueStatement.findFirst({
        where: {
          id: act.value,
          workspaceId: enrollment.workspaceId,
          accountId: enrollment.accountId,
          visibility: "customer",
        },
      })
    : null;
  if (value === null) {
    return refusal("unknown-value", "value", "This number is not on your page.", "Open your page again.");
  }
  if (act.decision === "correct" && act.correction === undefined) {
    return refusal(
      "no-correction",
      "correction",
      "The correct number is missing.",
      "Write what it should say.",
    );
  }
  const corrected = act.decision === "correct";
  await context.note({ kind: "value-confirmed", value: value.id, corrected });
  if (corrected) {
    const { id: _old, ...fields } = value;
    await context.tx.valueStatement.create({
      data: {
        ...fields,
        current: act.correction ?? value.current,
        moneyMinor: null,
        source: contact.name,
        confirmedBy: `contact:${contact.id}`,
        capturedOn: dateColumn(localDateOf(context.at, enrollment.zone)),
      },
    });
    // The old number is no longer shown to the customer; it stays in our history.
    await context.tx.valueStatement.update({ where: { id: value.id }, data: { visibility: "internal" } });
  } else {
    await context.tx.valueStatement.update({
      where: { id: value.id },
      data: { confirmedBy: `contact:${contact.id}` },
    });
  }
  await fillForms(context, "value", `${value.metric}: ${act.correction ?? value.current}`);
  return { message: corrected ? "Thank you, that is corrected." : "Thank you, that is confirmed." };
}

/** One party's yes to one version. Somebody who saw an older version is shown the newer one first. */
export async function acceptAgreement(
  context: ActContext,
  act: ActOf<"agreement-accepted">,
): Promise<ActOutcome> {
  const { enrollment, contact } = context.frame;
  const party = enrollment.audience === "sponsor" ? "sponsor" : "contact";
  const accepted = await acceptVersion(context.tx, {
    workspaceId: enrollment.workspaceId,
    accountId: enrollment.accountId,
    version: act.version,
    party,
    at: context.at,
    acceptedBy: `contact:${contact.id}`,
  });
  if (!accepted.ok) return { message: accepted.problem.message, problem: accepted.problem };
  await context.note({ kind: "agreement-accepted", party });
  await fillForms(context, "agreement", `Version ${act.version} accepted`);
  return { message: "Thank you. Your yes is kept with this version of the plan." };
}
