import type { Account, Case, Contact, Enrollment } from "../drivers/store/generated/client.ts";
import type { Parts } from "../operations/parts.ts";
import { refusal } from "./output.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** People name an account by id, external_ref or name; two of one name must be told apart. */
export async function findAccount(parts: Parts, workspaceId: string, who: string): Promise<Account> {
  const rows = await parts.db.account.findMany({
    where: {
      workspaceId,
      OR: [
        ...(UUID.test(who) ? [{ id: who }] : []),
        { externalRef: who },
        { name: { equals: who, mode: "insensitive" as const } },
      ],
    },
    take: 3,
  });
  return theOne(rows, "account", who, (row) => `${row.name} (${row.externalRef ?? row.id})`);
}

export async function findContact(parts: Parts, workspaceId: string, who: string): Promise<Contact> {
  const rows = await parts.db.contact.findMany({
    where: {
      workspaceId,
      OR: [
        ...(UUID.test(who) ? [{ id: who }] : []),
        { externalRef: who },
        { email: { equals: who, mode: "insensitive" as const } },
        { name: { equals: who, mode: "insensitive" as const } },
      ],
    },
    take: 3,
  });
  return theOne(rows, "contact", who, (row) => `${row.name} (${row.email ?? row.externalRef ?? row.id})`);
}

/** The contact's latest enrollment in a contact's track. */
export async function findEnrollment(parts: Parts, workspaceId: string, who: string): Promise<Enrollment> {
  const contact = await findContact(parts, workspaceId, who);
  const enrollment = await parts.db.enrollment.findFirst({
    where: { workspaceId, contactId: contact.id, audience: "contact" },
    orderBy: { createdAt: "desc" },
  });
  if (enrollment === null) {
    throw refusal(
      "not-enrolled",
      who,
      `${contact.name} was never enrolled.`,
      "Enroll them: baton enroll CONTACT.",
    );
  }
  return enrollment;
}

/** A case by id, or the open case of an account named as above. */
export async function findCase(parts: Parts, workspaceId: string, who: string): Promise<Case> {
  if (UUID.test(who)) {
    const row = await parts.db.case.findFirst({ where: { workspaceId, id: who } });
    if (row !== null) return row;
  }
  const account = await findAccount(parts, workspaceId, who);
  const open = await parts.db.case.findMany({
    where: { workspaceId, accountId: account.id, closedAt: null },
    take: 3,
  });
  return theOne(open, "open case", who, (row) => row.id);
}

function theOne<T>(rows: readonly T[], noun: string, who: string, name: (row: T) => string): T {
  const [first, second] = rows;
  if (first === undefined) {
    throw refusal(
      "unknown",
      `"${who}"`,
      `There is no ${noun} of this name.`,
      "Use its external_ref, name, address or id.",
    );
  }
  if (second !== undefined) {
    const list = rows.map(name).join("; ");
    throw refusal(
      "ambiguous",
      `"${who}"`,
      `More than one ${noun} fits: ${list}.`,
      "Use the external_ref or the id.",
    );
  }
  return first;
}
