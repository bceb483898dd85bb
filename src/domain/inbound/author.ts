import { readAddress } from "../sending/addresses.ts";

/**
 * Who wrote a mail that came to one of our signed addresses. The address proves only that somebody had our
 * mail before them, and mails are forwarded (trust.md A18): what counts in a person's name must come from them.
 */
export type Author = "contact" | "somebody-else" | "forged";

/** `authentic`: what a check of the sender said; null: nobody checked. */
export function authorOf(
  from: string | null,
  contactEmail: string | null,
  authentic: boolean | null,
): Author {
  if (from === null || contactEmail === null) return "somebody-else";
  const written = mailboxOf(from);
  if (written === null || written !== mailboxOf(contactEmail)) return "somebody-else";
  return authentic === false ? "forged" : "contact";
}

/** The mailbox behind an address: "imani+baton@x.test" is read by whoever reads "imani@x.test". */
function mailboxOf(address: string): string | null {
  const read = readAddress(address);
  if (!read.ok) return null;
  const at = read.address.lastIndexOf("@");
  const local = read.address.slice(0, at).toLowerCase();
  const own = local.split("+")[0] || local;
  return `${own}@${read.domain.toLowerCase()}`;
}
