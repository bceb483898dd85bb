import { compact } from "../domain/accounts/account-row.ts";
import { CellProblem } from "../domain/accounts/cells.ts";
import { CONTACT_COLUMNS, type ContactRow, readContactRow } from "../domain/accounts/contact-row.ts";
import { readCsv } from "../domain/accounts/read-csv.ts";
import { findAccountByWord } from "../drivers/store/accounts.ts";
import type { Contact } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { hasChanges, type ImportReport, importRows } from "./import-report.ts";
import type { Db, Parts } from "./parts.ts";

export interface ImportContactsInput {
  workspaceId: string;
  csv: string;
  actor: Actor;
}

/** Creates and updates contacts by `external_ref`, else by address, else by name within the account. */
export async function importContacts(parts: Parts, input: ImportContactsInput): Promise<ImportReport> {
  const file = readCsv(input.csv, CONTACT_COLUMNS, readContactRow);
  return importRows(parts, input, "contacts-imported", file, async (tx, row) => {
    const account = await findAccountByWord(tx, input.workspaceId, row.account);
    if (account === null) {
      throw new CellProblem(
        "account",
        `There is no account "${row.account}".`,
        "Import the account first, or write its external_ref or exact name.",
      );
    }
    const { account: _word, sponsor, ...fields } = row;
    const data = compact(fields);
    const before = await findBefore(tx, input.workspaceId, account.id, row);
    if (before !== null && before.accountId !== account.id) {
      throw new CellProblem(
        "account",
        "This person is kept at another account.",
        "Move the person there first, or use another external_ref.",
      );
    }
    const contact =
      before === null
        ? await tx.contact.create({
            data: { ...data, workspaceId: input.workspaceId, accountId: account.id },
          })
        : hasChanges(before, data)
          ? await tx.contact.update({ where: { id: before.id }, data })
          : before;
    const sponsorChanged = sponsor === true && account.sponsorContactId !== contact.id;
    if (sponsorChanged) {
      await tx.account.update({ where: { id: account.id }, data: { sponsorContactId: contact.id } });
    }
    if (before === null) return "created";
    return contact !== before || sponsorChanged ? "updated" : "unchanged";
  });
}

async function findBefore(
  db: Db,
  workspaceId: string,
  accountId: string,
  row: ContactRow,
): Promise<Contact | null> {
  if (row.externalRef !== undefined) {
    const found = await db.contact.findFirst({ where: { workspaceId, externalRef: row.externalRef } });
    if (found !== null) return found;
  }
  const free = row.externalRef === undefined ? {} : { externalRef: null };
  if (row.email !== undefined) {
    const email = { equals: row.email, mode: "insensitive" as const };
    const found = await db.contact.findFirst({ where: { workspaceId, accountId, email, ...free } });
    if (found !== null) return found;
  }
  const nameless = row.email === undefined ? {} : { email: null };
  return db.contact.findFirst({
    where: { workspaceId, accountId, name: row.name, ...nameless, ...free },
    orderBy: { id: "asc" },
  });
}
