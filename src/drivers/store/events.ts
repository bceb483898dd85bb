import type {
  EngagementEvent as DomainEvent,
  EvidenceClass,
  LogEvent,
} from "../../domain/engagement/events.ts";
import type { Prisma, PrismaClient, EngagementEvent as Row } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export interface NewEvent {
  workspaceId: string;
  enrollmentId: string;
  contactId: string;
  sendId?: string | null;
  event: LogEvent;
  evidence: EvidenceClass;
  receivedAt: Date;
  source: "page" | "reply" | "csm" | "system" | "hit";
  /** Unique in the enrollment's log: the same fact told twice is one line. */
  dedupeKey: string;
}

/** Appends one line to an enrollment's log. `isNew` false: the line was there, and its id is given back. */
export async function recordEvent(db: Db, line: NewEvent): Promise<{ id: string; isNew: boolean }> {
  const [fresh] = await recordEvents(db, [line]);
  if (fresh !== undefined) return { id: fresh.id, isNew: true };
  const known = await db.engagementEvent.findFirstOrThrow({
    where: { workspaceId: line.workspaceId, enrollmentId: line.enrollmentId, dedupeKey: line.dedupeKey },
    select: { id: true },
  });
  return { id: known.id, isNew: false };
}

/** Appends lines; gives those that were not there before. */
export function recordEvents(db: Db, lines: readonly NewEvent[]): Promise<{ id: string }[]> {
  return db.engagementEvent.createManyAndReturn({
    data: lines.map((line) => {
      const { at, kind, id: _id, evidence: _evidence, ...payload } = line.event;
      return {
        workspaceId: line.workspaceId,
        enrollmentId: line.enrollmentId,
        contactId: line.contactId,
        sendId: line.sendId ?? null,
        kind,
        evidenceClass: line.evidence,
        occurredAt: new Date(at),
        receivedAt: line.receivedAt,
        payload,
        source: line.source,
        dedupeKey: line.dedupeKey,
      };
    }),
    skipDuplicates: true,
    select: { id: true },
  });
}

/** A row as the domain reads it. */
export function asDomainEvent(row: Row): DomainEvent {
  return {
    ...(row.payload as object),
    kind: row.kind,
    at: row.occurredAt.toISOString(),
    id: row.id,
    evidence: row.evidenceClass,
  } as DomainEvent;
}

/** One enrollment's whole log, in one order. */
export async function loadLog(db: Db, workspaceId: string, enrollmentId: string): Promise<DomainEvent[]> {
  return (await loadLogs(db, workspaceId, [enrollmentId])).get(enrollmentId) ?? [];
}

/** The logs of these enrollments, each in its order. */
export async function loadLogs(
  db: Db,
  workspaceId: string,
  enrollmentIds: readonly string[],
): Promise<ReadonlyMap<string, DomainEvent[]>> {
  const rows = await db.engagementEvent.findMany({
    where: { workspaceId, enrollmentId: { in: [...enrollmentIds] } },
    orderBy: [{ occurredAt: "asc" }, { id: "asc" }],
  });
  const logs = new Map<string, DomainEvent[]>(enrollmentIds.map((id) => [id, []]));
  for (const row of rows) logs.get(row.enrollmentId ?? "")?.push(asDomainEvent(row));
  return logs;
}
