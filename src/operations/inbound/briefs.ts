import type { ClassifiedMail } from "../../domain/inbound/mail-kind.ts";
import { QUESTION_ANSWER_DAYS } from "../../domain/turnover/service-levels.ts";
import { findCase } from "../../drivers/store/cases.ts";
import { askCsm } from "../../drivers/store/csm-tasks.ts";
import { getWorkspace } from "../../drivers/store/workspaces.ts";
import type { Parts } from "../parts.ts";
import { dueInBusinessDays, personCalendar } from "../person-calendar.ts";
import type { Writer } from "./arrival.ts";
import { whoElse } from "./unverified.ts";

/**
 * Mail about a brief to a sponsor who has no program of their own: a person is asked to read it, whatever
 * kind it is. Null: the send was no brief.
 */
export async function answerBrief(
  parts: Parts,
  arrived: {
    mail: ClassifiedMail;
    writer: Writer;
    workspaceId: string;
    sendId: string;
    mailId: string;
    at: Date;
  },
): Promise<string | null> {
  const { mail, writer, workspaceId, sendId, mailId, at } = arrived;
  const brief = await parts.db.escalation.findFirst({ where: { workspaceId, sendId } });
  if (brief === null) return null;
  const [turnover, sponsor, workspace] = await Promise.all([
    findCase(parts.db, workspaceId, brief.caseId),
    parts.db.contact.findFirst({ where: { workspaceId, id: brief.contactId } }),
    getWorkspace(parts.db, workspaceId),
  ]);
  if (turnover === null || sponsor === null) return null;
  const { account } = turnover;
  const isReply = mail.kind === "reply";
  const isTheirs = isReply && writer.author === "contact";
  await askCsm(parts.db, {
    workspaceId,
    caseId: brief.caseId,
    userId: account.csmId,
    key: `reply.${mailId}`,
    kind: "sponsor-answer",
    text: textOf(sponsor.name, mail, writer),
    detail: mail.text.slice(0, 2000),
    createdAt: at,
    dueAt: dueInBusinessDays(at, QUESTION_ANSWER_DAYS, personCalendar(workspace, account, account.zone, at)),
  });
  if (isTheirs) {
    await parts.db.send.updateMany({
      where: { workspaceId, id: sendId, repliedAt: null },
      data: { repliedAt: at },
    });
  }
  return isTheirs ? `${sponsor.name} answered the brief; the CSM is asked.` : "The CSM is asked to read it.";
}

function textOf(name: string, mail: ClassifiedMail, { author }: Writer): string {
  if (mail.kind !== "reply") return `Your mail to ${name} did not reach them as meant`;
  return author === "contact"
    ? `Answer ${name}'s mail`
    : `Read what came in answer to ${name}'s mail ${whoElse(mail, author)}`;
}
