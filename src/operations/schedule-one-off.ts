import { TEMPLATE_STEP, templateSequence } from "../domain/sequences/template-step.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockCase } from "../drivers/store/cases.ts";
import type { MailTemplate, OneOffMail, Send } from "../drivers/store/generated/client.ts";
import { findTemplate } from "../drivers/store/templates.ts";
import type { Actor } from "./actor.ts";
import { type OneOffDesk, oneOffDesk, oneOffMoment } from "./one-off-desk.ts";
import type { Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";
import { previewStep } from "./preview-program.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface OneOffInput {
  workspaceId: string;
  caseId: string;
  templateId: string;
  /** A day and a time in the contact's zone; null: as soon as their working hours let it. */
  when: { on: string; at: string } | null;
  actor: Actor;
}

type Scheduled = Result<{ mail: OneOffMail; send: Send }>;

/**
 * A mail of the bank to the contact of a case, beside their program and by the same line: the same guards,
 * one program mail a day, signed by the CSM (S0-37, S0-38). The words are kept as they are now.
 */
export async function scheduleOneOff(parts: Parts, input: OneOffInput): Promise<Scheduled> {
  const { workspaceId, caseId, templateId, when, actor } = input;
  const template = await findTemplate(parts.db, workspaceId, templateId);
  if (template === null || template.retiredAt !== null)
    return refuse("unknown-template", "template", "There is no such mail in the bank.", "Choose another.");
  // What cannot be written is said now, not in a row that nobody looks at.
  const before = await oneOffDesk(parts.db, { workspaceId, caseId });
  if (before !== null) {
    const written = await previewOneOff(parts, { workspaceId, caseId, template, desk: before });
    if (!written.ok) return written;
  }
  const result = await transact(parts, async (tx): Promise<Scheduled> => {
    // Held until the end: of two clicks the second finds the day taken.
    if ((await lockCase(tx, workspaceId, caseId)) === null)
      return refuse("unknown-case", "case", "There is no such case.", "Start again at “Cases”.");
    const desk = await oneOffDesk(tx, { workspaceId, caseId });
    if (desk === null)
      return refuse(
        "not-enrolled",
        "contact",
        "Nobody is enrolled in this case yet.",
        "Enroll who takes over.",
      );
    if (desk.blocked !== null) return { ok: false, problem: desk.blocked };
    const { enrollment, contact } = desk.frame;
    const now = parts.clock.now();
    const moment = await oneOffMoment(tx, desk, when, now);
    if ("code" in moment) return { ok: false, problem: moment };
    const id = crypto.randomUUID();
    const send = await tx.send.create({
      data: {
        workspaceId,
        kind: "one_off",
        mailClass: "program",
        enrollmentId: enrollment.id,
        accountId: enrollment.accountId,
        contactId: contact.id,
        stepKey: `one-off.${id}`,
        dueAt: moment.dueAt,
        nextAttemptAt: parts.clock.wall(),
        zone: desk.zone,
        localDate: dateColumn(moment.localDate),
        recipientDomain: contact.email?.split("@").at(-1) ?? "",
        plannedAt: now,
      },
    });
    const mail = await tx.oneOffMail.create({
      data: {
        id,
        workspaceId,
        caseId,
        enrollmentId: enrollment.id,
        contactId: contact.id,
        templateId,
        subject: template.subject,
        body: template.body,
        sendId: send.id,
        createdAt: now,
        createdBy: actor,
      },
    });
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor,
      action: "one-off-scheduled",
      subjectType: "send",
      subjectId: send.id,
      after: { template: template.key, caseId, dueAt: moment.dueAt.toISOString() },
    });
    return { ok: true, mail, send };
  });
  if (result.ok && result.send.dueAt <= parts.clock.now()) await parts.waker.sendsPlanned([result.send.id]);
  return result;
}

/** Exactly what would go to this contact now; its links lead nowhere. */
export function previewOneOff(
  parts: Parts,
  input: { workspaceId: string; caseId: string; template: MailTemplate; desk: OneOffDesk },
) {
  return previewStep(parts, {
    workspaceId: input.workspaceId,
    sequence: templateSequence(input.template),
    stepKey: TEMPLATE_STEP,
    reader: { caseId: input.caseId, contactId: input.desk.frame.contact.id },
  });
}
