import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import { recordEvents } from "../drivers/store/events.ts";
import { markArrived } from "../drivers/store/send-sweeps.ts";
import type { Db } from "./parts.ts";

/**
 * What nobody could know when the connection broke is known now: somebody answered the mail, acted by its links,
 * or a server gave it back, so it had been taken (trust.md 4.6). Then nobody is offered to send it again.
 */
export async function noteArrived(
  db: Db,
  known: { workspaceId: string; sendIds: readonly string[]; from: string; at: Date },
): Promise<void> {
  const { workspaceId, sendIds, from, at } = known;
  if (sendIds.length === 0) return;
  const arrived = await markArrived(db, workspaceId, sendIds, `It arrived: known from ${from}.`);
  if (arrived.length === 0) return;
  await db.csmTask.updateMany({
    where: { workspaceId, key: { in: arrived.map(({ id }) => `uncertain.${id}`) }, doneAt: null },
    data: { doneAt: at, outcome: `it arrived: known from ${from}` },
  });
  const lines = arrived.flatMap(({ id, kind, enrollmentId, contactId, stepKey, variant, submittedAt }) => {
    if (kind !== "step" || enrollmentId === null || contactId === null) return [];
    const event: LogEvent = { kind: "mail-submitted", at: submittedAt.toISOString(), stepKey, variant };
    return [
      {
        ...{ workspaceId, enrollmentId, contactId, sendId: id, event, receivedAt: at },
        evidence: classifyEvidence(event),
        source: "system" as const,
        dedupeKey: `send.${id}`,
      },
    ];
  });
  await recordEvents(db, lines);
}
