import { localDateOf } from "../domain/calendar/zones.ts";
import type { Send } from "../drivers/store/generated/client.ts";
import type { Parts } from "./parts.ts";
import { planServiceMail } from "./service-mail.ts";

export interface RenewPageLinkInput {
  readonly workspaceId: string;
  readonly enrollmentId: string;
}

/**
 * Mails a fresh page link to the address we know, at most one a day however often it is asked for.
 * The answer is for the log only: who holds an old link learns nothing about the address.
 */
export async function renewPageLink(
  parts: Parts,
  input: RenewPageLinkInput,
): Promise<{ send: Send | null; repeated: boolean }> {
  const { workspaceId, enrollmentId } = input;
  const enrollment = await parts.db.enrollment.findFirst({ where: { id: enrollmentId, workspaceId } });
  if (enrollment === null) return { send: null, repeated: false };
  const now = parts.clock.now();
  const stepKey = `page-link.${localDateOf(now, enrollment.zone)}`;
  const planned = await planServiceMail(parts.db, parts, { kind: "page_link", stepKey, enrollment, at: now });
  const send = await parts.db.send.findFirst({ where: { workspaceId, enrollmentId, stepKey } });
  if (planned !== null && send !== null) await parts.waker.sendsPlanned([send.id]);
  return { send, repeated: planned === null };
}
