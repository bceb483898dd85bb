import { createHash } from "node:crypto";
import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import { RULE_SET_VERSION } from "../domain/engagement/classify-hits.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import { coalesce } from "../drivers/store/coalesce.ts";
import { findEnrollmentByPageKey } from "../drivers/store/enrollment-frame.ts";
import { recordEvent } from "../drivers/store/events.ts";
import type { Hit, Send } from "../drivers/store/generated/client.ts";
import { lockHitsOf } from "../drivers/store/hits.ts";
import { newRowId } from "../drivers/store/row-id.ts";
import { labelHits } from "./label-hits.ts";
import type { Parts } from "./parts.ts";
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

/** Hits kept in one transaction: enough for a gateway's burst, and no transaction that takes seconds. */
const TOGETHER = 50;

type Recorder = (hit: RawHit) => Promise<Hit | null>;
const recorders = new WeakMap<object, Recorder>();

/** Keeps the raw hit and labels its burst again. Changes nothing else, whatever the method. Null: no such send. */
export function recordHit(parts: Parts, hit: RawHit): Promise<Hit | null> {
  const at = hit.at ?? parts.clock.now();
  let recorder = recorders.get(parts.db);
  if (recorder === undefined) {
    // A gateway fetches everything at once: what arrives together is kept and labelled together, so that
    // a burst costs one labelling and not one per request.
    recorder = coalesce((hits: readonly RawHit[]) => recordHits(parts, hits), TOGETHER);
    recorders.set(parts.db, recorder);
  }
  return recorder({ ...hit, at });
}

async function recordHits(parts: Parts, hits: readonly RawHit[]): Promise<(Hit | null)[]> {
  const sends = await parts.db.send.findMany({
    where: { id: { in: [...new Set(hits.map(({ sendId }) => sendId))] } },
    select: { id: true, workspaceId: true, enrollmentId: true },
  });
  const sendOf = new Map(sends.map((send) => [send.id, send]));
  const rows = hits.map((hit) => {
    const send = sendOf.get(hit.sendId);
    return send === undefined ? null : rowOf(hit, send, hit.at ?? parts.clock.now());
  });
  for (const workspaceId of new Set(sends.map((send) => send.workspaceId))) {
    await keepAndLabel(
      parts,
      workspaceId,
      rows.flatMap((row) => (row?.workspaceId === workspaceId ? [row] : [])),
    );
  }
  const kept = await parts.db.hit.findMany({
    where: { id: { in: rows.flatMap((row) => (row === null ? [] : [row.id])) } },
  });
  const byId = new Map(kept.map((row) => [row.id, row]));
  return rows.map((row) => (row === null ? null : (byId.get(row.id) ?? null)));
}

async function keepAndLabel(parts: Parts, workspaceId: string, rows: ReturnType<typeof rowOf>[]) {
  const receivedAt = parts.clock.now();
  const sendIds = [...new Set(rows.map(({ sendId }) => sendId))];
  const elsewhere = await transact(parts, async (tx) => {
    await lockHitsOf(tx, sendIds);
    const fresh = await tx.hit.createManyAndReturn({ data: rows });
    return labelHits(tx, { workspaceId, sendIds, fresh, receivedAt });
  });
  if (elsewhere.length === 0) return;
  // A second transaction: its locks are taken in one order too, and nobody waits for two turns at once.
  await transact(parts, async (tx) => {
    await lockHitsOf(tx, elsewhere);
    const fresh = await tx.hit.findMany({
      where: {
        workspaceId,
        sendId: { in: elsewhere },
        ipHash: { in: [...new Set(rows.map((row) => row.ipHash))] },
      },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: 200,
    });
    if (fresh.length > 0) await labelHits(tx, { workspaceId, sendIds: elsewhere, fresh, receivedAt });
  });
}

function rowOf(hit: RawHit, send: Pick<Send, "id" | "workspaceId" | "enrollmentId">, at: Date) {
  return {
    id: newRowId(),
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
