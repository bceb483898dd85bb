import { judgeReason } from "../domain/inbound/reason-rules.ts";
import { enhancedStatus, replyCode, saysAddressDead } from "../domain/inbound/status-codes.ts";
import { loadFrame } from "../drivers/store/enrollment-frame.ts";
import type { ClaimedSend } from "../drivers/store/sends.ts";
import { returnHard } from "./inbound/returns.ts";
import type { Parts } from "./parts.ts";
import { heedPolicyRefusal } from "./watch-reputation.ts";

/**
 * A server that says at the door "no such mailbox" has said what a bounce would say an hour later: the
 * address is suppressed, its programs stop, and the CSM is asked whether the person has left (trust.md F5).
 * One that is about us holds the program, or all mail. Any other is about this one mail and stops nothing.
 *
 * @returns true when the address was found dead. Throws when the database is away: the next mail to this
 * address would be refused, and heeded, again.
 */
export async function heedRefusal(parts: Parts, send: ClaimedSend, response: string): Promise<boolean> {
  const status = enhancedStatus(response);
  const said = { sequenceKey: send.sequenceKey, status, said: response, at: parts.clock.now() };
  if (await heedPolicyRefusal(parts, { workspaceId: send.workspaceId, ...said })) return false;
  if (send.contactId === null || send.enrollmentId === null) return false;
  const { reason } = judgeReason({
    status,
    reply: replyCode(response),
    said: response,
    words: response,
    stage: null,
    action: "failed",
    kind: "",
  });
  if (!saysAddressDead(reason)) return false;
  const { workspaceId, enrollmentId } = send;
  const frame = await loadFrame(parts.db, workspaceId, enrollmentId);
  const row = await parts.db.send.findFirst({ where: { workspaceId, id: send.id } });
  if (frame === null || row === null || row.contactId !== frame.contact.id) return false;
  await returnHard(parts, {
    mail: { status, reason: `The server refused it: ${response}` },
    frame,
    send: row,
    mailId: null,
    at: parts.clock.now(),
  });
  return true;
}
