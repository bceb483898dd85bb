import { classifyEvidence } from "../domain/engagement/classify-evidence.ts";
import { type ClassifiedHit, classifyHits } from "../domain/engagement/classify-hits.ts";
import type { LogEvent } from "../domain/engagement/events.ts";
import { recordEvents } from "../drivers/store/events.ts";
import type { Hit } from "../drivers/store/generated/client.ts";
import { type HitGroup, keepLabels, linkSignals, loadHitGroup } from "../drivers/store/hits.ts";
import { noteArrived } from "./note-arrived.ts";
import type { Db } from "./parts.ts";

/** How far around a hit the same address is looked at in other mails: the classifier's widest window. */
const NEIGHBOUR_MS = 10 * 60_000;

/**
 * Labels the hits of these mails as all of them would be labelled at once. The mails' hits are locked by the caller.
 *
 * @param fresh the hits that call for it; what the same addresses fetched elsewhere around then is looked at too
 * @returns other mails, whose hits look different now that these came: they are labelled in a turn of their own
 */
export async function labelHits(
  tx: Db,
  turn: { workspaceId: string; sendIds: readonly string[]; fresh: readonly Hit[]; receivedAt: Date },
): Promise<string[]> {
  const times = turn.fresh.map(({ at }) => at.getTime());
  const group = await loadHitGroup(tx, turn.workspaceId, turn.sendIds, {
    ipHashes: [...new Set(turn.fresh.map(({ ipHash }) => ipHash))],
    from: new Date(Math.min(...times) - NEIGHBOUR_MS),
    to: new Date(Math.max(...times) + NEIGHBOUR_MS),
  });
  const labels = classify(group);
  const own = new Set(turn.sendIds);
  const changed: { row: Hit; judged: ClassifiedHit }[] = [];
  const elsewhere = new Set<string>();
  for (const [place, row] of group.hits.entries()) {
    const judged = labels[place];
    if (judged === undefined) continue;
    if (!own.has(row.sendId)) {
      if (judged.rules.includes("fan-in") && !row.rules.includes("fan-in")) elsewhere.add(row.sendId);
    } else if (row.label !== judged.label || row.rules.join() !== judged.rules.join()) {
      changed.push({ row, judged });
    }
  }
  await keepLabels(tx, changed);
  await listSignals(tx, turn, changed);
  await noteArrived(tx, {
    workspaceId: turn.workspaceId,
    sendIds: changed.flatMap(({ row, judged }) => (judged.label === "human" ? [row.sendId] : [])),
    from: "a person's visit by its link",
    at: turn.receivedAt,
  });
  return [...elsewhere];
}

function classify({ hits, sends }: HitGroup): ClassifiedHit[] {
  return classifyHits(
    hits.map((hit) => {
      const send = sends.get(hit.sendId);
      return {
        id: hit.id,
        sendId: hit.sendId,
        at: hit.at.toISOString(),
        method: hit.method,
        target: hit.target as "page" | "link" | "open" | "unsubscribe" | "honeypot" | "ping",
        position: hit.position,
        userAgent: hit.userAgent,
        acceptLanguage: hit.acceptLanguage,
        purpose: hit.purpose,
        network: hit.network,
        ipHash: hit.ipHash,
        submittedAt: send?.submittedAt?.toISOString() ?? null,
        links: send?.links ?? null,
        recipient: send?.contactId ?? null,
        account: send?.accountId ?? null,
        recipientDomain: send?.recipientDomain ?? null,
      };
    }),
  );
}

/** What looks like a machine is listed in the log, where it counts nothing. A visit by a person is no line of its own. */
async function listSignals(
  tx: Db,
  { workspaceId, receivedAt, fresh }: { workspaceId: string; receivedAt: Date; fresh: readonly Hit[] },
  changed: readonly { row: Hit; judged: ClassifiedHit }[],
): Promise<void> {
  const people = await tx.send.findMany({
    where: { workspaceId, id: { in: [...new Set(changed.map(({ row }) => row.sendId))] } },
    select: { id: true, contactId: true },
  });
  const contactOf = new Map(people.map(({ id, contactId }) => [id, contactId]));
  const lines = changed.flatMap(({ row, judged }) => {
    const contactId = contactOf.get(row.sendId) ?? null;
    if (judged.label === "human" || row.eventId !== null) return [];
    if (row.enrollmentId === null || contactId === null) return [];
    if (row.target === "ping" || row.target === "unsubscribe") return [];
    const event = signalOf(row, judged.rules);
    return [
      {
        workspaceId,
        enrollmentId: row.enrollmentId,
        contactId,
        sendId: row.sendId,
        event,
        evidence: classifyEvidence(event),
        receivedAt,
        source: "hit" as const,
        dedupeKey: `hit.${row.id}`,
      },
    ];
  });
  if (lines.length === 0) return;
  await recordEvents(tx, lines);
  await linkSignals(tx, workspaceId, [...changed.map(({ row }) => row.id), ...fresh.map(({ id }) => id)]);
}

function signalOf({ at, target, position }: Hit, rules: readonly string[]): LogEvent {
  const common = { at: at.toISOString(), rules: [...rules] };
  if (target === "open") return { kind: "open", ...common };
  return { kind: "click", ...common, ...(position === null ? {} : { position }) };
}
