import { type EscalationCause, escalationDraft } from "../domain/turnover/escalation.ts";
import { findProduct } from "../drivers/store/accounts.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockCase } from "../drivers/store/cases.ts";
import type { Escalation } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { type EscalationCase, escalationCase } from "./escalation-case.ts";
import { briefFacts } from "./escalation-facts.ts";
import type { Db, Parts } from "./parts.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface DraftEscalationInput {
  workspaceId: string;
  caseId: string;
  /** Absent: the most urgent condition that holds, or the CSM's own wish. */
  cause?: EscalationCause;
  actor: Actor;
}

/**
 * Writes the facts and one ask for the sponsor, for a person to read and change (domain.md D9). One draft
 * a case: asking twice gives the same one. Nothing is sent here.
 */
export function draftEscalation(
  parts: Parts,
  input: DraftEscalationInput,
): Promise<Result<{ escalation: Escalation; repeated: boolean }>> {
  const { workspaceId, caseId, actor } = input;
  return transact(parts, async (tx) => {
    // Two drafts at once would both find none.
    await lockCase(tx, workspaceId, caseId);
    const at = parts.clock.now();
    const found = await escalationCase(tx, { workspaceId, caseId }, at);
    if (found === null) return refuse("unknown-case", "caseId", "There is no such case.", "Open it first.");
    if (found.draft !== null) return { ok: true, escalation: found.draft, repeated: true };
    const problem = whyNot(found);
    if (problem !== null) return { ok: false, problem };
    const cause = input.cause ?? found.causes[0]?.cause ?? "asked_by_csm";
    const written = await draftOf(tx, found, cause);
    if (written === null) throw new Error("A case without a sponsor or CSM passed the check.");
    const escalation = await tx.escalation.create({
      data: {
        workspaceId,
        caseId,
        enrollmentId: found.enrollment?.id ?? null,
        contactId: found.sponsor?.id ?? "",
        cause,
        ...written,
        createdAt: at,
        createdBy: actor,
      },
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "escalation-drafted",
      subjectType: "escalation",
      subjectId: escalation.id,
      after: { caseId, cause, contactId: escalation.contactId },
    });
    return { ok: true, escalation, repeated: false };
  });
}

/** The words for this case and cause; null without a sponsor or anybody to sign. Reads only. */
export async function draftOf(
  db: Db,
  found: EscalationCase,
  cause: EscalationCause,
): Promise<{ subject: string; body: string } | null> {
  const { turnover, sponsor, csm, contact, leaver, enrollment, facts } = found;
  if (sponsor === null || csm === null) return null;
  const product = await findProduct(db, turnover.workspaceId, turnover.account.productKey);
  return escalationDraft(
    cause,
    await briefFacts(db, {
      turnover,
      sponsor,
      contact,
      leaver,
      productName: product?.name ?? turnover.account.productKey,
      csmName: csm.name,
      enrollment,
      agreementDays: facts.agreementDays,
    }),
  );
}

/** Why no brief can go to this sponsor now; null when one can. */
export function whyNot(found: EscalationCase): Refusal | null {
  const { turnover, sponsor, csm, silent } = found;
  const refused = (code: string, place: string, message: string, remedy: string) =>
    ({ code, place, message, remedy }) satisfies Refusal;
  if (turnover.status === "closed") {
    return refused("case-closed", "case", "This case is closed.", "Open a new case for what happened since.");
  }
  if (sponsor === null) {
    return refused(
      "no-sponsor",
      "sponsor",
      "Nobody is recorded who decides at the account.",
      "Name the sponsor on the account first.",
    );
  }
  if (csm === null) {
    return refused(
      "no-csm",
      "csm",
      "Nobody owns the account, so nobody can sign.",
      "Give the account a CSM first.",
    );
  }
  if (silent !== null) {
    return refused("sponsor-silent", "sponsor", silent, "Call them, or name another sponsor on the account.");
  }
  if (found.cooldownUntil !== null) {
    return refused(
      "cooldown",
      "sponsor",
      `The last brief went less than ten business days ago. Another may go from ${found.cooldownUntil} on.`,
      "Wait until then, or call.",
    );
  }
  return null;
}
