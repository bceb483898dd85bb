import { randomUUID } from "node:crypto";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import type { Enrollment } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface VoidPageLinksInput {
  workspaceId: string;
  enrollmentId: string;
  reason: string;
  actor: Actor;
}

/**
 * A mail reached the wrong hands: every page link mailed so far opens nothing but "mail me a fresh one", which
 * goes to the address we know. Unsubscribe links go on working, as they must; so does an ended program's page.
 */
export function voidPageLinks(
  parts: Parts,
  input: VoidPageLinksInput,
): Promise<Result<{ enrollment: Enrollment }>> {
  const { workspaceId, enrollmentId, actor, reason } = input;
  return transact(parts, async (tx) => {
    if ((await lockEnrollment(tx, workspaceId, enrollmentId)) === null)
      return refuse(
        "unknown-enrollment",
        "enrollmentId",
        "There is no such enrollment.",
        "Check its number.",
      );
    const now = parts.clock.now();
    const enrollment = await tx.enrollment.update({
      where: { workspaceId, id: enrollmentId },
      data: { pageKey: randomUUID(), linksVoidBefore: now },
    });
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor,
      action: "page-links-voided",
      subjectType: "enrollment",
      subjectId: enrollmentId,
      before: {},
      after: { linksVoidBefore: now.toISOString() },
      reason,
    });
    return { ok: true, enrollment };
  });
}
