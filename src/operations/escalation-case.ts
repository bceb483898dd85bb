import {
  type EscalationCause,
  type EscalationFacts,
  escalationCauses,
} from "../domain/turnover/escalation.ts";
import { type CaseWithAccount, findCase } from "../drivers/store/cases.ts";
import type { Contact, Enrollment, Escalation, User, Workspace } from "../drivers/store/generated/client.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import { cooldownUntil, escalationFacts, whySilent } from "./escalation-facts.ts";
import type { Db } from "./parts.ts";
import { assess } from "./refresh-readiness.ts";

/** One case as somebody sees it who thinks of asking the sponsor in. */
export interface EscalationCase {
  turnover: CaseWithAccount;
  workspace: Workspace;
  sponsor: Contact | null;
  contact: Contact | null;
  leaver: Contact | null;
  /** Who signs the brief; null: nobody owns the account. */
  csm: User | null;
  /** The contact's program, the newest one. */
  enrollment: Enrollment | null;
  /** The sponsor's own program of this case, so that an answer finds its place. */
  sponsorEnrollment: Enrollment | null;
  facts: EscalationFacts;
  /** The conditions of domain.md D9 that hold. */
  causes: { cause: EscalationCause; why: string }[];
  /** Newest first. */
  escalations: Escalation[];
  draft: Escalation | null;
  /** Local date of the account from which another brief may go; null: today. */
  cooldownUntil: string | null;
  /** Why the sponsor may not be written to; null when they may. */
  silent: string | null;
}

/** Reads only. Null: no such case. */
export async function escalationCase(
  db: Db,
  input: { workspaceId: string; caseId: string },
  at: Date,
): Promise<EscalationCase | null> {
  const { workspaceId, caseId } = input;
  const turnover = await findCase(db, workspaceId, caseId);
  if (turnover === null) return null;
  const { account } = turnover;
  const workspace = await getWorkspace(db, workspaceId);
  const enrollments = await db.enrollment.findMany({
    where: { workspaceId, caseId },
    orderBy: { createdAt: "desc" },
  });
  const escalations = await db.escalation.findMany({
    where: { workspaceId, caseId },
    orderBy: { createdAt: "desc" },
  });
  const people = await db.contact.findMany({ where: { workspaceId, accountId: account.id } });
  const enrollment = enrollments.find(({ audience }) => audience === "contact") ?? null;
  const sponsor = people.find(({ id }) => id === account.sponsorContactId) ?? null;
  const sponsorEnrollment =
    enrollments.find(({ audience, contactId }) => audience === "sponsor" && contactId === sponsor?.id) ??
    null;
  const csmId = sponsorEnrollment?.senderId ?? account.csmId;
  const readiness =
    enrollment === null || at < enrollment.startedAt ? null : await assess(db, enrollment, at);
  const csm = csmId === null ? null : await db.user.findFirst({ where: { workspaceId, id: csmId } });
  const facts = await escalationFacts(db, { turnover, workspace, enrollment, readiness }, at);
  const silent = sponsor === null ? null : await whySilent(db, sponsor);
  const contactId = enrollment?.contactId ?? turnover.replacementContactId;
  return {
    turnover,
    workspace,
    sponsor,
    contact: people.find(({ id }) => id === contactId) ?? null,
    leaver: people.find(({ id }) => id === turnover.departedContactId) ?? null,
    csm,
    enrollment,
    sponsorEnrollment,
    facts,
    causes: escalationCauses(facts),
    escalations,
    draft: escalations.find(({ status }) => status === "draft") ?? null,
    cooldownUntil: cooldownUntil(escalations, { workspace, turnover }, at),
    silent,
  };
}
