import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import { recordEvent } from "../drivers/store/events.ts";
import type { Task } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { refreshReadiness } from "./refresh-readiness.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface AddEvidenceInput {
  workspaceId: string;
  enrollmentId: string;
  task: string;
  /** verify: seen to be done; waive: leaves the sum; reopen: not done after all. */
  what: "verify" | "waive" | "reopen";
  /** Needed to waive or reopen. */
  reason?: string;
  actor: Actor;
}
export async function addEvidence(parts: Parts, input: AddEvidenceInput): Promise<Result<{ task: Task }>> {
  const { workspaceId, enrollmentId, what, actor } = input;
  const reason = input.reason?.trim() ?? "";
  const result = await transact(parts, async (tx): Promise<Result<{ task: Task }>> => {
    const enrollment = await lockEnrollment(tx, workspaceId, enrollmentId);
    const before = await tx.task.findFirst({ where: { workspaceId, enrollmentId, key: input.task } });
    if (enrollment === null || before === null) {
      return refuse("unknown-task", "task", "There is no such task in this program.", "Reload the page.");
    }
    if (what !== "verify" && reason === "") {
      return refuse(
        "reason-needed",
        "reason",
        `To ${what} a task, say why.`,
        "The contact and your colleagues will read it.",
      );
    }
    const at = parts.clock.now();
    const event = eventOf(what, input.task, reason, at);
    await recordEvent(tx, {
      workspaceId,
      enrollmentId,
      contactId: enrollment.contactId,
      event,
      evidence: classifyEvidence(event),
      receivedAt: at,
      source: "csm",
      dedupeKey: `task.${input.task}.${what}.${at.toISOString()}`,
    });
    const task = await tx.task.update({
      where: { id: before.id },
      data: { state: STATE[what], changedAt: at, reason: reason === "" ? null : reason },
    });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: event.kind,
      subjectType: "task",
      subjectId: before.id,
      before: { state: before.state },
      after: { state: task.state },
      reason: reason === "" ? null : reason,
    });
    return { ok: true, task };
  });
  if (result.ok) await refreshReadiness(parts, { workspaceId, enrollmentId, cause: "act" });
  return result;
}

const STATE = { verify: "verified", waive: "waived", reopen: "open" } as const;

function eventOf(what: AddEvidenceInput["what"], task: string, reason: string, at: Date): LogEvent {
  const line = { at: at.toISOString(), task };
  switch (what) {
    case "verify":
      return { kind: "task-verified", ...line };
    case "waive":
      return { kind: "task-waived", ...line, reason };
    case "reopen":
      return { kind: "task-reopened", ...line, reason };
    default:
      return what satisfies never;
  }
}
