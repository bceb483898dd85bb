import { localDateOf, resolveZone } from "../domain/calendar/zones.ts";
import { ESCALATION_WORDS, wordCount } from "../domain/turnover/escalation.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import type { Escalation, Send } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { whyNot } from "./draft-escalation.ts";
import { type EscalationCase, escalationCase } from "./escalation-case.ts";
import type { Db, Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface ApproveEscalationInput {
  workspaceId: string;
  escalationId: string;
  /** As the CSM read and changed them: exactly this is sent. */
  subject: string;
  body: string;
  actor: Actor;
}

type Approved = Result<{ escalation: Escalation; send: Send | null; repeated: boolean }>;

/** The CSM's word: the brief goes once, as the CSM, by the same line as every mail (domain.md D9). */
export async function approveEscalation(parts: Parts, input: ApproveEscalationInput): Promise<Approved> {
  const result = await transact(parts, (tx) => approve(tx, parts, input));
  if (result.ok && result.send !== null && !result.repeated) await parts.waker.sendsPlanned([result.send.id]);
  return result;
}

async function approve(tx: Db, parts: Parts, input: ApproveEscalationInput): Promise<Approved> {
  const { workspaceId, escalationId, actor } = input;
  const at = parts.clock.now();
  // Held until the end: of two clicks one sends, and the other finds it sent.
  await tx.$queryRaw`select id from escalation where id = ${escalationId}::uuid and "workspaceId" = ${workspaceId}::uuid for update`;
  const before = await tx.escalation.findFirst({ where: { workspaceId, id: escalationId } });
  if (before === null)
    return refuse(
      "unknown-escalation",
      "escalation",
      "There is no such draft.",
      "Start again from the case.",
    );
  if (before.status === "approved") {
    const send =
      before.sendId === null ? null : await tx.send.findFirst({ where: { workspaceId, id: before.sendId } });
    return { ok: true, escalation: before, send, repeated: true };
  }
  if (before.status === "dismissed") {
    return refuse(
      "escalation-closed",
      "escalation",
      "This draft was dismissed.",
      "Start a new one from the case.",
    );
  }
  const found = await escalationCase(tx, { workspaceId, caseId: before.caseId }, at);
  const problem = wordsProblem(input) ?? (found === null ? null : whyNot(found));
  if (problem !== null) return { ok: false, problem };
  if (found?.sponsor?.id !== before.contactId) {
    return refuse(
      "sponsor-changed",
      "sponsor",
      "The account has another sponsor by now.",
      "Dismiss this draft and start a new one.",
    );
  }
  const send = await planSend(tx, parts, found, before.id, at);
  const escalation = await tx.escalation.update({
    where: { id: before.id },
    data: {
      subject: input.subject.trim(),
      body: input.body.trim(),
      status: "approved",
      sendId: send.id,
      decidedAt: at,
      decidedBy: actor,
    },
  });
  await tx.csmTask.updateMany({
    where: { workspaceId, caseId: before.caseId, kind: "escalate", doneAt: null },
    data: { doneAt: at, outcome: "written to the sponsor" },
  });
  await recordAudit(tx, {
    workspaceId,
    at,
    actor,
    action: "escalation-approved",
    subjectType: "escalation",
    subjectId: before.id,
    before: { subject: before.subject, body: before.body },
    after: { subject: escalation.subject, body: escalation.body, sendId: send.id },
  });
  return { ok: true, escalation, send, repeated: false };
}

export function wordsProblem({ subject, body }: { subject: string; body: string }): Refusal | null {
  if (subject.trim() === "" || body.trim() === "") {
    const place = subject.trim() === "" ? "subject" : "body";
    return { code: "empty", place, message: "Nothing is written here.", remedy: "Write a line or two." };
  }
  const words = wordCount(body);
  if (words <= ESCALATION_WORDS) return null;
  return {
    code: "too-long",
    place: "body",
    message: `It has ${words} words; a sponsor reads ${ESCALATION_WORDS} at most.`,
    remedy: "Keep the facts and the one ask.",
  };
}

/** Belongs to the sponsor's own program where there is one, so that their answer is kept with it. */
function planSend(
  tx: Db,
  parts: Parts,
  found: EscalationCase,
  escalationId: string,
  at: Date,
): Promise<Send> {
  const { turnover, sponsor, sponsorEnrollment, workspace } = found;
  if (sponsor === null) throw new Error("An escalation without a sponsor was approved.");
  const zone = resolveZone({
    contact: sponsor.zone,
    account: turnover.account.zone,
    workspace: workspace.reportZone,
  });
  const localZone = zone.ok ? zone.zone : "UTC";
  return tx.send.create({
    data: {
      workspaceId: turnover.workspaceId,
      kind: "escalation",
      mailClass: "service",
      enrollmentId: sponsorEnrollment?.id ?? null,
      accountId: turnover.accountId,
      contactId: sponsor.id,
      stepKey: `escalation.${escalationId}`,
      dueAt: at,
      nextAttemptAt: parts.clock.wall(),
      zone: localZone,
      localDate: dateColumn(localDateOf(at, localZone)),
      recipientDomain: sponsor.email?.split("@").at(-1) ?? "",
      plannedAt: at,
    },
  });
}
