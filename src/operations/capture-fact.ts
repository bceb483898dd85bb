import type { Case } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { addContact } from "./add-contact.ts";
import type { CaseFields } from "./open-case.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { updateCase } from "./update-case.ts";

/** The facts of a case that a CSM finds out one by one. */
export const CAPTURED = [
  "replacementContactId",
  "replacementType",
  "competitorKey",
  "roleOutcome",
  "departureEffectiveOn",
  "destination",
  "departureReason",
] as const;
export type CapturedField = (typeof CAPTURED)[number];

export interface CaptureFactInput {
  workspaceId: string;
  caseId: string;
  field: CapturedField;
  value: string;
  /** Beside the destination. */
  newCompany: string;
  /** Somebody new who takes over, when no contact was chosen. */
  name: string;
  email: string;
  title: string;
  actor: Actor;
}

const CHOICES: Readonly<Partial<Record<CapturedField, readonly string[]>>> = {
  replacementType: ["internal", "external_new_function", "ex_competitor"],
  roleOutcome: ["replacing", "merging", "leaving_space", "unknown"],
  destination: ["external", "internal", "unknown", "retired", "leave"],
  departureReason: ["new_job", "promotion", "retired", "leave", "restructure", "unknown"],
};

/** Keeps one fact as it was found out; who takes over may be somebody the account does not know yet. */
export async function captureFact(parts: Parts, input: CaptureFactInput): Promise<Result<{ case: Case }>> {
  const { workspaceId, caseId, field, value, actor } = input;
  const choices = CHOICES[field];
  if (choices !== undefined && !choices.includes(value)) {
    return refuse("not-chosen", "value", "Nothing was chosen.", "Choose one of the answers.");
  }
  if (field === "departureEffectiveOn" && Number.isNaN(Date.parse(`${value}T00:00:00Z`))) {
    return refuse("not-a-date", "value", "This is not a day.", "Choose a day.");
  }
  if (field !== "replacementContactId") {
    const fields: CaseFields = { [field]: value === "" ? null : value };
    const more = field === "destination" ? { newCompany: input.newCompany || null } : {};
    return updateCase(parts, { workspaceId, caseId, actor, ...fields, ...more });
  }
  const person = await personOf(parts, input);
  return person.ok
    ? updateCase(parts, { workspaceId, caseId, actor, replacementContactId: person.contactId })
    : person;
}

async function personOf(parts: Parts, input: CaptureFactInput): Promise<Result<{ contactId: string }>> {
  const { workspaceId, caseId, value, name, email, title, actor } = input;
  if (value !== "") {
    const known = /^[0-9a-f-]{36}$/i.test(value);
    return known
      ? { ok: true, contactId: value }
      : refuse("unknown-contact", "value", "This person is not a contact of the account.", "Choose again.");
  }
  if (name === "") return refuse("nobody", "name", "Nobody was named.", "Choose a contact, or write a name.");
  const turnover = await parts.db.case.findFirst({ where: { workspaceId, id: caseId } });
  if (turnover === null) return refuse("unknown-case", "caseId", "There is no such case.", "Open it first.");
  const added = await addContact(parts, {
    workspaceId,
    accountId: turnover.accountId,
    name,
    ...(email === "" ? {} : { email }),
    ...(title === "" ? {} : { title }),
    actor,
  });
  return added.ok ? { ok: true, contactId: added.contact.id } : added;
}
