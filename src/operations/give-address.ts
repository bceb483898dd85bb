import { readAddress } from "../domain/sending/addresses.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockContact } from "../drivers/store/contacts.ts";
import type { Contact } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/**
 * Gives a contact an address, or another one than the one that bounced. Whoever stopped the mails themselves
 * is not reached by another address: that is theirs to change.
 */
export function giveAddress(
  parts: Parts,
  input: { workspaceId: string; contactId: string; email: string; actor: Actor },
): Promise<Result<{ contact: Contact }>> {
  const { workspaceId, contactId } = input;
  return transact(parts, async (tx) => {
    const contact = await lockContact(tx, workspaceId, contactId);
    if (contact === null)
      return refuse("unknown-contact", "contactId", "There is no such contact.", "Open the account.");
    const address = readAddress(input.email);
    if (!address.ok) {
      const { code, message, remedy } = address.problem;
      return refuse(code, "email", message, remedy);
    }
    if (["unsubscribed", "complained", "suppressed"].includes(contact.mailStatus))
      return refuse(
        "not-wanted",
        "email",
        `${contact.name} stopped these mails.`,
        "Talk to the person; only they can ask for them again.",
      );
    const { accountId } = contact;
    const other = await tx.contact.findFirst({
      where: {
        workspaceId,
        accountId,
        id: { not: contactId },
        email: { equals: address.address, mode: "insensitive" },
      },
    });
    if (other !== null)
      return refuse("address-taken", "email", `${other.name} has this address.`, "Check whose it is.");
    if (contact.email === address.address) return { ok: true, contact };
    const after = await tx.contact.update({
      where: { id: contactId },
      data: { email: address.address, mailStatus: "ok" },
    });
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor: input.actor,
      action: "contact-address-changed",
      subjectType: "contact",
      subjectId: contactId,
      before: { mailStatus: contact.mailStatus, hadAddress: contact.email !== null },
      after: { mailStatus: "ok" },
    });
    return { ok: true, contact: after };
  });
}
