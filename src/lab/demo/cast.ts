import { DateTime } from "luxon";
import { idOf, type SeededWorld } from "./seed-world.ts";
import type { WorldAccount, WorldPerson } from "./world-types.ts";
import { USERS } from "./world-vendor.ts";

/** One person of the story with everything the plot needs to let them act. */
export interface Character {
  account: WorldAccount;
  accountId: string;
  person: WorldPerson;
  contactId: string;
  email: string;
  zone: string;
}

export function characterOf(seeded: SeededWorld, account: WorldAccount, ref: string): Character {
  const person = account.people.find((one) => one.ref === ref);
  if (person?.email == null) throw new Error(`${account.name} has nobody called "${ref}" with an address.`);
  return {
    account,
    accountId: idOf(seeded.accountIds, account.ref),
    person,
    contactId: idOf(seeded.contactIds, `${account.ref}/${ref}`),
    email: person.email,
    zone: person.zone ?? account.zone,
  };
}

/** The instant of a wall time such as "2026-03-15T10:05" in a zone. */
export function wallInstant(wall: string, zone: string): Date {
  const local = DateTime.fromISO(wall, { zone });
  if (!local.isValid) throw new Error(`"${wall}" in ${zone} is no time: ${local.invalidExplanation ?? ""}`);
  return local.toJSDate();
}

/** "Fri 13 Mar 09:00 Denver" */
export function localWords(at: Date, zone: string): string {
  const city = zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
  return `${DateTime.fromJSDate(at, { zone }).toFormat("ccc dd LLL HH:mm")} ${city}`;
}

/** Everybody of the story with an address, customers and vendor alike, by lower-case address. */
export function addressBook(accounts: readonly WorldAccount[]): Map<string, { name: string; zone: string }> {
  const customers = accounts.flatMap((account) =>
    account.people.map(({ email, name, zone = account.zone }) => ({ email: email ?? "", name, zone })),
  );
  return new Map(
    [...customers, ...USERS].map(({ email, name, zone }) => [email.toLowerCase(), { name, zone }]),
  );
}
