import { CellProblem, type Row } from "../domain/accounts/cells.ts";
import { readContactRow } from "../domain/accounts/contact-row.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockContact } from "../drivers/store/contacts.ts";
import type { Contact } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface SaveContactInput {
  workspaceId: string;
  contactId: string;
  /** By the names of the import's columns, `account` aside; an empty field clears what was there. */
  row: Row;
  /** Whether this person decides at the account. */
  sponsor: boolean;
  actor: Actor;
}

/**
 * Changes one contact, by the same rules as an import (domain.md B1). A program that runs keeps the zone it
 * was enrolled with; a new address is used from the next mail on.
 */
export async function saveContact(
  parts: Parts,
  input: SaveContactInput,
): Promise<Result<{ contact: Contact }>> {
  const { workspaceId, contactId, sponsor, actor } = input;
  const read = readRow(input.row);
  if (!read.ok) return read;
  const { fields } = read;
  return transact(parts, async (tx) => {
    const before = await lockContact(tx, workspaceId, contactId);
    if (before === null)
      return refuse("unknown-contact", "contact", "There is no such person.", "Go back to the account.");
    const { accountId } = before;
    const twin =
      fields.email === undefined
        ? null
        : await tx.contact.findFirst({
            where: {
              workspaceId,
              accountId,
              id: { not: contactId },
              email: { equals: fields.email, mode: "insensitive" },
            },
          });
    if (twin !== null)
      return refuse(
        "already-a-contact",
        "email",
        `${twin.name} has this address already.`,
        "Two people of one account cannot share an address.",
      );
    const contact = await tx.contact.update({
      where: { id: contactId },
      data: {
        name: fields.name,
        firstName: fields.firstName,
        email: fields.email ?? null,
        title: fields.title ?? null,
        zone: fields.zone ?? null,
        language: fields.language ?? "en",
        roles: fields.roles ?? [],
        stance: fields.stance ?? null,
        influence: fields.influence ?? null,
        startOn: fields.startOn ?? null,
        endOn: fields.endOn ?? null,
        // A corrected address deserves a new try; what its owner asked for stands in the list of suppressions.
        ...(before.email !== (fields.email ?? null) && before.mailStatus.includes("bounc")
          ? { mailStatus: "ok" }
          : {}),
      },
    });
    const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
    const decides = account.sponsorContactId === contactId;
    if (sponsor !== decides)
      await tx.account.update({
        where: { id: accountId },
        data: { sponsorContactId: sponsor ? contactId : null },
      });
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor,
      action: "contact-changed",
      subjectType: "contact",
      subjectId: contactId,
      before: changedPart(before, contact),
      after: { ...changedPart(contact, before), sponsor },
    });
    return { ok: true, contact };
  });
}

/** Only what differs: a person's data stands in the audit no more often than it must. */
function changedPart(row: Contact, other: Contact): object {
  const entries = Object.entries(row).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(other, name)),
  );
  return Object.fromEntries(entries);
}

function readRow(row: Row): Result<{ fields: ReturnType<typeof readContactRow> }> {
  try {
    return { ok: true, fields: readContactRow({ ...row, account: "-" }) };
  } catch (problem) {
    if (!(problem instanceof CellProblem)) throw problem;
    return refuse("invalid-contact", problem.column, problem.message, problem.remedy);
  }
}
