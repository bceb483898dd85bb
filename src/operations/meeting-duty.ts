import type { Db } from "./parts.ts";

/** The duty that a wish to meet makes; one that changes a booked meeting makes another, under a longer key. */
export const meetingDuty = (meetingId: string): string => `meeting.${meetingId}`;

/** Booked, held, missed or called off: whoever had to answer the wish has answered it. */
export async function closeMeetingDuty(
  tx: Db,
  meeting: { readonly workspaceId: string; readonly caseId: string; readonly id: string },
  ending: { readonly at: Date; readonly outcome: string },
): Promise<void> {
  const { workspaceId, caseId, id } = meeting;
  await tx.csmTask.updateMany({
    where: { workspaceId, caseId, key: { startsWith: meetingDuty(id) }, doneAt: null },
    data: { doneAt: ending.at, outcome: ending.outcome },
  });
}
