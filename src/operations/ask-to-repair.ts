import type { GuardEnding } from "../domain/sending/guards.ts";
import { askCsm } from "../drivers/store/csm-tasks.ts";
import type { ClaimedSend } from "../drivers/store/sends.ts";
import type { Parts } from "./parts.ts";

type Blocked = Omit<Extract<GuardEnding, { outcome: "blocked" }>, "outcome">;

/**
 * A mail that waits for a person says so to that person, once per enrollment and cause: without an address
 * every step of a program would otherwise ask again.
 */
export async function askToRepair(
  parts: Pick<Parts, "db" | "clock">,
  send: ClaimedSend,
  { reason, remedy }: Blocked,
): Promise<void> {
  if (send.caseId === null) return;
  const now = parts.clock.now();
  const cause = reason
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80);
  await askCsm(parts.db, {
    workspaceId: send.workspaceId,
    caseId: send.caseId,
    enrollmentId: send.enrollmentId,
    userId: send.senderId,
    key: `blocked.${send.enrollmentId ?? send.id}.${cause}`,
    kind: "blocked-send",
    text: `Repair what stops the mails to ${send.recipientName ?? "a contact"}`,
    detail: `A mail waits: ${reason}. ${remedy}`,
    dueAt: now,
    createdAt: now,
  });
}
