import { findEnrollmentByPageKey } from "../drivers/store/enrollment-frame.ts";
import { customerStory, customerValues } from "./account-story.ts";
import type { PageEntry, PageValue } from "./page-parts.ts";
import type { Parts } from "./parts.ts";

/** What a contact may hand to their boss: results that somebody at the account confirmed, and nothing else (S0-46). */
export interface ValuePage {
  account: string;
  product: string;
  vendor: string;
  values: PageValue[];
  milestones: PageEntry[];
  /** The newest date in it. */
  asOf: Date;
}

/** By the page's key, so that voiding somebody's links voids what they shared too. Null: no such page. */
export async function valuePage(parts: Parts, pageKey: string): Promise<ValuePage | null> {
  const { db } = parts;
  const found = await findEnrollmentByPageKey(db, pageKey);
  if (found === null) return null;
  const { workspaceId, accountId } = found;
  const [account, workspace, values, { story }] = await Promise.all([
    db.account.findFirstOrThrow({ where: { workspaceId, id: accountId } }),
    db.workspace.findUniqueOrThrow({ where: { id: workspaceId } }),
    customerValues(db, workspaceId, accountId),
    customerStory(db, workspaceId, accountId),
  ]);
  const product = await db.product.findFirst({ where: { workspaceId, key: account.productKey } });
  return {
    account: account.name,
    product: product?.name ?? account.productKey,
    vendor: workspace.name,
    values: values.filter(({ confirmed }) => confirmed),
    milestones: story.filter(({ kind }) => kind === "milestone" || kind === "value"),
    asOf: parts.clock.now(),
  };
}
