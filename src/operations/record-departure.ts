import { readDay } from "../domain/accounts/cells.ts";
import { findCase } from "../drivers/store/cases.ts";
import type { Case } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { type AddContactInput, addContact } from "./add-contact.ts";
import { type CaseFields, openCase } from "./open-case.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { updateCase } from "./update-case.ts";

export type NewPerson = Pick<AddContactInput, "name" | "email" | "title" | "zone" | "language">;

export interface RecordDepartureInput {
  workspaceId: string;
  accountId: string;
  /** Absent: a case is opened, or the open one about this person is taken. */
  caseId?: string;
  who: { contactId: string } | { person: NewPerson };
  source: NonNullable<CaseFields["detectionSource"]>;
  reason: NonNullable<CaseFields["departureReason"]>;
  /** YYYY-MM-DD; empty: not known. */
  lastDay: string;
  /** Whether we heard before or after they left, for when the day is not known. */
  learned: "pre" | "post" | "unknown";
  actor: Actor;
}

/** Keeps who left and how we know. From here on the case exists, and everything later is kept in it. */
export async function recordDeparture(
  parts: Parts,
  input: RecordDepartureInput,
): Promise<Result<{ case: Case }>> {
  const { workspaceId, accountId, actor, lastDay } = input;
  if (lastDay !== "" && readDay(lastDay) === null)
    return refuse(
      "date",
      "lastDay",
      `"${lastDay}" is not a date.`,
      "Write it as YYYY-MM-DD, like 2026-11-30.",
    );
  const earlier = input.caseId === undefined ? null : await findCase(parts.db, workspaceId, input.caseId);
  if (input.caseId !== undefined && earlier === null)
    return refuse("unknown-case", "caseId", "There is no such case.", "Open it first.");
  const leaver = await leaverOf(parts, input);
  if (!leaver.ok) return leaver;
  const fields: CaseFields = {
    departedContactId: leaver.contactId,
    detectionSource: input.source,
    departureReason: input.reason === "unknown" ? null : input.reason,
    departureEffectiveOn: lastDay === "" ? null : lastDay,
  };
  const kept =
    earlier === null
      ? await openCase(parts, { workspaceId, accountId, actor, ...fields })
      : await updateCase(parts, { workspaceId, caseId: earlier.id, actor, ...fields });
  if (!kept.ok) return kept;
  if (lastDay !== "" || kept.case.learnedWhen === input.learned) return kept;
  // Without a day nothing can be derived, so the CSM's word stands.
  return updateCase(parts, {
    workspaceId,
    caseId: kept.case.id,
    learnedWhen: input.learned,
    reason: "Said without knowing the last day.",
    actor,
  });
}

async function leaverOf(
  parts: Parts,
  { workspaceId, accountId, who, actor }: RecordDepartureInput,
): Promise<Result<{ contactId: string }>> {
  if ("contactId" in who) return { ok: true, contactId: who.contactId };
  const added = await addContact(parts, { workspaceId, accountId, actor, ...who.person });
  return added.ok ? { ok: true, contactId: added.contact.id } : added;
}
