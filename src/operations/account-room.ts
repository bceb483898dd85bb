import { findProduct } from "../drivers/store/accounts.ts";
import type { Account, Contact, TimelineEntry, ValueStatement } from "../drivers/store/generated/client.ts";
import { findCurrentPlan } from "../drivers/store/success-plans.ts";
import type { Parts } from "./parts.ts";
import { type PlanPreview, planPreview } from "./plan-preview.ts";
import { goalsOf } from "./success-plans.ts";

export interface AccountRoom {
  account: Account & { csm: { id: string; name: string } | null };
  contacts: (Contact & { enrolled: boolean })[];
  cases: { id: string; status: string; outcome: string | null; detectedAt: Date; who: string | null }[];
  /** What would start if the main contact left today (S0-45). */
  plans: PlanPreview[];
  /** Newest first. */
  story: TimelineEntry[];
  values: ValueStatement[];
  /** By its name; its key while there is none of it. */
  product: string;
  /** The plan that stands, in numbers: goals that were not dropped, and how many of the three said yes. */
  plan: { goals: number; accepted: number } | null;
}

const STORY_SHOWN = 100;

/** Everything about one account on one page. Null: there is none. */
export async function accountRoom(
  parts: Parts,
  input: { workspaceId: string; accountId: string },
): Promise<AccountRoom | null> {
  const { workspaceId, accountId } = input;
  const where = { workspaceId, accountId };
  const { db } = parts;
  const [account, contacts, cases, plans, story, values, plan] = await Promise.all([
    db.account.findFirst({
      where: { workspaceId, id: accountId },
      include: { csm: { select: { id: true, name: true } } },
    }),
    db.contact.findMany({
      where,
      include: {
        enrollments: {
          where: { status: { in: ["pending", "active", "paused", "blocked"] } },
          select: { id: true },
        },
      },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
    db.case.findMany({ where, orderBy: { detectedAt: "desc" } }),
    planPreview(parts, input),
    db.timelineEntry.findMany({ where, orderBy: [{ date: "desc" }, { id: "desc" }], take: STORY_SHOWN }),
    db.valueStatement.findMany({ where, orderBy: { capturedOn: "desc" }, take: STORY_SHOWN }),
    findCurrentPlan(db, workspaceId, accountId),
  ]);
  if (account === null || plans === null) return null;
  const product = await findProduct(db, workspaceId, account.productKey);
  const nameOf = (id: string | null) => contacts.find((contact) => contact.id === id)?.name ?? null;
  return {
    account,
    contacts: contacts.map(({ enrollments, ...contact }) => ({
      ...contact,
      enrolled: enrollments.length > 0,
    })),
    cases: cases.map(({ id, status, outcome, detectedAt, departedContactId }) => ({
      id,
      status,
      outcome,
      detectedAt,
      who: nameOf(departedContactId),
    })),
    plans,
    story,
    values,
    product: product?.name ?? account.productKey,
    plan:
      plan === null
        ? null
        : {
            goals: goalsOf(plan).filter(({ status }) => status !== "dropped").length,
            accepted: plan.agreements.length,
          },
  };
}
