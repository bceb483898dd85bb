import type { CONTACT_ROLES } from "../domain/accounts/contact-row.ts";
import { isZone } from "../domain/calendar/zones.ts";
import { readAddress, readName } from "../domain/sending/addresses.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockAccount } from "../drivers/store/cases.ts";
import type { Contact } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { nameSponsorIn } from "./name-sponsor.ts";
import type { Db, Parts } from "./parts.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface AddContactInput {
  workspaceId: string;
  accountId: string;
  name: string;
  email?: string;
  title?: string;
  /** IANA; absent: the account's zone, also when that changes. */
  zone?: string;
  language?: string;
  /** Of CONTACT_ROLES; whoever is known already keeps theirs and gets these too. */
  roles?: readonly (typeof CONTACT_ROLES)[number][];
  /** Whether this person decides at the account. */
  sponsor?: boolean;
  actor: Actor;
}

export type AddedContact = Result<{ contact: Contact; repeated: boolean }>;

/**
 * Adds a person to an account. The same name with the same address is the same person, so a form that
 * comes twice makes one; an address that somebody else of the account has is refused with that person's id.
 */
export function addContact(parts: Parts, input: AddContactInput): Promise<AddedContact> {
  return transact(parts, (tx) => addContactIn(tx, parts, input));
}

export async function addContactIn(tx: Db, parts: Parts, input: AddContactInput): Promise<AddedContact> {
  const added = await keepPerson(tx, parts, input);
  if (!added.ok || input.sponsor !== true) return added;
  const { workspaceId, accountId, actor } = input;
  const named = await nameSponsorIn(tx, parts, {
    workspaceId,
    accountId,
    contactId: added.contact.id,
    actor,
  });
  return named.ok ? added : named;
}

async function keepPerson(tx: Db, parts: Parts, input: AddContactInput): Promise<AddedContact> {
  const { workspaceId, accountId } = input;
  const roles = [...new Set(input.roles ?? [])];
  const read = readPerson(input);
  if (!read.ok) return read;
  const { person } = read;
  // Held, so that two posts of one form see each other.
  if ((await lockAccount(tx, workspaceId, accountId)) === null)
    return refuse("unknown-account", "accountId", "There is no such account.", "Add the account first.");
  const known = await knownPerson(tx, workspaceId, accountId, person);
  const all = [...new Set([...(known?.roles ?? []), ...roles])];
  // Before anything is written: whoever has left decides nothing.
  if (input.sponsor === true && all.includes("departed"))
    return refuse(
      "has-left",
      "roles",
      `${person.name} has left, so they decide nothing here any more.`,
      "Choose somebody who is still there.",
    );
  if (known !== null && known.name === person.name) {
    if (all.length === known.roles.length) return { ok: true, contact: known, repeated: true };
    const contact = await tx.contact.update({ where: { id: known.id }, data: { roles: all } });
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor: input.actor,
      action: "contact-changed",
      subjectType: "contact",
      subjectId: known.id,
      before: { roles: known.roles },
      after: { roles: all },
    });
    return { ok: true, contact, repeated: true };
  }
  if (known !== null) return { ok: false, problem: takenBy(known) };
  const contact = await tx.contact.create({
    data: { workspaceId, accountId, ...person, roles, createdAt: parts.clock.now() },
  });
  await recordAudit(tx, {
    workspaceId,
    at: parts.clock.now(),
    actor: input.actor,
    action: "contact-added",
    subjectType: "contact",
    subjectId: contact.id,
    after: { accountId },
  });
  return { ok: true, contact, repeated: false };
}

/** Whoever of the account has this address, or this very name while no address was given. */
async function knownPerson(
  tx: Db,
  workspaceId: string,
  accountId: string,
  person: { name: string; email: string | null },
): Promise<Contact | null> {
  const where = { workspaceId, accountId, erasedAt: null };
  if (person.email === null) return tx.contact.findFirst({ where: { ...where, name: person.name } });
  const email = { equals: person.email, mode: "insensitive" as const };
  return tx.contact.findFirst({ where: { ...where, email }, orderBy: { id: "asc" } });
}

function takenBy(contact: Contact): Refusal {
  return {
    code: "address-taken",
    place: "email",
    message: `${contact.name} has this address already.`,
    remedy: "Choose that person, or correct the address.",
  };
}

const LONGEST = 200;

type PersonFields = Pick<Contact, "name" | "firstName" | "email" | "title" | "zone" | "language">;

/** The fields as they are stored; a refusal names the field. */
export function readPerson(
  given: Pick<AddContactInput, "name" | "email" | "title" | "zone" | "language">,
): Result<{ person: PersonFields }> {
  const name = readName(given.name);
  if (name === "") return refuse("name-needed", "name", "There is no name.", "Write the person's name.");
  if (name.length > LONGEST)
    return refuse("too-long", "name", `The name is longer than ${LONGEST} characters.`, "Shorten it.");
  const title = readName(given.title ?? "");
  if (title.length > LONGEST)
    return refuse("too-long", "title", `The title is longer than ${LONGEST} characters.`, "Shorten it.");
  const typed = given.email ?? "";
  // Read untrimmed: a line break in it is refused, not repaired (trust.md A7, A8).
  const address = typed === "" || /^[ \t]+$/.test(typed) ? null : readAddress(typed);
  if (address !== null && !address.ok) {
    const { code, message, remedy } = address.problem;
    return refuse(code, "email", message, remedy);
  }
  const zone = given.zone?.trim() ?? "";
  if (zone !== "" && !isZone(zone))
    return refuse("zone-unknown", "zone", `"${zone}" is not a time zone.`, "Use a name like Europe/Oslo.");
  const language = given.language?.trim().toLowerCase() || "en";
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})?$/.test(language))
    return refuse("language", "language", `"${language}" is not a language code.`, "Use a code such as en.");
  return {
    ok: true,
    person: {
      name,
      firstName: name.split(" ")[0] ?? name,
      email: address === null ? null : address.address,
      title: title === "" ? null : title,
      zone: zone === "" ? null : zone,
      language,
    },
  };
}
