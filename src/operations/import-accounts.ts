import { ACCOUNT_COLUMNS, type AccountRow, compact, readAccountRow } from "../domain/accounts/account-row.ts";
import { CellProblem } from "../domain/accounts/cells.ts";
import { readCsv } from "../domain/accounts/read-csv.ts";
import { findProduct } from "../drivers/store/accounts.ts";
import type { Account, Prisma } from "../drivers/store/generated/client.ts";
import { findUserByEmail } from "../drivers/store/users.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Actor } from "./actor.ts";
import { hasChanges, type ImportReport, importRows } from "./import-report.ts";
import type { Db, Parts } from "./parts.ts";

export interface ImportAccountsInput {
  workspaceId: string;
  csv: string;
  actor: Actor;
}

/** Creates and updates accounts by `external_ref`, or by name where there is none. Empty cells keep what is known. */
export async function importAccounts(parts: Parts, input: ImportAccountsInput): Promise<ImportReport> {
  const file = readCsv(input.csv, ACCOUNT_COLUMNS, readAccountRow);
  const workspace = await getWorkspace(parts.db, input.workspaceId);
  return importRows(parts, input, "accounts-imported", file, async (tx, row) => {
    const { csmEmail, salesOwnerEmail, ...fields } = row;
    if ((await findProduct(tx, input.workspaceId, row.productKey)) === null) {
      throw new CellProblem(
        "product",
        `There is no product "${row.productKey}".`,
        "Use the key of a product of this workspace; an admin adds one under Settings, Products.",
      );
    }
    const data = compact({
      ...fields,
      csmId: await personId(tx, input.workspaceId, "csm_email", csmEmail),
      salesOwnerId: await personId(tx, input.workspaceId, "sales_owner_email", salesOwnerEmail),
    });
    const before = await findBefore(tx, input.workspaceId, row);
    if (before === null) {
      const zone = row.zone ?? workspace.reportZone;
      await tx.account.create({ data: { ...data, zone, workspaceId: input.workspaceId } });
      return "created";
    }
    if (!hasChanges(before, data)) return "unchanged";
    await tx.account.update({ where: { id: before.id }, data });
    return "updated";
  });
}

async function findBefore(db: Db, workspaceId: string, row: AccountRow): Promise<Account | null> {
  if (row.externalRef !== undefined) {
    const found = await db.account.findFirst({ where: { workspaceId, externalRef: row.externalRef } });
    if (found !== null) return found;
  }
  const where: Prisma.AccountWhereInput = { workspaceId, name: row.name };
  // A row with its own reference never takes over an account that has another one.
  if (row.externalRef !== undefined) where.externalRef = null;
  return db.account.findFirst({ where, orderBy: { id: "asc" } });
}

async function personId(
  db: Db,
  workspaceId: string,
  column: string,
  email: string | undefined,
): Promise<string | undefined> {
  if (email === undefined) return undefined;
  const user = await findUserByEmail(db, workspaceId, email);
  if (user === null) {
    throw new CellProblem(
      column,
      `Nobody here has the address ${email}.`,
      "Add the person first, or leave the cell empty.",
    );
  }
  return user.id;
}
