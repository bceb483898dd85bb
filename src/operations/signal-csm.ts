import { localDateOf } from "../domain/calendar/zones.ts";
import type { Readiness } from "../domain/readiness/readiness.ts";
import { type EnrollmentFrame, loadFrame } from "../drivers/store/enrollment-frame.ts";
import { planDeliveries } from "../drivers/store/webhooks.ts";
import type { Db, Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";

export interface SignalInput {
  workspaceId: string;
  enrollmentId: string;
  kind: "verdict_changed" | "meeting_requested";
  fromVerdict: string | null;
  toVerdict: string;
  assessmentId: string | null;
  /** "verdict.<assessmentId>", "meeting.<meetingId>". */
  dedupeKey: string;
  at: Date;
  /** The assessment in full, for the webhook. */
  readiness?: Readiness;
}

/**
 * One signal, one mail to the CSM (a Send of kind `signal`, stepKey `signal.<signalId>`) and one delivery
 * per webhook endpoint, all in the caller's transaction. Null: already signalled.
 */
export async function signalCsm(
  db: Db,
  parts: Parts,
  input: SignalInput,
): Promise<{ signalId: string; sendId: string | null; deliveryIds: string[] } | null> {
  const { workspaceId, enrollmentId } = input;
  const frame = await loadFrame(db, workspaceId, enrollmentId);
  if (frame === null) return null;
  const [signal] = await db.readinessSignal.createManyAndReturn({
    data: [
      {
        workspaceId,
        enrollmentId,
        caseId: frame.turnover.id,
        assessmentId: input.assessmentId,
        kind: input.kind,
        fromVerdict: input.fromVerdict,
        toVerdict: input.toVerdict,
        at: input.at,
        dedupeKey: input.dedupeKey,
      },
    ],
    skipDuplicates: true,
    select: { id: true },
  });
  if (signal === undefined) return null;
  const sendId = await mailCsm(db, parts, frame, signal.id, input.at);
  const deliveryIds = await planDeliveries(db, {
    workspaceId,
    eventId: `msg_${signal.id}`,
    eventType: input.kind === "meeting_requested" ? "meeting.requested" : "readiness.changed",
    payload: payloadOf(frame, signal.id, input, parts.baseUrl),
    at: input.at,
    nextAttemptAt: parts.clock.wall(),
  });
  return { signalId: signal.id, sendId, deliveryIds };
}

/** Null when nobody owns the account: the signal waits in the list of unowned cases (S1-27). */
async function mailCsm(
  db: Db,
  parts: Parts,
  frame: EnrollmentFrame,
  signalId: string,
  at: Date,
): Promise<string | null> {
  const { csm, enrollment } = frame;
  if (csm === null || csm.status === "left") return null;
  const send = await db.send.create({
    data: {
      workspaceId: enrollment.workspaceId,
      kind: "signal",
      mailClass: "internal",
      enrollmentId: enrollment.id,
      accountId: enrollment.accountId,
      userId: csm.id,
      stepKey: `signal.${signalId}`,
      dueAt: at,
      nextAttemptAt: parts.clock.wall(),
      zone: csm.zone,
      localDate: dateColumn(localDateOf(at, csm.zone)),
      recipientDomain: csm.email.split("@").at(-1) ?? "",
      plannedAt: at,
    },
    select: { id: true },
  });
  return send.id;
}

function payloadOf(frame: EnrollmentFrame, signalId: string, input: SignalInput, baseUrl: string): object {
  const { account, contact, turnover, version } = frame;
  const { readiness } = input;
  return {
    type: input.kind === "meeting_requested" ? "meeting.requested" : "readiness.changed",
    timestamp: input.at.toISOString(),
    data: {
      signalId,
      enrollmentId: input.enrollmentId,
      caseId: turnover.id,
      caseUrl: `${baseUrl}/cases/${turnover.id}`,
      account: { id: account.id, externalRef: account.externalRef, name: account.name },
      contact: { id: contact.id, externalRef: contact.externalRef, name: contact.name },
      sequence: { key: version.key, version: version.version },
      from: input.fromVerdict,
      to: input.toVerdict,
      ...(readiness === undefined
        ? {}
        : {
            score: readiness.score,
            meetingReady: readiness.meetingReady,
            reason: readiness.verdictReason,
            explanation: readiness.explanation.text,
          }),
    },
  };
}
