import { recordAudit } from "../drivers/store/audit.ts";
import { lockAccount } from "../drivers/store/cases.ts";
import type { Account } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Db, Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface NameSponsorInput {
  workspaceId: string;
  accountId: string;
  /** Null: nobody any more. */
  contactId: string | null;
  actor: Actor;
}

/** Keeps who decides at the account. Briefs that are planned go to whoever it is when their turn comes. */
export function nameSponsor(parts: Parts, input: NameSponsorInput): Promise<Result<{ account: Account }>> {
  return transact(parts, (tx) => nameSponsorIn(tx, parts, input));
}

export async function nameSponsorIn(
  tx: Db,
  parts: Parts,
  input: NameSponsorInput,
): Promise<Result<{ account: Account }>> {
  const { workspaceId, accountId, contactId, actor } = input;
  const before = await lockAccount(tx, workspaceId, accountId);
  if (before === null)
    return refuse("unknown-account", "accountId", "There is no such account.", "Go back to the list.");
  if (before.sponsorContactId === contactId) return { ok: true, account: before };
  if (contactId !== null) {
    const person = await tx.contact.findFirst({ where: { workspaceId, accountId, id: contactId } });
    if (person === null || person.erasedAt !== null)
      return refuse(
        "no-such-person",
        "contactId",
        "This person is not on record at the account.",
        "Choose somebody of the account, or add them first.",
      );
    if (person.roles.includes("departed"))
      return refuse(
        "has-left",
        "contactId",
        `${person.name} has left, so they decide nothing here any more.`,
        "Choose somebody who is still there.",
      );
  }
  const account = await tx.account.update({
    where: { id: accountId },
    data: { sponsorContactId: contactId },
  });
  await recordAudit(tx, {
    workspaceId,
    at: parts.clock.now(),
    actor,
    action: "sponsor-named",
    subjectType: "account",
    subjectId: accountId,
    before: { sponsorContactId: before.sponsorContactId },
    after: { sponsorContactId: contactId },
  });
  return { ok: true, account };
}
