import { ACCOUNT_COLUMNS, type AccountRow, compact, readAccountRow } from "../domain/accounts/account-row.ts";
import { CellProblem } from "../domain/accounts/cells.ts";
import { readCsv } from "../domain/accounts/read-csv.ts";
import type { Account, Prisma } from "../drivers/store/generated/client.ts";
import { newRowId } from "../drivers/store/row-id.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Actor } from "./actor.ts";
import { changedFields, type ImportBatch, type ImportReport, importRows } from "./import-report.ts";
import type { Db, Parts } from "./parts.ts";

export interface ImportAccountsInput {
  workspaceId: string;
  csv: string;
  actor: Actor;
}

/** Creates and updates accounts by `external_ref`, or by name where there is none. Empty cells keep what is known. */
export async function importAccounts(parts: Parts, input: ImportAccountsInput): Promise<ImportReport> {
  const { workspaceId } = input;
  const file = readCsv(input.csv, ACCOUNT_COLUMNS, readAccountRow);
  const { reportZone } = await getWorkspace(parts.db, workspaceId);
  return importRows(
    parts,
    input,
    {
      action: "accounts-imported",
      names: ({ externalRef, name }) =>
        externalRef === undefined ? [`name ${name}`] : [`ref ${externalRef}`, `name ${name}`],
      open: (tx, rows) => openBatch(tx, { workspaceId, reportZone }, rows),
    },
    file,
  );
}

async function openBatch(
  tx: Db,
  { workspaceId, reportZone }: { workspaceId: string; reportZone: string },
  rows: readonly AccountRow[],
): Promise<ImportBatch<AccountRow>> {
  const [known, products, people] = await Promise.all([
    tx.account.findMany({
      where: {
        workspaceId,
        OR: [
          { externalRef: { in: rows.flatMap(({ externalRef }) => externalRef ?? []) } },
          { name: { in: rows.map(({ name }) => name) } },
        ],
      },
      orderBy: { id: "asc" },
    }),
    tx.product.findMany({ where: { workspaceId }, select: { key: true } }),
    tx.user.findMany({ where: { workspaceId }, select: { id: true, email: true } }),
  ]);
  const byRef = new Map(known.map((account) => [account.externalRef, account]));
  const productKeys = new Set(products.map(({ key }) => key));
  const userIds = new Map(people.map(({ id, email }) => [email, id]));
  const made: Prisma.AccountCreateManyInput[] = [];

  const findBefore = ({ externalRef, name }: AccountRow): Account | undefined => {
    const found = externalRef === undefined ? undefined : byRef.get(externalRef);
    // A row with its own reference never takes over an account that has another one.
    const free = (account: Account) => externalRef === undefined || account.externalRef === null;
    return found ?? known.find((account) => account.name === name && free(account));
  };
  const personId = (column: string, email: string | undefined): string | undefined => {
    if (email === undefined) return undefined;
    const id = userIds.get(email);
    if (id !== undefined) return id;
    throw new CellProblem(
      column,
      `Nobody here has the address ${email}.`,
      "Add the person first, or leave the cell empty.",
    );
  };

  return {
    keep: async (row) => {
      const { csmEmail, salesOwnerEmail, ...fields } = row;
      if (!productKeys.has(row.productKey)) {
        throw new CellProblem(
          "product",
          `There is no product "${row.productKey}".`,
          "Use the key of a product of this workspace; an admin adds one under Settings, Products.",
        );
      }
      const data = compact({
        ...fields,
        csmId: personId("csm_email", csmEmail),
        salesOwnerId: personId("sales_owner_email", salesOwnerEmail),
      });
      const before = findBefore(row);
      if (before === undefined) {
        const id = newRowId();
        made.push({ ...data, id, zone: row.zone ?? reportZone, workspaceId });
        return { created: id };
      }
      const changed = changedFields(before, data);
      if (changed.length === 0) return "unchanged";
      await tx.account.update({ where: { id: before.id }, data });
      return { updated: before.id, fields: changed };
    },
    flush: async () => {
      await tx.account.createMany({ data: made });
    },
  };
}
