import type { LocalDate } from "../domain/calendar/calendar.ts";

/** Program mails per account and local date (issue 2, point 4). */
export const ACCOUNT_DAILY_CAP = 3;

interface Taken {
  readonly accountId: string | null;
  readonly contactId: string;
  readonly localDate: LocalDate;
}

/** Which dates hold a program mail, kept up to date while a batch is decided. */
export class DayBook {
  readonly #byContact = new Map<string, Set<LocalDate>>();
  readonly #byAccount = new Map<string, Map<LocalDate, number>>();
  readonly #full = new Map<string, Set<LocalDate>>();

  constructor(taken: readonly Taken[]) {
    for (const one of taken) this.take(one);
  }

  /** A mail that is not of a program takes no date. */
  take({ accountId, contactId, localDate, ...rest }: Taken & { readonly mailClass?: string }): void {
    if (rest.mailClass !== undefined && rest.mailClass !== "program") return;
    entry(this.#byContact, contactId, () => new Set<LocalDate>()).add(localDate);
    if (accountId === null) return;
    const counts = entry(this.#byAccount, accountId, () => new Map<LocalDate, number>());
    const count = (counts.get(localDate) ?? 0) + 1;
    counts.set(localDate, count);
    if (count >= ACCOUNT_DAILY_CAP) entry(this.#full, accountId, () => new Set<LocalDate>()).add(localDate);
  }

  takenBy(contactId: string): ReadonlySet<LocalDate> {
    return this.#byContact.get(contactId) ?? NONE;
  }

  fullFor(accountId: string): ReadonlySet<LocalDate> {
    return this.#full.get(accountId) ?? NONE;
  }
}

const NONE: ReadonlySet<LocalDate> = new Set();

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const held = map.get(key);
  if (held !== undefined) return held;
  const made = make();
  map.set(key, made);
  return made;
}
