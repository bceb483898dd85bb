import type { Workspace } from "../drivers/store/generated/client.ts";
import { upsertProduct, upsertUser } from "../drivers/store/users.ts";
import type { Db, Parts } from "./parts.ts";
import { transact } from "./transact.ts";

export interface WorkspaceInput {
  key: string;
  name: string;
  reportZone?: string;
  /** ISO weekday. */
  weekStart?: number;
  baseCurrency?: string;
  postalAddress?: string;
  windowStart?: string;
  windowEnd?: string;
  workWeek?: number[];
  holidayCountry?: string | null;
  clickTracking?: "page_only" | "redirect";
  honeypot?: boolean;
  mailDomain?: string;
  users?: {
    name: string;
    email: string;
    title?: string;
    zone?: string;
    roles: string[];
    externalRef?: string;
  }[];
  products?: { key: string; name: string; cadence?: string }[];
}
export interface WorkspaceReady {
  workspaceId: string;
  created: boolean;
  /** By lower-case address. */
  userIds: Record<string, string>;
}

/** Makes the workspace, its people and products, or brings them up to date. Safe to repeat. */
export function ensureWorkspace(parts: Parts, input: WorkspaceInput): Promise<WorkspaceReady> {
  const { users = [], products = [], ...fields } = input;
  return transact(parts, async (tx) => {
    const before = await tx.workspace.findUnique({ where: { key: input.key } });
    const workspace = await saveWorkspace(tx, before, fields);
    const userIds: Record<string, string> = {};
    for (const user of users) {
      const row = await upsertUser(tx, workspace.id, user);
      userIds[row.email] = row.id;
    }
    for (const product of products) await upsertProduct(tx, workspace.id, product);
    return { workspaceId: workspace.id, created: before === null, userIds };
  });
}

function saveWorkspace(
  db: Db,
  before: Workspace | null,
  fields: Omit<WorkspaceInput, "users" | "products">,
): Promise<Workspace> {
  if (before === null) return db.workspace.create({ data: fields });
  return db.workspace.update({ where: { id: before.id }, data: fields });
}
