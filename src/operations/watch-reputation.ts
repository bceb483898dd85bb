import { COMPLAINT_DAYS, judgeComplaints, reachOfRefusal } from "../domain/sending/complaint-rate.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { type ComplaintCount, countComplaints, type NewHold, openHold } from "../drivers/store/mail-holds.ts";
import type { Db, Parts } from "./parts.ts";
import { transact } from "./transact.ts";

const from = (now: Date): Date => new Date(now.getTime() - COMPLAINT_DAYS * 86_400_000);

/** Programs of which more mails are reported as spam than receivers put up with for long. */
export async function complaintWarnings(db: Db, workspaceId: string, now: Date): Promise<ComplaintCount[]> {
  const counted = await countComplaints(db, workspaceId, from(now));
  return counted.filter((one) => judgeComplaints(one) === "warn");
}

/** Called after a complaint is on record: too many of them stop their program until a person lets it go on. */
export async function heedComplaint(
  parts: Parts,
  complaint: { workspaceId: string; sequenceKey: string; at: Date },
): Promise<boolean> {
  const { workspaceId, sequenceKey, at } = complaint;
  const counted = await countComplaints(parts.db, workspaceId, from(at));
  const program = counted.find((one) => one.sequenceKey === sequenceKey);
  if (program === undefined || judgeComplaints(program) !== "pause") return false;
  const { mails, complaints } = program;
  const percent = ((complaints / mails) * 100).toFixed(2);
  return hold(parts, {
    ...{ workspaceId, scope: "program", sequenceKey, cause: "complaints", at },
    reason: `${complaints} of its ${mails} mails were reported as spam (${percent} %)`,
  });
}

/**
 * A refusal with 5.7.x is about us, not about the address: the next mail would be refused as well, and every
 * one makes it worse. One that asks for a domain that can be believed stops all mail of the domain.
 */
export async function heedPolicyRefusal(
  parts: Parts,
  refusal: { workspaceId: string; sequenceKey: string | null; status: string | null; said: string; at: Date },
): Promise<boolean> {
  const { workspaceId, sequenceKey, said, at } = refusal;
  const reach = reachOfRefusal(refusal.status);
  if (reach === null) return false;
  const words = said.replace(/[.\s]+$/, "");
  if (reach === "everything") {
    const reason = `a receiving server does not believe our domain: ${words}`;
    await hold(parts, { workspaceId, scope: reach, sequenceKey: null, cause: "domain-refused", reason, at });
    return true;
  }
  if (sequenceKey === null) return false;
  const reason = `a receiving server refused a mail because of us: ${words}`;
  await hold(parts, { workspaceId, scope: reach, sequenceKey, cause: "refused", reason, at });
  return true;
}

function hold(parts: Parts, wanted: NewHold): Promise<boolean> {
  return transact(parts, async (tx) => {
    if (!(await openHold(tx, wanted))) return false;
    await recordAudit(tx, {
      workspaceId: wanted.workspaceId,
      at: wanted.at,
      actor: "system",
      action: "mail-held",
      subjectType: "mail-hold",
      subjectId: wanted.sequenceKey ?? wanted.scope,
      after: { scope: wanted.scope, cause: wanted.cause, reason: wanted.reason },
    });
    return true;
  });
}
