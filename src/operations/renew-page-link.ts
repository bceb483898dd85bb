import { DateTime } from "luxon";
import type { Send } from "../drivers/store/generated/client.ts";
import type { Parts } from "./parts.ts";

export interface RenewPageLinkInput {
  readonly workspaceId: string;
  readonly enrollmentId: string;
}

/**
 * Mails a fresh page link to the address we know, at most one a day however often it is asked for.
 * The answer is for the log only: who holds an old link learns nothing about the address.
 */
export async function renewPageLink(
  parts: Parts,
  input: RenewPageLinkInput,
): Promise<{ send: Send | null; repeated: boolean }> {
  const { workspaceId, enrollmentId } = input;
  const enrollment = await parts.db.enrollment.findFirst({ where: { id: enrollmentId, workspaceId } });
  if (enrollment === null) return { send: null, repeated: false };
  const now = parts.clock.now();
  const localDate = DateTime.fromJSDate(now, { zone: enrollment.zone }).toISODate() ?? "";
  const stepKey = `page-link.${localDate}`;
  const { count } = await parts.db.send.createMany({
    data: [
      {
        workspaceId,
        kind: "page_link",
        mailClass: "service",
        enrollmentId,
        accountId: enrollment.accountId,
        contactId: enrollment.contactId,
        stepKey,
        dueAt: now,
        nextAttemptAt: parts.clock.wall(),
        zone: enrollment.zone,
        localDate: new Date(`${localDate}T00:00:00Z`),
        plannedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  const send = await parts.db.send.findFirst({ where: { workspaceId, enrollmentId, stepKey } });
  if (count > 0 && send !== null) await parts.waker.sendsPlanned([send.id]);
  return { send, repeated: count === 0 };
}
