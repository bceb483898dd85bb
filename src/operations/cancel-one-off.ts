import { recordAudit } from "../drivers/store/audit.ts";
import type { OneOffMail } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

/** Takes a mail back that has not begun to leave. */
export function cancelOneOff(
  parts: Parts,
  input: { workspaceId: string; mailId: string; actor: Actor },
): Promise<Result<{ mail: OneOffMail; repeated: boolean }>> {
  const { workspaceId, mailId, actor } = input;
  return transact(parts, async (tx) => {
    const mail = await tx.oneOffMail.findFirst({ where: { workspaceId, id: mailId } });
    if (mail === null)
      return refuse("unknown-mail", "mail", "There is no such mail.", "Start again from the case.");
    const at = parts.clock.now();
    const { count } = await tx.send.updateMany({
      where: { workspaceId, id: mail.sendId, status: { in: ["planned", "deferred"] } },
      data: { status: "skipped", reason: "Taken back before it left.", endedAt: at },
    });
    if (count === 0) {
      const send = await tx.send.findFirst({ where: { workspaceId, id: mail.sendId } });
      if (send?.status === "skipped" || send?.status === "suppressed")
        return { ok: true, mail, repeated: true };
      return refuse(
        "already-left",
        "mail",
        "It has left, or is leaving at this moment.",
        "Look at the program: it says what became of it.",
      );
    }
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: "one-off-cancelled",
      subjectType: "send",
      subjectId: mail.sendId,
      before: { status: "planned" },
      after: { status: "skipped" },
    });
    return { ok: true, mail, repeated: false };
  });
}
