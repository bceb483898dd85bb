import { z } from "zod";
import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import { recordEvent } from "../drivers/store/events.ts";
import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Db } from "./parts.ts";

const Stored = z.array(z.object({ from: z.string(), until: z.string().nullable(), reason: z.string() }));
/** Why a program waits after somebody wrote to us. */
export const REPLY_PAUSE = "they wrote to us; our answer comes first";
export type StoredPause = z.infer<typeof Stored>[number];

export function readPauses(enrollment: Pick<Enrollment, "pauses">): StoredPause[] {
  return Stored.parse(enrollment.pauses);
}

/** The pause that holds at an instant; of several, the one that lasts longest. */
export function pauseNow(enrollment: Pick<Enrollment, "pauses">, at: Date): StoredPause | null {
  const holding = readPauses(enrollment).filter(
    (pause) =>
      Date.parse(pause.from) <= at.getTime() &&
      (pause.until === null || Date.parse(pause.until) > at.getTime()),
  );
  return holding.reduce<StoredPause | null>((longest, pause) => {
    if (longest === null || pause.until === null) return pause;
    return longest.until !== null && longest.until < pause.until ? pause : longest;
  }, null);
}

/** True when there is something to hold: a living program, or the last mail of one that ran to its end. */
export async function canPause(
  db: Db,
  { workspaceId, id, status }: Pick<Enrollment, "workspaceId" | "id" | "status">,
): Promise<boolean> {
  if (status !== "completed") return ["active", "paused", "pending"].includes(status);
  const waiting = await db.send.findFirst({
    where: {
      workspaceId,
      enrollmentId: id,
      kind: "step",
      status: { in: ["planned", "deferred", "claimed"] },
    },
    select: { id: true },
  });
  return waiting !== null;
}

interface PauseCall {
  at: Date;
  /** Null: until somebody resumes. */
  until: Date | null;
  reason: string;
  source: "page" | "reply" | "csm" | "system";
  dedupeKey: string;
}

/**
 * Pauses one enrollment. A pause with an end is written to the log as a pair, so that paused days can be
 * computed from the log alone; the enrollment keeps the spans for the planner. An open pause already
 * holding stays as it is: a shorter one never ends it.
 */
export async function pauseIt(db: Db, enrollment: Enrollment, call: PauseCall): Promise<void> {
  const { at, until } = call;
  if (until !== null && until <= at) return;
  const pauses = readPauses(enrollment);
  const holding = pauseNow(enrollment, at);
  if (
    holding !== null &&
    (holding.until === null || (until !== null && Date.parse(holding.until) >= until.getTime()))
  ) {
    return;
  }
  // A longer pause takes the place of the one that holds; days are never counted twice.
  const others = pauses.filter((pause) => pause !== holding && pause.from !== holding?.from);
  const from = holding?.from ?? at.toISOString();
  await db.enrollment.update({
    where: { id: enrollment.id },
    data: {
      pauses: [...others, { from, until: until?.toISOString() ?? null, reason: call.reason }],
      // A program that ran to its end only holds back the mail that still waits.
      ...(enrollment.status === "completed"
        ? {}
        : until === null
          ? { status: "paused", dueAt: null }
          : { dueAt: until }),
    },
  });
  await forgetAhead(db, enrollment, at);
  await note(db, enrollment, { kind: "paused", at: at.toISOString(), reason: call.reason }, call, "paused");
  if (until !== null) {
    await note(db, enrollment, { kind: "resumed", at: until.toISOString() }, call, "resumed");
  }
}

/** Ends every pause that holds, and looks again at once. */
export async function resumeIt(
  db: Db,
  enrollment: Enrollment,
  call: Omit<PauseCall, "until">,
): Promise<void> {
  const at = call.at.toISOString();
  const pauses = readPauses(enrollment).map((pause) =>
    pause.until === null || pause.until > at ? { ...pause, until: later(pause.from, at) } : pause,
  );
  await db.enrollment.update({
    where: { id: enrollment.id },
    data: {
      pauses,
      ...(enrollment.status === "paused" || enrollment.status === "active"
        ? { status: "active", dueAt: call.at }
        : {}),
    },
  });
  // What the pause put off is judged anew at once: it goes today if today may have it.
  await db.send.updateMany({
    where: {
      workspaceId: enrollment.workspaceId,
      enrollmentId: enrollment.id,
      kind: "step",
      status: "deferred",
      dueAt: { gt: call.at },
    },
    data: { dueAt: call.at },
  });
  await forgetAhead(db, enrollment, call.at);
  await note(db, enrollment, { kind: "resumed", at }, call, "resumed");
}

/**
 * The end of a pause is written ahead, and the pause may end earlier or later than that. Only lines of the
 * future are taken back: no assessment has read them, so what was computed stays what the log gives.
 */
async function forgetAhead(db: Db, enrollment: Enrollment, at: Date): Promise<void> {
  await db.engagementEvent.deleteMany({
    where: {
      workspaceId: enrollment.workspaceId,
      enrollmentId: enrollment.id,
      kind: "resumed",
      occurredAt: { gt: at },
    },
  });
}

async function note(
  db: Db,
  enrollment: Enrollment,
  event: LogEvent,
  call: Omit<PauseCall, "until">,
  suffix: string,
): Promise<void> {
  await recordEvent(db, {
    workspaceId: enrollment.workspaceId,
    enrollmentId: enrollment.id,
    contactId: enrollment.contactId,
    event,
    evidence: classifyEvidence(event),
    receivedAt: call.at,
    source: call.source,
    dedupeKey: `${call.dedupeKey}.${suffix}`,
  });
}

/** ISO instants in UTC sort as text. */
function later(a: string, b: string): string {
  return a > b ? a : b;
}
