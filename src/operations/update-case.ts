import { recordAudit } from "../drivers/store/audit.ts";
import { findCase, lockAccount } from "../drivers/store/cases.ts";
import { listContacts } from "../drivers/store/contacts.ts";
import type { Case } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { badCompetitor, badPerson, type CaseFields, caseColumns, derived } from "./open-case.ts";
import type { Parts } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface UpdateCaseInput extends CaseFields {
  workspaceId: string;
  caseId: string;
  status?:
    | "detected"
    | "triaged"
    | "covering"
    | "replacement_identified"
    | "re_onboarding"
    | "aligned"
    | "confirmed";
  /** Overrides the derived answer; needs a reason (S1-9). */
  learnedWhen?: "pre" | "post" | "unknown";
  reason?: string;
  actor: Actor;
}

/** Keeps what was learned since; severity follows, and naming who takes over moves the case on. */
export function updateCase(parts: Parts, input: UpdateCaseInput): Promise<Result<{ case: Case }>> {
  const { workspaceId, caseId, actor, status, learnedWhen, reason, ...fields } = input;
  return transact(parts, async (tx) => {
    const found = await findCase(tx, workspaceId, caseId);
    if (found === null) return refuse("unknown-case", "caseId", "There is no such case.", "Open it first.");
    if (found.status === "closed") {
      return refuse(
        "case-closed",
        "caseId",
        "This case is closed.",
        "Open a new case for what happened since.",
      );
    }
    if (learnedWhen !== undefined && !reason?.trim()) {
      return refuse(
        "reason-needed",
        "reason",
        "Changing when we learned needs a reason.",
        "Say why the dates mislead.",
      );
    }
    // Locked and read again, so that two changes at once both count.
    const account = (await lockAccount(tx, workspaceId, found.accountId)) ?? found.account;
    const contacts = await listContacts(tx, workspaceId, found.accountId);
    const before = (await findCase(tx, workspaceId, caseId)) ?? found;
    const merged = { ...fieldsOf(before), ...given(fields) };
    const problem = badPerson(merged, contacts) ?? (await badCompetitor(tx, workspaceId, fields));
    if (problem !== null) return { ok: false, problem };
    const now = parts.clock.now();
    const facts = derived(
      account,
      contacts,
      { ...merged, detectedAt: fields.detectedAt ?? before.detectedAt },
      now,
    );
    const identified = merged.replacementContactId !== null && before.replacementContactId === null;
    const after = await tx.case.update({
      where: { id: caseId },
      data: {
        ...caseColumns(fields),
        severity: facts.severity,
        ...(learnedWhen === undefined
          ? fields.departureEffectiveOn === undefined && fields.detectedAt === undefined
            ? {}
            : { learnedWhen: facts.learnedWhen }
          : { learnedWhen }),
        ...(identified ? { replacementSeenAt: now } : {}),
        ...(status === undefined
          ? identified && ["detected", "triaged", "covering"].includes(before.status)
            ? { status: "replacement_identified" }
            : {}
          : { status }),
      },
    });
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor,
      action: "case-updated",
      subjectType: "case",
      subjectId: caseId,
      before: { status: before.status, severity: before.severity, learnedWhen: before.learnedWhen },
      after: {
        status: after.status,
        severity: after.severity,
        learnedWhen: after.learnedWhen,
        ...given(fields),
      },
      ...(reason === undefined ? {} : { reason }),
    });
    return { ok: true, case: after };
  });
}

function given(fields: CaseFields): CaseFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The fields that severity and the people check look at, as they stand. */
function fieldsOf(row: Case): CaseFields & { replacementContactId: string | null } {
  return {
    kind: row.kind as NonNullable<CaseFields["kind"]>,
    departedContactId: row.departedContactId,
    departureEffectiveOn: row.departureEffectiveOn === null ? null : dayOf(row.departureEffectiveOn),
    departureReason: row.departureReason as NonNullable<CaseFields["departureReason"]> | null,
    destination: row.destination as NonNullable<CaseFields["destination"]>,
    replacementContactId: row.replacementContactId,
  };
}
