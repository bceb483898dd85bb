import { readAddress } from "../domain/sending/addresses.ts";
import type { CaseWithAccount } from "../drivers/store/cases.ts";
import type { Contact, Enrollment } from "../drivers/store/generated/client.ts";
import { findSuppression } from "../drivers/store/suppressions.ts";
import type { Db } from "./parts.ts";
import type { Refusal } from "./refusal.ts";

export const LIVE_STATUSES = ["pending", "active", "paused", "blocked"] as const;

/** Why this person must not or cannot be written to; null when nothing speaks against it. Order matters: who left is never "suppressed". */
export async function mayReceive(
  db: Db,
  turnover: CaseWithAccount,
  contact: Contact,
): Promise<Refusal | null> {
  if (turnover.status === "closed") {
    return problem(
      "case-closed",
      "caseId",
      "This case is closed.",
      "Open a new case for what happened since.",
    );
  }
  if (contact.id === turnover.departedContactId || contact.roles.includes("departed")) {
    return problem(
      "contact-departed",
      "contactId",
      `${contact.name} has left.`,
      "Enroll the person who takes over.",
    );
  }
  return unreachable(db, contact);
}

/** Why no mail can reach this person; null when one can. */
export async function unreachable(db: Db, contact: Contact): Promise<Refusal | null> {
  if (contact.email === null || contact.email.trim() === "") {
    return problem(
      "no-address",
      "contact.email",
      `${contact.name} has no mail address.`,
      "Add one to the contact.",
    );
  }
  const address = readAddress(contact.email);
  if (!address.ok) {
    return problem(address.problem.code, "contact.email", address.problem.message, address.problem.remedy);
  }
  const suppressed = await findSuppression(db, contact.workspaceId, address.address);
  if (suppressed !== null) {
    return problem(
      "suppressed",
      "contact.email",
      `${address.address} must not be mailed (${suppressed.reason.replaceAll("_", " ")} on ${suppressed.createdAt.toISOString().slice(0, 10)}).`,
      "Talk to the person. Lift it only if they ask for mail again.",
    );
  }
  if (["hard_bounced", "complained", "unsubscribed", "suppressed"].includes(contact.mailStatus)) {
    return problem(
      "unreachable",
      "contact.mailStatus",
      `Mail to ${contact.name} is stopped (${contact.mailStatus.replaceAll("_", " ")}).`,
      "Correct the address, or talk to the person another way.",
    );
  }
  return null;
}

/** One live program per contact, over all cases (domain.md B3). */
export async function findLiveEnrollment(
  db: Db,
  workspaceId: string,
  contact: Contact,
): Promise<Refusal | null> {
  const live = await db.enrollment.findFirst({
    where: { workspaceId, contactId: contact.id, audience: "contact", status: { in: [...LIVE_STATUSES] } },
    include: { version: { select: { name: true } } },
  });
  if (live === null) return null;
  return problem(
    "already-enrolled",
    "contactId",
    `${contact.name} is already in "${live.version.name}" (${live.status}).`,
    "Switch the track or withdraw the enrollment first.",
  );
}

/** What this very request made before, if it came twice. The key is kept with the log's first line. */
export async function findEnrollmentByKey(
  db: Db,
  workspaceId: string,
  contactId: string,
  key: string | undefined,
): Promise<{ enrollment: Enrollment; sponsorEnrollment: Enrollment | null } | null> {
  if (key === undefined) return null;
  const first = await db.engagementEvent.findFirst({
    where: { workspaceId, contactId, kind: "enrolled", dedupeKey: enrolledKey(key) },
    select: { enrollmentId: true },
  });
  if (first === null) return null;
  const where = { workspaceId, id: first.enrollmentId };
  const enrollment = await db.enrollment.findFirstOrThrow({ where });
  const sponsorEnrollment = await db.enrollment.findFirst({
    where: { workspaceId, besideId: enrollment.id, audience: "sponsor" },
  });
  return { enrollment, sponsorEnrollment };
}

export function enrolledKey(idempotencyKey: string | undefined): string {
  return idempotencyKey === undefined ? "enrolled" : `enrolled.${idempotencyKey}`;
}

function problem(code: string, place: string, message: string, remedy: string): Refusal {
  return { code, place, message, remedy };
}
