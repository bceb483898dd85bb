import { localDateOf } from "../domain/calendar/zones.ts";
import type { Db, Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";

export interface ServiceMail {
  readonly kind: "answer" | "meeting" | "page_link";
  /** Says what it is about; the same mail is planned once for each. */
  readonly stepKey: string;
  readonly enrollment: {
    readonly id: string;
    readonly workspaceId: string;
    readonly accountId: string;
    readonly contactId: string;
    readonly zone: string;
  };
  readonly at: Date;
}

/**
 * Plans a mail that somebody is owed outside the program: it takes no day of the program's and comes once.
 * Whether it may go (stopped mails, a dead address) is for the guards, so that the row says why it did not.
 * Null: it was planned before. The caller wakes the senders after its commit.
 */
export async function planServiceMail(
  tx: Db,
  parts: Pick<Parts, "clock">,
  { kind, stepKey, enrollment, at }: ServiceMail,
): Promise<string | null> {
  const [send] = await tx.send.createManyAndReturn({
    data: [
      {
        workspaceId: enrollment.workspaceId,
        kind,
        mailClass: "service",
        enrollmentId: enrollment.id,
        accountId: enrollment.accountId,
        contactId: enrollment.contactId,
        stepKey,
        dueAt: at,
        nextAttemptAt: parts.clock.wall(),
        zone: enrollment.zone,
        localDate: dateColumn(localDateOf(at, enrollment.zone)),
        plannedAt: at,
      },
    ],
    skipDuplicates: true,
    select: { id: true },
  });
  return send?.id ?? null;
}
