import { randomUUID } from "node:crypto";
import { recordAudit, redactAudit } from "../drivers/store/audit.ts";
import { ERASED_WORDS, eraseWords, type NearRows } from "../drivers/store/erase-words.ts";
import type { Contact } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { endEnrollment } from "./end-enrollment.ts";
import { eraseOwnWords } from "./own-words.ts";
import type { Db, Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { forgetAddresses, type WordsOfPerson, wordsOfPerson } from "./words-of-person.ts";

export interface EraseContactInput {
  workspaceId: string;
  contactId: string;
  actor: Actor;
  /** Why, in words that do not name the person. */
  reason: string;
}
export interface ContactErased {
  erasedAt: Date;
  /** True when it had been done before: nothing was changed. */
  repeated: boolean;
}

export interface ErasingParts extends Parts {
  /** The captured mailbox of local mode; null where mail leaves by a real server. */
  readonly mailbox?: { forget(words: readonly string[]): Promise<number> } | null;
}

/** A sweep reads every table of the workspace once: minutes, on the largest. */
const LONGEST_MS = 10 * 60_000;

/**
 * Forgets one person (trust.md 6): name, address, what they wrote and what was written to them, raw hits and
 * incoming mail. Their programs end, their page links open nothing, planned mail is suppressed. Numbers, keys
 * and dates stay, and a keyed hash of the address, so that it is not mailed again by mistake. Cannot be undone.
 */
export async function eraseContact(
  parts: ErasingParts,
  input: EraseContactInput,
): Promise<Result<ContactErased>> {
  const { workspaceId, contactId } = input;
  return parts.db.$transaction(
    async (tx): Promise<Result<ContactErased>> => {
      await tx.$queryRaw`select id from contact where id = ${contactId}::uuid and "workspaceId" = ${workspaceId}::uuid for update`;
      const contact = await tx.contact.findFirst({ where: { workspaceId, id: contactId } });
      if (contact === null)
        return refuse("unknown-contact", "contactId", "There is no such contact.", "Check the address.");
      if (contact.erasedAt !== null) return { ok: true, erasedAt: contact.erasedAt, repeated: true };
      const at = parts.clock.now();
      const { words, subjectIds } = await forget(tx, contact, at);
      const emptied = await redactAudit(tx, workspaceId, at, {
        contactId,
        words: [...words.everywhere, ...words.names],
        nearWords: words.near,
        subjectIds,
      });
      await recordAudit(tx, {
        workspaceId,
        at,
        actor: input.actor,
        action: "contact-erased",
        subjectType: "contact",
        subjectId: contactId,
        after: { emptied },
        reason: without(input.reason, words),
      });
      // Files know no transaction: they go last, and going twice does no harm.
      await parts.mailbox?.forget(words.everywhere);
      return { ok: true, erasedAt: at, repeated: false };
    },
    { maxWait: 30_000, timeout: LONGEST_MS },
  );
}

async function forget(
  tx: Db,
  contact: Contact,
  at: Date,
): Promise<{ words: WordsOfPerson; subjectIds: string[] }> {
  const { workspaceId, id: contactId } = contact;
  const enrollments = await tx.enrollment.findMany({ where: { workspaceId, contactId } });
  const enrollmentIds = enrollments.map(({ id }) => id);
  for (const { id } of enrollments) {
    await endEnrollment(tx, { workspaceId, enrollmentId: id, reason: "manual", at });
    await tx.enrollment.update({ where: { id }, data: { pageKey: randomUUID(), linksVoidBefore: at } });
  }
  const sends = await tx.send.findMany({ where: { workspaceId, contactId }, select: { id: true } });
  const sendIds = sends.map(({ id }) => id);
  const words = await wordsOfPerson(tx, contact, sendIds);
  await eraseOwnWords(tx, { workspaceId, contactId, enrollmentIds, sendIds, emails: words.emails, at });
  await forgetAddresses(tx, contact, words, at);
  await eraseWords(tx, workspaceId, words.everywhere);
  const rows = await nearRows(tx, contact, enrollmentIds);
  await eraseWords(tx, workspaceId, words.near, rows);
  await tx.account.updateMany({
    where: { workspaceId, sponsorContactId: contactId },
    data: { sponsorContactId: null },
  });
  await tx.contact.update({
    where: { id: contactId },
    data: {
      name: ERASED_WORDS,
      firstName: ERASED_WORDS,
      email: null,
      title: null,
      externalRef: null,
      zone: null,
      language: "en",
      stance: null,
      influence: null,
      mailStatus: "suppressed",
      erasedAt: at,
    },
  });
  return { words, subjectIds: [contactId, ...rows.enrollmentIds, ...rows.caseIds] };
}

/** The person's programs and what runs beside them, the cases that name them, and their account's own record. */
async function nearRows(tx: Db, contact: Contact, enrollmentIds: string[]): Promise<NearRows> {
  const { workspaceId, id, accountId } = contact;
  const beside = await tx.enrollment.findMany({
    where: { workspaceId, OR: [{ id: { in: enrollmentIds } }, { besideId: { in: enrollmentIds } }] },
    select: { id: true, caseId: true },
  });
  const named = await tx.case.findMany({
    where: { workspaceId, OR: [{ departedContactId: id }, { replacementContactId: id }] },
    select: { id: true },
  });
  return {
    enrollmentIds: beside.map((row) => row.id),
    caseIds: [...new Set([...beside.map(({ caseId }) => caseId), ...named.map((row) => row.id)])],
    accountIds: [accountId],
  };
}

function without(text: string, { everywhere, near }: WordsOfPerson): string {
  return [...everywhere, ...near].reduce((rest, word) => rest.replaceAll(word, ERASED_WORDS), text);
}
