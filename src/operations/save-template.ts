import { randomUUID } from "node:crypto";
import { parseMergeText } from "../domain/sequences/merge-fields.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import type { MailTemplate } from "../drivers/store/generated/client.ts";
import { lockWorkspace } from "../drivers/store/versions.ts";
import type { Actor } from "./actor.ts";
import type { Db, Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface TemplateFields {
  title: string;
  topics: readonly string[];
  subject: string;
  /** Markdown with merge fields. */
  body: string;
  ownerId: string | null;
  /** The person has read it today and stands by it. */
  reviewed: boolean;
}

interface Input {
  workspaceId: string;
  actor: Actor;
  /** Absent: a new one. */
  templateId?: string;
  fields: TemplateFields;
}

/** Keeps a mail to use again (S0-37). Its merge fields are checked as a sequence's are; nothing is sent by it. */
export function saveTemplate(parts: Parts, input: Input): Promise<Result<{ template: MailTemplate }>> {
  const { workspaceId, actor, templateId, fields } = input;
  return transact(parts, async (tx) => {
    const problem = badText("subject", fields.subject) ?? badText("body", fields.body);
    if (problem !== null) return { ok: false, problem };
    if (fields.ownerId !== null && (await isStranger(tx, workspaceId, fields.ownerId)))
      return refuse("bad-owner", "owner", "There is no such person here.", "Choose one of those shown.");
    await lockWorkspace(tx, workspaceId);
    const before =
      templateId === undefined
        ? null
        : await tx.mailTemplate.findFirst({ where: { workspaceId, id: templateId } });
    if (templateId !== undefined && before === null) return unknownTemplate();
    const now = parts.clock.now();
    const { reviewed, topics, ...texts } = fields;
    const data = {
      ...texts,
      topics: [...topics],
      updatedAt: now,
      ...(reviewed ? { reviewedOn: dateColumn(now.toISOString().slice(0, 10)) } : {}),
    };
    const template =
      before === null
        ? await tx.mailTemplate.create({
            data: { ...data, workspaceId, key: await freeKey(tx, workspaceId, fields.title) },
          })
        : await tx.mailTemplate.update({ where: { id: before.id }, data });
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor,
      action: before === null ? "template-written" : "template-changed",
      subjectType: "mail-template",
      subjectId: template.id,
      before: before === null ? null : { title: before.title, subject: before.subject, body: before.body },
      after: { title: template.title, subject: template.subject, body: template.body, reviewed },
    });
    return { ok: true, template };
  });
}

/** Takes it out of the bank, or back into it. What was made from it stays as it is. */
export function retireTemplate(
  parts: Parts,
  input: { workspaceId: string; actor: Actor; templateId: string; retired: boolean },
): Promise<Result<{ template: MailTemplate }>> {
  const { workspaceId, actor, templateId, retired } = input;
  return transact(parts, async (tx) => {
    const before = await tx.mailTemplate.findFirst({ where: { workspaceId, id: templateId } });
    if (before === null) return unknownTemplate();
    // Twice is once: the second click changes nothing and writes nothing.
    if ((before.retiredAt !== null) === retired) return { ok: true, template: before };
    const now = parts.clock.now();
    const template = await tx.mailTemplate.update({
      where: { id: templateId },
      data: { retiredAt: retired ? now : null },
    });
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor,
      action: retired ? "template-retired" : "template-restored",
      subjectType: "mail-template",
      subjectId: templateId,
      after: { title: template.title },
    });
    return { ok: true, template };
  });
}

function unknownTemplate() {
  return refuse("unknown-template", "template", "There is no such mail in the bank.", "Open the bank again.");
}

function badText(place: "subject" | "body", text: string): Refusal | null {
  if (text.trim() === "")
    return {
      code: "empty",
      place,
      message: place === "subject" ? "A mail needs a subject." : "There is nothing to read yet.",
      remedy: "Write it.",
    };
  const fault = parseMergeText(text).faults[0];
  return fault === undefined ? null : { code: "bad-field", place, ...fault };
}

async function isStranger(db: Db, workspaceId: string, userId: string): Promise<boolean> {
  return (await db.user.count({ where: { workspaceId, id: userId } })) === 0;
}

async function freeKey(db: Db, workspaceId: string, title: string): Promise<string> {
  const words = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50)
    .replace(/-+$/, "");
  const key = words === "" ? "mail" : words;
  const taken = await db.mailTemplate.count({ where: { workspaceId, key } });
  return taken === 0 ? key : `${key}-${randomUUID().slice(0, 8)}`;
}
