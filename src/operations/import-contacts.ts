import { compact } from "../domain/accounts/account-row.ts";
import { CellProblem } from "../domain/accounts/cells.ts";
import { CONTACT_COLUMNS, type ContactRow, readContactRow } from "../domain/accounts/contact-row.ts";
import { readCsv } from "../domain/accounts/read-csv.ts";
import type { Account, Contact, Prisma } from "../drivers/store/generated/client.ts";
import { newRowId } from "../drivers/store/row-id.ts";
import type { Actor } from "./actor.ts";
import { byKey } from "./by-key.ts";
import { changedFields, type ImportBatch, type ImportReport, importRows } from "./import-report.ts";
import type { Db, Parts } from "./parts.ts";

export interface ImportContactsInput {
  workspaceId: string;
  csv: string;
  actor: Actor;
}

/** Creates and updates contacts by `external_ref`, else by address, else by name within the account. */
export async function importContacts(parts: Parts, input: ImportContactsInput): Promise<ImportReport> {
  const file = readCsv(input.csv, CONTACT_COLUMNS, readContactRow);
  return importRows(
    parts,
    input,
    {
      action: "contacts-imported",
      names: namesOf,
      seeks: seeksOf,
      open: (tx, rows) => openBatch(tx, input.workspaceId, rows),
    },
    file,
  );
}

function namesOf({ externalRef, account, email, name }: ContactRow): [string, ...string[]] {
  const here = [
    ...(email === undefined ? [`bare ${account} ${name}`] : [`email ${account} ${email.toLowerCase()}`]),
    `name ${account} ${name}`,
  ];
  const [first = "", ...more] = externalRef === undefined ? here : [`ref ${externalRef}`, ...here];
  return [first, ...more];
}

/** Many people share a name: by it alone only somebody without an address is found, or from a row without one. */
function seeksOf({ externalRef, account, email, name }: ContactRow): string[] {
  return [
    ...(externalRef === undefined ? [] : [`ref ${externalRef}`]),
    ...(email === undefined
      ? [`name ${account} ${name}`]
      : [`email ${account} ${email.toLowerCase()}`, `bare ${account} ${name}`]),
  ];
}

async function openBatch(
  tx: Db,
  workspaceId: string,
  rows: readonly ContactRow[],
): Promise<ImportBatch<ContactRow>> {
  const accountOf = await accountsByWord(tx, workspaceId, rows);
  const known = await knownContacts(tx, workspaceId, accountOf, rows);
  const made: Prisma.ContactCreateManyInput[] = [];
  const sponsors: { accountId: string; contactId: string }[] = [];
  return {
    keep: async (row) => {
      const account = accountOf.get(row.account);
      if (account === undefined) {
        throw new CellProblem(
          "account",
          `There is no account "${row.account}".`,
          "Import the account first, or write its external_ref or exact name.",
        );
      }
      const { account: _word, sponsor, ...fields } = row;
      const data = compact(fields);
      const before = known(account.id, row);
      if (before !== undefined && before.accountId !== account.id) {
        throw new CellProblem(
          "account",
          "This person is kept at another account.",
          "Move the person there first, or use another external_ref.",
        );
      }
      const id = before?.id ?? newRowId();
      const decides = sponsor === true && account.sponsorContactId !== id;
      if (decides) {
        account.sponsorContactId = id;
        sponsors.push({ accountId: account.id, contactId: id });
      }
      if (before === undefined) {
        made.push({ ...data, id, workspaceId, accountId: account.id });
        return { created: id };
      }
      const changed = changedFields(before, data);
      if (changed.length > 0) await tx.contact.update({ where: { id }, data });
      const all = decides ? [...changed, "sponsor"] : changed;
      return all.length === 0 ? "unchanged" : { updated: id, fields: all };
    },
    flush: async () => {
      await tx.contact.createMany({ data: made });
      for (const { accountId, contactId } of sponsors)
        await tx.account.update({ where: { id: accountId }, data: { sponsorContactId: contactId } });
    },
  };
}

/** What a row calls its account: the external_ref first, else the name. */
async function accountsByWord(
  tx: Db,
  workspaceId: string,
  rows: readonly ContactRow[],
): Promise<ReadonlyMap<string, Account>> {
  const words = [...new Set(rows.map(({ account }) => account))];
  const accounts = await tx.account.findMany({
    where: { workspaceId, OR: [{ externalRef: { in: words } }, { name: { in: words } }] },
    orderBy: { id: "desc" },
  });
  return new Map([
    ...accounts.map((account) => [account.name, account] as const),
    ...accounts.flatMap((account) =>
      account.externalRef === null ? [] : [[account.externalRef, account] as const],
    ),
  ]);
}

async function knownContacts(
  tx: Db,
  workspaceId: string,
  accountOf: ReadonlyMap<string, Account>,
  rows: readonly ContactRow[],
): Promise<(accountId: string, row: ContactRow) => Contact | undefined> {
  const namesWhere = (fits: (email: string | undefined) => boolean) => [
    ...new Set(rows.flatMap(({ name, email }) => (fits(email) ? [name] : []))),
  ];
  const contacts = await tx.contact.findMany({
    where: {
      workspaceId,
      OR: [
        { externalRef: { in: rows.flatMap(({ externalRef }) => externalRef ?? []) } },
        {
          accountId: { in: [...new Set([...accountOf.values()].map(({ id }) => id))] },
          OR: [
            { email: { in: rows.flatMap(({ email }) => email ?? []), mode: "insensitive" } },
            { name: { in: namesWhere((email) => email === undefined) } },
            { name: { in: namesWhere((email) => email !== undefined) }, email: null },
          ],
        },
      ],
    },
    orderBy: { id: "asc" },
  });
  const byRef = new Map(contacts.map((contact) => [contact.externalRef, contact]));
  const ofAccount = byKey(contacts, ({ accountId }) => accountId);
  return (accountId, { externalRef, email, name }) => {
    const found = externalRef === undefined ? undefined : byRef.get(externalRef);
    if (found !== undefined) return found;
    const free = (ofAccount.get(accountId) ?? []).filter(
      (contact) => externalRef === undefined || contact.externalRef === null,
    );
    const written = email?.toLowerCase();
    return (
      free.find((contact) => written !== undefined && contact.email?.toLowerCase() === written) ??
      free.find((contact) => contact.name === name && (written === undefined || contact.email === null))
    );
  };
}
