import { localDateOf } from "../domain/calendar/zones.ts";
import { findCase } from "../drivers/store/cases.ts";
import { askCsm } from "../drivers/store/csm-tasks.ts";
import type { Case } from "../drivers/store/generated/client.ts";
import { getWorkspace } from "../drivers/store/workspaces.ts";
import type { Actor } from "./actor.ts";
import { addContactIn } from "./add-contact.ts";
import { badCompetitor, type CaseFields } from "./open-case.ts";
import type { Parts } from "./parts.ts";
import { dueInBusinessDays, personCalendar } from "./person-calendar.ts";
import type { NewPerson } from "./record-departure.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";
import { updateCase } from "./update-case.ts";

export interface NameSuccessorInput {
  workspaceId: string;
  caseId: string;
  who: { contactId: string } | { person: NewPerson };
  type: NonNullable<CaseFields["replacementType"]>;
  /** Only read for somebody who comes from a competitor. */
  competitorKey: string | null;
  competitorMonths: number | null;
  competitorRole: NonNullable<CaseFields["competitorRole"]> | null;
  actor: Actor;
}

/** Keeps who takes over and how they arrive; asking again for a name is settled by it. */
export async function nameSuccessor(
  parts: Parts,
  input: NameSuccessorInput,
): Promise<Result<{ case: Case }>> {
  const { workspaceId, caseId, who, actor } = input;
  const turnover = await findCase(parts.db, workspaceId, caseId);
  if (turnover === null) return refuse("unknown-case", "caseId", "There is no such case.", "Open it first.");
  const fromCompetitor = input.type === "ex_competitor";
  const background = {
    replacementType: input.type,
    competitorKey: fromCompetitor ? input.competitorKey : null,
    competitorMonths: fromCompetitor ? input.competitorMonths : null,
    competitorRole: fromCompetitor ? input.competitorRole : null,
  };
  // Looked at first, so that a wrong competitor does not leave a new person behind.
  const problem = await badCompetitor(parts.db, workspaceId, background);
  if (problem !== null) return { ok: false, problem };
  const { accountId } = turnover;
  const contactId =
    "contactId" in who
      ? who.contactId
      : await transact(parts, (tx) =>
          addContactIn(tx, parts, { workspaceId, accountId, actor, ...who.person }),
        );
  if (typeof contactId !== "string" && !contactId.ok) return contactId;
  const kept = await updateCase(parts, {
    workspaceId,
    caseId,
    actor,
    replacementContactId: typeof contactId === "string" ? contactId : contactId.contact.id,
    ...background,
    // Identified by now; a case further on stays where it is.
    ...(turnover.status === "detected" || turnover.status === "triaged"
      ? { status: "replacement_identified" as const }
      : {}),
  });
  if (!kept.ok) return kept;
  // A track chosen by hand was chosen for somebody who arrives in another way.
  if (turnover.replacementType !== input.type)
    await parts.db.case.updateMany({
      where: { workspaceId, id: caseId },
      data: { chosenTrack: null, chosenPace: null, chosenPolicy: null },
    });
  await parts.db.csmTask.updateMany({
    where: { workspaceId, caseId, kind: "who-takes-over", doneAt: null },
    data: { doneAt: parts.clock.now(), outcome: "Somebody was named." },
  });
  return kept;
}

/** How long a case waits before we ask again who takes over: weekly, as in interim coverage (domain.md C4). */
const ASK_AGAIN_BUSINESS_DAYS = 5;

/** Nobody is named yet: the case waits, and asks its CSM again. Asking twice on one day asks once. */
export function waitForSuccessor(
  parts: Parts,
  input: { workspaceId: string; caseId: string; actor: Actor },
): Promise<Result<{ askAgainAt: Date }>> {
  const { workspaceId, caseId } = input;
  return transact(parts, async (tx) => {
    const turnover = await findCase(tx, workspaceId, caseId);
    if (turnover === null)
      return refuse("unknown-case", "caseId", "There is no such case.", "Open it first.");
    const { account } = turnover;
    const open = await tx.csmTask.findFirst({
      where: { workspaceId, caseId, kind: "who-takes-over", doneAt: null },
      orderBy: { dueAt: "asc" },
    });
    if (open !== null) return { ok: true, askAgainAt: open.dueAt };
    const now = parts.clock.now();
    const calendar = personCalendar(await getWorkspace(tx, workspaceId), account, account.zone, now);
    const dueAt = dueInBusinessDays(now, ASK_AGAIN_BUSINESS_DAYS, calendar);
    await askCsm(tx, {
      workspaceId,
      caseId,
      userId: account.csmId,
      key: `who-takes-over.${localDateOf(now, account.zone)}`,
      kind: "who-takes-over",
      text: `Ask ${account.name} who takes over`,
      detail:
        "Ask for a name, the first day and where the person comes from; then go on with the enrollment.",
      dueAt,
      createdAt: now,
    });
    return { ok: true, askAgainAt: dueAt };
  });
}
