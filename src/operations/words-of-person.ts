import type { Contact } from "../drivers/store/generated/client.ts";
import { forgetAddress } from "../drivers/store/suppressions.ts";
import type { Db } from "./parts.ts";

/** What a person is called, and was called before: everything an erasure looks for. */
export interface WordsOfPerson {
  readonly emails: readonly string[];
  /** Whole names. */
  readonly names: readonly string[];
  /** Taken out everywhere: addresses, and names of more than one word. */
  readonly everywhere: readonly string[];
  /** First and last names: words of the language too, so they are only looked for around the person's own rows. */
  readonly near: readonly string[];
}

/** Earlier names and addresses stand in the audit, and on the list of suppressed addresses by the mail that caused it. */
export async function wordsOfPerson(
  tx: Db,
  contact: Contact,
  sendIds: readonly string[],
): Promise<WordsOfPerson> {
  const { workspaceId, id } = contact;
  const entries = await tx.auditEntry.findMany({
    where: { workspaceId, subjectType: "contact", subjectId: id, redactedAt: null },
    select: { before: true, after: true },
  });
  const suppressed = await tx.suppression.findMany({
    where: { workspaceId, sendId: { in: [...sendIds] }, email: { not: { startsWith: "erased:" } } },
    select: { email: true },
  });
  const states = [contact, ...entries.flatMap(({ before, after }) => [before, after])];
  const emails = distinct([...valuesOf(states, "email"), ...suppressed.map(({ email }) => email)]);
  const names = distinct(valuesOf(states, "name"));
  return {
    emails,
    names,
    everywhere: [...emails, ...names.filter((name) => /\S\s+\S/.test(name))],
    near: distinct([...names, ...valuesOf(states, "firstName"), ...names.flatMap(namesIn)]),
  };
}

/** Every address leaves the list and stays known by its keyed hash. */
export async function forgetAddresses(
  tx: Db,
  { workspaceId }: Contact,
  { emails }: WordsOfPerson,
  at: Date,
): Promise<void> {
  for (const email of emails) await forgetAddress(tx, { workspaceId, email, at });
}

function valuesOf(states: readonly unknown[], key: string): string[] {
  return states.flatMap((state) => {
    const value: unknown = typeof state === "object" && state !== null ? Reflect.get(state, key) : null;
    return typeof value === "string" ? [value] : [];
  });
}

/** "Ada van Lovelace" is also called Ada and Lovelace; "van" is nobody's name alone. */
function namesIn(name: string): string[] {
  const parts = name.split(/\s+/).map((part) => part.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
  return parts.filter((part) => part.length > 1 && !/^\p{Ll}/u.test(part));
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ""))];
}
