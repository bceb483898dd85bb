import { recordAudit } from "../drivers/store/audit.ts";
import type { Send } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface SendAgainInput {
  readonly workspaceId: string;
  readonly sendId: string;
  readonly actor: Actor;
  readonly reason?: string;
}

/**
 * A person's decision about a send that is uncertain, or that failed and was repaired: it goes again, with
 * the same Message-ID, so that a reader's mail program can tell a repeated mail. Never done by a machine.
 */
export async function sendAgain(parts: Parts, input: SendAgainInput): Promise<Result<{ send: Send }>> {
  const { workspaceId, sendId, actor } = input;
  const result = await transact(parts, async (tx): Promise<Result<{ send: Send }>> => {
    const before = await tx.send.findFirst({ where: { workspaceId, id: sendId } });
    if (before === null) {
      return refuse(
        "send-unknown",
        "sendId",
        "There is no such mail.",
        "Take the id from the enrollment's mails.",
      );
    }
    const now = parts.clock.now();
    // Compare and set: of two people who press the button at once, one sends and one is told.
    const { count } = await tx.send.updateMany({
      where: { workspaceId, id: sendId, status: { in: ["uncertain", "failed"] } },
      data: {
        status: "planned",
        reason: "A person asked to send it again.",
        dueAt: now,
        nextAttemptAt: parts.clock.wall(),
        endedAt: null,
        leaseUntil: null,
        owner: null,
        attempts: 0,
        refusals: 0,
        // The worker that lost this send must not record its old attempt over the new one.
        fence: { increment: 1 },
      },
    });
    if (count === 0) {
      return refuse(
        "send-not-open",
        "sendId",
        `The mail is ${before.status}: there is nothing to decide.`,
        "Only uncertain and failed mails can be sent again.",
      );
    }
    await tx.csmTask.updateMany({
      where: { workspaceId, key: { in: [`uncertain.${sendId}`, `failed.${sendId}`] }, doneAt: null },
      data: { doneAt: now, outcome: "sent again" },
    });
    await recordAudit(tx, {
      workspaceId,
      at: now,
      actor,
      action: "send-sent-again",
      subjectType: "send",
      subjectId: sendId,
      before: { status: before.status, reason: before.reason },
      after: { status: "planned" },
      reason: input.reason ?? null,
    });
    return { ok: true, send: await tx.send.findUniqueOrThrow({ where: { id: sendId } }) };
  });
  if (result.ok) await parts.waker.sendsPlanned([sendId]);
  return result;
}
