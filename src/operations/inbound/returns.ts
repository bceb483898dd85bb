import { recordAudit } from "../../drivers/store/audit.ts";
import { type SuppressionReason, suppressAddress } from "../../drivers/store/suppressions.ts";
import { askInTime } from "../ask-in-time.ts";
import type { Db, Parts } from "../parts.ts";
import { refreshReadiness } from "../refresh-readiness.ts";
import { transact } from "../transact.ts";
import { stopEverything } from "../unsubscribe.ts";
import { heedComplaint, heedPolicyRefusal } from "../watch-reputation.ts";
import { type Arrival, noteArrival } from "./arrival.ts";

/** What says that an address is dead: a mail that came back, or (without a mail of its own) the server's refusal. */
type DeadEnd = Pick<Arrival, "frame" | "send" | "at"> & {
  readonly mail: Pick<Arrival["mail"], "status" | "reason">;
  readonly mailId: string | null;
};

/** The address is dead: often the first sign that somebody has left (S1-11). */
export async function returnHard(parts: Parts, arrival: DeadEnd): Promise<string> {
  const { mail, frame, send, at } = arrival;
  await transact(parts, async (tx) => {
    // The contact before the mail, as everywhere: a mail that departs takes its locks in that order.
    await stopAddress(tx, parts, arrival, "hard_bounce", "hard_bounced", mail.status ?? undefined);
    await tx.send.updateMany({
      where: { id: send.id, bouncedAt: null },
      data: { bouncedAt: at, bounceKind: "hard" },
    });
  });
  await refresh(parts, arrival);
  return `${frame.contact.name}'s address is dead; their programs stopped.`;
}

/** Came back because of us: the mails stand still, and the address is kept (trust.md 5). */
export async function returnPolicy(parts: Parts, arrival: Arrival): Promise<string> {
  const { mail, frame, send, at } = arrival;
  await transact(parts, async (tx) => {
    await tx.send.updateMany({
      where: { id: send.id, bouncedAt: null },
      data: { bouncedAt: at, bounceKind: "policy" },
    });
    await noteArrival(tx, parts, arrival, {
      kind: "bounce",
      at: at.toISOString(),
      hard: false,
      ...(mail.status === null ? {} : { status: mail.status }),
    });
  });
  await heedPolicyRefusal(parts, {
    workspaceId: frame.workspace.id,
    sequenceKey: frame.version.key,
    ...{ status: mail.status, said: mail.reason, at },
  });
  await refresh(parts, arrival);
  return "Refused because of us; held, and the address is kept.";
}

const SOFT_LIMIT = 3;
const SOFT_DAYS = 14;

/** Came back for now. Three in fourteen days without one that arrived stop the address (trust.md 5). */
export async function returnSoft(parts: Parts, arrival: Arrival): Promise<string> {
  const { mail, frame, send, at } = arrival;
  const { workspace, contact } = frame;
  const stopped = await transact(parts, async (tx) => {
    await tx.send.updateMany({
      where: { id: send.id, bouncedAt: null },
      data: { bouncedAt: at, bounceKind: "soft" },
    });
    await noteArrival(tx, parts, arrival, {
      kind: "bounce",
      at: at.toISOString(),
      hard: false,
      ...(mail.status === null ? {} : { status: mail.status }),
    });
    const recent = await tx.send.findMany({
      where: {
        workspaceId: workspace.id,
        contactId: contact.id,
        status: "submitted",
        submittedAt: { gte: new Date(at.getTime() - SOFT_DAYS * 86_400_000) },
      },
      select: { bounceKind: true },
    });
    const soft = recent.filter(({ bounceKind }) => bounceKind !== null && bounceKind !== "policy").length;
    if (soft >= SOFT_LIMIT && soft === recent.length) {
      await stopAddress(tx, parts, arrival, "hard_bounce", "hard_bounced", mail.status ?? undefined);
      return true;
    }
    await tx.contact.updateMany({
      where: { workspaceId: workspace.id, id: contact.id, mailStatus: "ok" },
      data: { mailStatus: "soft_bouncing" },
    });
    return false;
  });
  await refresh(parts, arrival);
  return stopped
    ? `${contact.name}'s address gave nothing back for two weeks; stopped.`
    : "Noted; it may work next time.";
}

export async function takeComplaint(parts: Parts, arrival: Arrival): Promise<string> {
  const { frame, send, at } = arrival;
  await transact(parts, async (tx) => {
    await stopAddress(tx, parts, arrival, "complaint", "complained");
    await tx.send.updateMany({ where: { id: send.id, complainedAt: null }, data: { complainedAt: at } });
  });
  const { workspace, version } = frame;
  await heedComplaint(parts, { workspaceId: workspace.id, sequenceKey: version.key, at });
  await refresh(parts, arrival);
  return `${frame.contact.name} reported a mail as unwanted; their programs stopped.`;
}

async function stopAddress(
  tx: Db,
  parts: Parts,
  arrival: DeadEnd,
  reason: Extract<SuppressionReason, "hard_bounce" | "complaint">,
  mailStatus: "hard_bounced" | "complained",
  status?: string,
): Promise<void> {
  const { frame, send, mail, at } = arrival;
  const { workspace, contact } = frame;
  if (contact.email !== null) {
    await suppressAddress(tx, {
      workspaceId: workspace.id,
      email: contact.email,
      reason,
      detail: mail.reason,
      sendId: send.id,
      at,
    });
  }
  await tx.contact.updateMany({ where: { workspaceId: workspace.id, id: contact.id }, data: { mailStatus } });
  await stopEverything(tx, parts, {
    workspaceId: workspace.id,
    contactId: contact.id,
    at,
    reason: reason === "complaint" ? "complained" : "hard_bounce",
    ...(status === undefined ? {} : { status }),
  });
  await askInTime(tx, arrival, {
    key: `${mailStatus}.${contact.id}`,
    kind: reason === "complaint" ? "complaint" : "departure-signal",
    text:
      reason === "complaint"
        ? `Call ${contact.name}: they reported our mail`
        : `Find out whether ${contact.name} has left: their address is dead`,
    detail: `${mail.reason}${mail.status === null ? "" : ` (${mail.status})`}. If they left, open a case.`,
    days: 1,
  });
  await recordAudit(tx, {
    workspaceId: workspace.id,
    at,
    actor: "system",
    action: "address-suppressed",
    subjectType: "contact",
    subjectId: contact.id,
    after: { reason, ...(arrival.mailId === null ? { sendId: send.id } : { inboundMailId: arrival.mailId }) },
  });
}

function refresh(parts: Parts, { frame, at }: Pick<Arrival, "frame" | "at">): Promise<unknown> {
  const { workspaceId, id } = frame.enrollment;
  return refreshReadiness(parts, { workspaceId, enrollmentId: id, cause: "act", at });
}
