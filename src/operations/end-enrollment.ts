import type { Db } from "./parts.ts";

export const EXIT_REASONS = [
  "goal_reached",
  "replaced_contact_left",
  "unsubscribed",
  "hard_bounce",
  "complained",
  "case_closed",
  "superseded_by_track",
  "manual",
  "wrong_person",
  "expired",
] as const;
export type ExitReason = (typeof EXIT_REASONS)[number];

/** Words for the row of a mail that will not go any more. A sequence writes the same reasons with hyphens. */
export function whyNotSent(reason: string): string {
  const known = EXIT_REASONS.find((one) => one === reason.replaceAll("-", "_"));
  return known === undefined ? "The program has ended." : WHY[known];
}

const WHY: Readonly<Record<ExitReason, string>> = {
  goal_reached: "The program had reached its goal.",
  replaced_contact_left: "The person has left the company.",
  unsubscribed: "The person stopped these mails.",
  hard_bounce: "The address does not exist.",
  complained: "The person reported the mail as unwanted.",
  case_closed: "The case was closed.",
  superseded_by_track: "Another track took over.",
  manual: "Somebody stopped the program.",
  wrong_person: "It is the wrong person.",
  expired: "The program's time was over.",
};

/**
 * Ends an enrollment and everything planned for it, in the caller's transaction. A mail that is already
 * transmitting cannot be called back. False: it had ended before; of one that ran to its end the last mail may
 * still wait, and is stopped as well.
 */
export async function endEnrollment(
  db: Db,
  end: { workspaceId: string; enrollmentId: string; reason: ExitReason; at: Date },
): Promise<boolean> {
  const { workspaceId, enrollmentId, reason, at } = end;
  const { count } = await db.enrollment.updateMany({
    where: { workspaceId, id: enrollmentId, status: { in: ["pending", "active", "paused", "blocked"] } },
    data: { status: "exited", exitReason: reason, exitedAt: at, dueAt: null, assessDueAt: null },
  });
  if (count === 0) {
    await stopPlannedSends(db, {
      workspaceId,
      enrollmentId,
      kinds: ["step"],
      status: "skipped",
      why: WHY[reason],
      at,
    });
    return false;
  }
  await stopPlannedSends(db, { workspaceId, enrollmentId, status: "skipped", why: WHY[reason], at });
  return true;
}

/** Mails that have not begun will not begin. Claimed ones too: the worker's next guarded write finds the row moved. */
export async function stopPlannedSends(
  db: Db,
  stop: {
    workspaceId: string;
    enrollmentId: string;
    /** Unless told otherwise, what a person wrote for it too. */
    kinds?: readonly string[];
    status: "skipped" | "suppressed";
    why: string;
    at: Date;
  },
): Promise<number> {
  const { count } = await db.send.updateMany({
    where: {
      workspaceId: stop.workspaceId,
      enrollmentId: stop.enrollmentId,
      kind: { in: [...(stop.kinds ?? ["step", "one_off"])] },
      status: { in: ["planned", "deferred", "claimed"] },
    },
    data: { status: stop.status, reason: stop.why, endedAt: stop.at, leaseUntil: null, owner: null },
  });
  return count;
}
