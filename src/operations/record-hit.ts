import { createHash } from "node:crypto";
import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import { type ClassifiedHit, classifyHits, RULE_SET_VERSION } from "../domain/engagement/classify-hits.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import { findEnrollmentByPageKey } from "../drivers/store/enrollment-frame.ts";
import { recordEvent } from "../drivers/store/events.ts";
import type { Hit, Send } from "../drivers/store/generated/client.ts";
import { type HitGroup, loadHitGroup, lockHitsOf } from "../drivers/store/hits.ts";
import type { Db, Parts } from "./parts.ts";
import { transact } from "./transact.ts";

/** One HTTP request on a tracked address, as it came in. */
export interface RawHit {
  sendId: string;
  /** Wall time of the request is business time here: default clock.now(). */
  at?: Date;
  method: string;
  target: "page" | "link" | "open" | "unsubscribe" | "honeypot" | "ping";
  position?: number | null;
  userAgent?: string;
  acceptLanguage?: string | null;
  /** Sec-Purpose or Purpose. */
  purpose?: string | null;
  network?: string | null;
  /** Never the address itself. */
  ipHash: string;
}

/** How far around a hit the same address is looked at in other mails: the classifier's widest window. */
const NEIGHBOUR_MS = 10 * 60_000;

/** Keeps the raw hit and labels its burst again. Changes nothing else, whatever the method. Null: no such send. */
export async function recordHit(parts: Parts, hit: RawHit): Promise<Hit | null> {
  const send = await parts.db.send.findUnique({ where: { id: hit.sendId } });
  if (send === null) return null;
  const at = hit.at ?? parts.clock.now();
  return transact(parts, async (tx) => {
    await lockHitsOf(tx, send.id);
    const kept = await tx.hit.create({ data: rowOf(hit, send, at) });
    const around = {
      ipHash: hit.ipHash,
      from: new Date(at.getTime() - NEIGHBOUR_MS),
      to: new Date(at.getTime() + NEIGHBOUR_MS),
    };
    const group = await loadHitGroup(tx, send.workspaceId, send.id, around);
    const labels = new Map(label(group).map((labelled) => [labelled.id, labelled]));
    for (const row of group.hits) {
      const labelled = labels.get(row.id);
      // Only this mail's hits are labelled here: those of other mails have their own turn and their own lock.
      if (labelled === undefined || row.sendId !== send.id) continue;
      await keepLabel(tx, parts, send, row, labelled);
    }
    return tx.hit.findUniqueOrThrow({ where: { id: kept.id } });
  });
}

function rowOf(hit: RawHit, send: Send, at: Date) {
  return {
    workspaceId: send.workspaceId,
    sendId: send.id,
    enrollmentId: send.enrollmentId,
    at,
    method: hit.method.toUpperCase().slice(0, 10),
    target: hit.target,
    position: hit.position ?? null,
    userAgent: (hit.userAgent ?? "").slice(0, 400),
    acceptLanguage: hit.acceptLanguage ?? null,
    purpose: hit.purpose ?? null,
    network: hit.network ?? null,
    ipHash: hit.ipHash,
    ruleSetVersion: RULE_SET_VERSION,
  };
}

function label({ hits, sends }: HitGroup): ClassifiedHit[] {
  return classifyHits(
    hits.map((hit) => {
      const send = sends.get(hit.sendId);
      return {
        id: hit.id,
        sendId: hit.sendId,
        at: hit.at.toISOString(),
        method: hit.method,
        target: hit.target as RawHit["target"],
        position: hit.position,
        userAgent: hit.userAgent,
        acceptLanguage: hit.acceptLanguage,
        purpose: hit.purpose,
        network: hit.network,
        ipHash: hit.ipHash,
        submittedAt: send?.submittedAt?.toISOString() ?? null,
        recipient: send?.contactId ?? null,
        account: send?.accountId ?? null,
        recipientDomain: send?.recipientDomain ?? null,
      };
    }),
  );
}

/** A label that changes is written over; what looks like a machine is listed in the log, where it counts nothing. */
async function keepLabel(tx: Db, parts: Parts, send: Send, row: Hit, labelled: ClassifiedHit): Promise<void> {
  const rules = [...labelled.rules];
  const changed = row.label !== labelled.label || row.rules.join() !== rules.join();
  const eventId = row.eventId ?? (await listSignal(tx, parts, send, row, labelled));
  if (!changed && eventId === row.eventId) return;
  await tx.hit.update({
    where: { id: row.id },
    data: { label: labelled.label, rules, ruleSetVersion: labelled.ruleSetVersion, eventId },
  });
}

async function listSignal(
  tx: Db,
  parts: Parts,
  send: Send,
  row: Hit,
  { label: judged, rules }: ClassifiedHit,
): Promise<string | null> {
  if (judged === "human" || send.enrollmentId === null || send.contactId === null) return null;
  if (row.target === "ping" || row.target === "unsubscribe") return null;
  const at = row.at.toISOString();
  const event: LogEvent =
    row.target === "open"
      ? { kind: "open", at, rules: [...rules] }
      : {
          kind: "click",
          at,
          rules: [...rules],
          ...(row.position === null ? {} : { position: row.position }),
        };
  const { id } = await recordEvent(tx, {
    workspaceId: send.workspaceId,
    enrollmentId: send.enrollmentId,
    contactId: send.contactId,
    sendId: send.id,
    event,
    evidence: classifyEvidence(event),
    receivedAt: parts.clock.now(),
    source: "hit",
    dedupeKey: `hit.${row.id}`,
  });
  return id;
}

/** Where a signed link leads: the stored address of the frozen step, or null. Reads only. */
export async function findDestination(
  parts: Parts,
  link: { sendId: string; position: number },
): Promise<string | null> {
  const send = await parts.db.send.findUnique({
    where: { id: link.sendId },
    select: { workspaceId: true, stepKey: true, variant: true, enrollment: { select: { versionId: true } } },
  });
  if (send?.enrollment == null) return null;
  const { workspaceId, stepKey, variant, enrollment } = send;
  const found = await parts.db.link.findFirst({
    where: { workspaceId, versionId: enrollment.versionId, stepKey, variant, position: link.position },
  });
  return found?.url ?? null;
}

/**
 * A page of the contact was really shown: a script ping after at least 15 s (domain.md B3).
 * Becomes one human-probable page visit; never more than 5 points and never a gate.
 */
export async function recordVisit(
  parts: Parts,
  visit: { pageKey: string; item?: string; seconds: number; at?: Date },
): Promise<{ recorded: boolean }> {
  const enrollment = await findEnrollmentByPageKey(parts.db, visit.pageKey);
  if (enrollment === null || !Number.isFinite(visit.seconds) || visit.seconds < 0) return { recorded: false };
  const at = visit.at ?? parts.clock.now();
  const event: LogEvent = {
    kind: "page-visit",
    at: at.toISOString(),
    seconds: Math.min(Math.round(visit.seconds), 3600),
    ...(visit.item === undefined ? {} : { item: visit.item.slice(0, 120) }),
  };
  // One visit per item and quarter of an hour: a tab left open does not pile up lines.
  const quarter = Math.floor(at.getTime() / (15 * 60_000));
  const item = createHash("sha256")
    .update(visit.item ?? "")
    .digest("hex")
    .slice(0, 16);
  const { isNew } = await recordEvent(parts.db, {
    workspaceId: enrollment.workspaceId,
    enrollmentId: enrollment.id,
    contactId: enrollment.contactId,
    event,
    evidence: classifyEvidence(event),
    receivedAt: parts.clock.now(),
    source: "hit",
    dedupeKey: `visit.${item}.${quarter}`,
  });
  return { recorded: isNew };
}
