import { localDateOf } from "../../domain/calendar/zones.ts";
import type { ClassifiedMail } from "../../domain/inbound/mail-kind.ts";
import type { Attribution } from "../attribute-mail.ts";
import type { Parts } from "../parts.ts";
import { dateColumn } from "../person-calendar.ts";
import type { Writer } from "./arrival.ts";
import { asksToStop } from "./stop-requests.ts";

/** The step key of the copy of one kept mail. */
export const COPY_PREFIX = "reply-copy.";

/**
 * What a person wrote to a signed address went no further than to us: the CSM gets a copy and can answer from
 * their own mail program. Only for a person's words: nothing is ever sent because of an automatic answer, a
 * bounce or a list (RFC 3834). The copy itself goes to one of us, and what answers it is copied to nobody.
 */
export async function copyToCsm(
  parts: Parts,
  arrived: { mail: ClassifiedMail; whose: Attribution; writer: Writer; mailId: string; at: Date },
): Promise<void> {
  const { mail, whose, writer, mailId, at } = arrived;
  const { workspaceId, sendId, enrollmentId } = whose;
  if (workspaceId === null || sendId === null || writer.contact === null || mail.from === null) return;
  if (mail.kind !== "reply" || mail.rules.includes("machine-written")) return;
  if (writer.author === "contact" && asksToStop(mail, whose.by)) return;
  const csm = await csmOf(parts, workspaceId, writer.contact.accountId, enrollmentId);
  if (csm === null || csm.email.toLowerCase() === mail.from) return;
  const stepKey = `${COPY_PREFIX}${mailId}`;
  // Without an enrollment the unique key does not hold: a copy left by a process that died is looked for.
  const before = await parts.db.send.findFirst({ where: { workspaceId, stepKey }, select: { id: true } });
  if (before !== null) return;
  const [copy] = await parts.db.send.createManyAndReturn({
    data: [
      {
        workspaceId,
        kind: "reply_copy",
        mailClass: "internal",
        enrollmentId,
        accountId: writer.contact.accountId,
        userId: csm.id,
        stepKey,
        dueAt: at,
        nextAttemptAt: parts.clock.wall(),
        zone: csm.zone,
        localDate: dateColumn(localDateOf(at, csm.zone)),
        recipientDomain: csm.email.split("@").at(-1) ?? "",
        plannedAt: at,
      },
    ],
    skipDuplicates: true,
    select: { id: true },
  });
  if (copy !== undefined) await parts.waker.sendsPlanned([copy.id]);
}

/** Who signs the program's mails, or else who looks after the account; null when nobody is there any more. */
async function csmOf(parts: Parts, workspaceId: string, accountId: string, enrollmentId: string | null) {
  const [enrollment, account] = await Promise.all([
    enrollmentId === null
      ? null
      : parts.db.enrollment.findFirst({
          where: { workspaceId, id: enrollmentId },
          select: { senderId: true },
        }),
    parts.db.account.findFirst({ where: { workspaceId, id: accountId }, select: { csmId: true } }),
  ]);
  const id = enrollment?.senderId ?? account?.csmId ?? null;
  return id === null
    ? null
    : parts.db.user.findFirst({ where: { workspaceId, id, status: { not: "left" } } });
}
