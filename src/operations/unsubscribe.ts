import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { recordEvent } from "../drivers/store/events.ts";
import { suppressAddress } from "../drivers/store/suppressions.ts";
import { endEnrollment, stopPlannedSends } from "./end-enrollment.ts";
import { noteArrived } from "./note-arrived.ts";
import type { Db, Parts } from "./parts.ts";
import { refreshReadiness } from "./refresh-readiness.ts";
import { transact } from "./transact.ts";

export interface UnsubscribeInput {
  /** From the signed link of a mail … */
  sendId?: string;
  /** … or the stop button of the contact's page. */
  enrollmentId?: string;
  source: "one-click" | "page" | "reply" | "csm";
  at?: Date;
}
export interface Unsubscribed {
  done: boolean;
  email: string | null;
  repeated: boolean;
}

/** Immediate and repeatable: address suppressed, enrollment exited, planned sends suppressed. False: nothing by that id. */
export async function unsubscribe(parts: Parts, input: UnsubscribeInput): Promise<Unsubscribed> {
  const subject = await findSubject(parts.db, input);
  if (subject === null) return { done: false, email: null, repeated: false };
  const { workspaceId, contact } = subject;
  if (contact.email === null) return { done: false, email: null, repeated: false };
  const { email } = contact;
  const at = input.at ?? parts.clock.now();
  const stopped = await transact(parts, async (tx) => {
    const isNew = await suppressAddress(tx, {
      workspaceId,
      email,
      reason: "unsubscribed",
      at,
      detail: input.source,
      sendId: input.sendId ?? null,
    });
    const ended = await stopEverything(tx, parts, {
      workspaceId,
      contactId: contact.id,
      at,
      reason: "unsubscribed",
    });
    if (input.sendId !== undefined) {
      await noteArrived(tx, { workspaceId, sendIds: [input.sendId], from: "their wish to stop", at });
    }
    if (isNew) {
      await tx.contact.updateMany({
        where: { workspaceId, id: contact.id, mailStatus: { in: ["ok", "soft_bouncing"] } },
        data: { mailStatus: "unsubscribed" },
      });
      await recordAudit(tx, {
        workspaceId,
        at,
        actor: input.source === "csm" ? "system" : `contact:${contact.id}`,
        action: "contact-unsubscribed",
        subjectType: "contact",
        subjectId: contact.id,
        after: { source: input.source, enrollments: ended.length },
      });
    }
    return { isNew, ended };
  });
  for (const enrollmentId of stopped.ended) {
    await refreshReadiness(parts, { workspaceId, enrollmentId, cause: "act", at });
  }
  return { done: true, email, repeated: !stopped.isNew };
}

async function findSubject(db: Db, input: UnsubscribeInput) {
  const contactId =
    input.sendId === undefined
      ? input.enrollmentId === undefined
        ? null
        : (await db.enrollment.findUnique({ where: { id: input.enrollmentId } }))?.contactId
      : (await db.send.findUnique({ where: { id: input.sendId } }))?.contactId;
  if (contactId == null) return null;
  const contact = await db.contact.findUnique({ where: { id: contactId } });
  return contact === null ? null : { workspaceId: contact.workspaceId, contact };
}

/** Ends every program of a person who must not be mailed any more, and notes why in each log. */
export async function stopEverything(
  tx: Db,
  parts: Parts,
  stop: {
    workspaceId: string;
    contactId: string;
    at: Date;
    reason: "unsubscribed" | "hard_bounce" | "complained";
    status?: string;
  },
): Promise<string[]> {
  const { workspaceId, contactId, at, reason } = stop;
  const live = await tx.enrollment.findMany({
    where: {
      workspaceId,
      contactId,
      status: { in: ["pending", "active", "paused", "blocked", "completed"] },
    },
    orderBy: { id: "asc" },
  });
  const ended: string[] = [];
  for (const enrollment of live) {
    const event = eventOf(reason, at, stop.status);
    await recordEvent(tx, {
      workspaceId,
      enrollmentId: enrollment.id,
      contactId,
      event,
      evidence: classifyEvidence(event),
      receivedAt: parts.clock.now(),
      source: "system",
      dedupeKey: `stop.${reason}`,
    });
    await stopPlannedSends(tx, {
      workspaceId,
      enrollmentId: enrollment.id,
      status: "suppressed",
      why: `The address must not be mailed (${reason.replaceAll("_", " ")}).`,
      at,
    });
    await endEnrollment(tx, { workspaceId, enrollmentId: enrollment.id, reason, at });
    ended.push(enrollment.id);
  }
  return ended;
}

function eventOf(
  reason: "unsubscribed" | "hard_bounce" | "complained",
  at: Date,
  status: string | undefined,
): LogEvent {
  switch (reason) {
    case "unsubscribed":
      return { kind: "unsubscribe", at: at.toISOString() };
    case "complained":
      return { kind: "complaint", at: at.toISOString() };
    case "hard_bounce":
      return {
        kind: "bounce",
        at: at.toISOString(),
        hard: true,
        ...(status === undefined ? {} : { status }),
      };
    default:
      return reason satisfies never;
  }
}
