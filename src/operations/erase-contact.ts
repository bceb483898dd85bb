import { randomUUID } from "node:crypto";
import { recordAudit, redactAudit } from "../drivers/store/audit.ts";
import { ERASED_WORDS, eraseWords } from "../drivers/store/erase-words.ts";
import type { Contact } from "../drivers/store/generated/client.ts";
import { forgetAddress } from "../drivers/store/suppressions.ts";
import type { Actor } from "./actor.ts";
import { endEnrollment } from "./end-enrollment.ts";
import { eraseOwnWords } from "./own-words.ts";
import type { Db, Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";

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

/** A sweep reads every table of the workspace once: minutes, on the largest. */
const LONGEST_MS = 10 * 60_000;

/**
 * Forgets one person (trust.md 6): name, address, what they wrote and what was written to them, raw hits and
 * incoming mail. Their programs end, their page links open nothing, planned mail is suppressed. Numbers, keys
 * and dates stay, and a keyed hash of the address, so that it is not mailed again by mistake. Cannot be undone.
 */
export async function eraseContact(parts: Parts, input: EraseContactInput): Promise<Result<ContactErased>> {
  const { workspaceId, contactId } = input;
  return parts.db.$transaction(
    async (tx): Promise<Result<ContactErased>> => {
      await tx.$queryRaw`select id from contact where id = ${contactId}::uuid and "workspaceId" = ${workspaceId}::uuid for update`;
      const contact = await tx.contact.findFirst({ where: { workspaceId, id: contactId } });
      if (contact === null)
        return refuse("unknown-contact", "contactId", "There is no such contact.", "Check the address.");
      if (contact.erasedAt !== null) return { ok: true, erasedAt: contact.erasedAt, repeated: true };
      const at = parts.clock.now();
      await forget(tx, contact, at);
      const emptied = await redactAudit(tx, workspaceId, at, redacted(contact));
      await recordAudit(tx, {
        workspaceId,
        at,
        actor: input.actor,
        action: "contact-erased",
        subjectType: "contact",
        subjectId: contactId,
        after: { emptied },
        reason: without(input.reason, contact),
      });
      return { ok: true, erasedAt: at, repeated: false };
    },
    { maxWait: 30_000, timeout: LONGEST_MS },
  );
}

async function forget(tx: Db, contact: Contact, at: Date): Promise<void> {
  const { workspaceId, id: contactId, email } = contact;
  const enrollments = await tx.enrollment.findMany({ where: { workspaceId, contactId } });
  const enrollmentIds = enrollments.map(({ id }) => id);
  for (const { id } of enrollments) {
    await endEnrollment(tx, { workspaceId, enrollmentId: id, reason: "manual", at });
    await tx.enrollment.update({ where: { id }, data: { pageKey: randomUUID(), linksVoidBefore: at } });
  }
  const sends = await tx.send.findMany({ where: { workspaceId, contactId }, select: { id: true } });
  const own = { workspaceId, contactId, enrollmentIds, sendIds: sends.map(({ id }) => id), email, at };
  await eraseOwnWords(tx, own);
  if (email !== null) await forgetAddress(tx, { workspaceId, email, at });
  await eraseWords(tx, workspaceId, sought(contact));
  await eraseFirstName(tx, contact, enrollmentIds);
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
}

/** Taken out everywhere: the address, and the whole name where it has more than one word. */
function sought({ email, name }: Contact): string[] {
  return [...(email === null ? [] : [email]), ...(/\S\s+\S/.test(name) ? [name] : [])];
}

/** A single first name is a word of the language too, so it is only looked for around the person's own programs. */
async function eraseFirstName(tx: Db, contact: Contact, enrollmentIds: string[]): Promise<void> {
  const { workspaceId, name, firstName } = contact;
  const beside = await tx.enrollment.findMany({
    where: { workspaceId, OR: [{ id: { in: enrollmentIds } }, { besideId: { in: enrollmentIds } }] },
    select: { id: true, caseId: true },
  });
  await eraseWords(tx, workspaceId, [...new Set([name, firstName])], {
    enrollmentIds: beside.map(({ id }) => id),
    caseIds: beside.map(({ caseId }) => caseId),
  });
}

/** As they stand in the audit: in plain text and inside JSON. */
function redacted(contact: Contact): string[] {
  const words = [...sought(contact), contact.name];
  return [...new Set([...words, ...words.map((word) => JSON.stringify(word).slice(1, -1))])];
}

function without(text: string, contact: Contact): string {
  return redacted(contact).reduce((rest, word) => rest.replaceAll(word, ERASED_WORDS), text);
}
