import { createHash } from "node:crypto";
import { wholeWord } from "./erase-words.ts";
import { type AuditEntry, Prisma, type PrismaClient } from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

export interface NewAuditEntry {
  readonly workspaceId: string;
  readonly at: Date;
  /** "user:<id>", "token:<id>", "contact:<id>", "system", "cli". */
  readonly actor: string;
  /** Past tense, kebab-case: contact-enrolled. */
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string | null;
}

/** The hash that the first entry of a workspace points at. */
const FIRST = "0".repeat(64);

/**
 * Appends to the workspace's chain: each entry carries the hash of the one before, so a row changed or
 * removed later is found by `findAuditBreak`. Writers of one workspace take turns by an advisory lock
 * that lasts until the transaction ends: call it as the last act of a transaction, or others wait long.
 */
export async function recordAudit(db: Db, entry: NewAuditEntry): Promise<AuditEntry> {
  if ("$transaction" in db && typeof db.$transaction === "function") {
    const waits = { maxWait: 30_000, timeout: 30_000 };
    return (db as PrismaClient).$transaction((tx) => append(tx, entry), waits);
  }
  return append(db, entry);
}

/** The first entry whose hash or predecessor is wrong, and why; null when the whole chain holds. */
export async function findAuditBreak(
  db: Db,
  workspaceId: string,
): Promise<{ id: bigint; problem: "altered" | "predecessor-missing" | "emptied" } | null> {
  // What was emptied for an erasure keeps its hash and its place; a later entry must name it (redactAudit).
  const emptied = new Set<bigint>();
  let expected = FIRST;
  let after = 0n;
  for (;;) {
    const rows = await db.auditEntry.findMany({
      where: { workspaceId, id: { gt: after } },
      orderBy: { id: "asc" },
      take: 1000,
    });
    for (const row of rows) {
      if (row.prevHash !== expected) return { id: row.id, problem: "predecessor-missing" };
      if (row.redactedAt !== null) emptied.add(row.id);
      else if (row.hash !== hashOf(row.prevHash, row)) return { id: row.id, problem: "altered" };
      else for (const id of namedAsEmptied(row)) emptied.delete(id);
      expected = row.hash;
      after = row.id;
    }
    if (rows.length < 1000) break;
  }
  const [unexplained] = emptied;
  return unexplained === undefined ? null : { id: unexplained, problem: "emptied" };
}

/** The action of the entry that says which entries an erasure emptied. */
const ERASED = "contact-erased";

function namedAsEmptied({ action, after }: AuditEntry): bigint[] {
  if (action !== ERASED || typeof after !== "object" || after === null || !("emptied" in after)) return [];
  const { emptied } = after;
  return Array.isArray(emptied) ? emptied.map((id) => BigInt(String(id))) : [];
}

export interface Redacted {
  readonly contactId: string;
  /** Taken out wherever they stand: names and addresses. */
  readonly words: readonly string[];
  /** A lone first or last name: only in entries about these. */
  readonly nearWords: readonly string[];
  readonly subjectIds: readonly string[];
}

/**
 * Takes before, after and reason out of the entries that are about a person or by them, or that hold their
 * name or address, for an erasure. Gives their ids: the caller's own entry, of action "contact-erased", must
 * name them as `after.emptied`, or the chain counts as broken.
 */
export async function redactAudit(db: Db, workspaceId: string, at: Date, found: Redacted): Promise<string[]> {
  const holds = (words: readonly string[]) => {
    const [inJson, inText] = [true, false].map((isJson) => words.map((word) => wholeWord(word, isJson)));
    return Prisma.sql`(before::text ~* any(${inJson}) or after::text ~* any(${inJson}) or reason ~* any(${inText}))`;
  };
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    update audit_entry set before = null, after = null, reason = null, "redactedAt" = ${at}
     where "workspaceId" = ${workspaceId}::uuid and "redactedAt" is null
       and (before is not null or after is not null or reason is not null)
       and (("subjectType" = 'contact' and "subjectId" = ${found.contactId})
            or actor = ${`contact:${found.contactId}`}
            or ${holds(found.words)}
            or ("subjectId" = any(${found.subjectIds}) and ${holds(found.nearWords)}))
    returning id`;
  return rows.map(({ id }) => String(id)).sort();
}

async function append(db: Db, entry: NewAuditEntry): Promise<AuditEntry> {
  await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`audit:${entry.workspaceId}`}, 0))`;
  const last = await db.auditEntry.findFirst({
    where: { workspaceId: entry.workspaceId },
    orderBy: { id: "desc" },
    select: { hash: true },
  });
  const prevHash = last?.hash ?? FIRST;
  const kept = {
    workspaceId: entry.workspaceId,
    at: entry.at,
    actor: entry.actor,
    action: entry.action,
    subjectType: entry.subjectType,
    subjectId: entry.subjectId,
    before: plain(entry.before),
    after: plain(entry.after),
    reason: entry.reason ?? null,
  };
  return db.auditEntry.create({
    data: {
      ...kept,
      before: kept.before ?? Prisma.DbNull,
      after: kept.after ?? Prisma.DbNull,
      prevHash,
      hash: hashOf(prevHash, kept),
    },
  });
}

interface Hashed extends Omit<AuditEntry, "id" | "prevHash" | "hash" | "before" | "after" | "redactedAt"> {
  readonly before: unknown;
  readonly after: unknown;
}

function hashOf(prevHash: string, entry: Hashed): string {
  const parts = [
    prevHash,
    entry.workspaceId,
    entry.at.toISOString(),
    entry.actor,
    entry.action,
    entry.subjectType,
    entry.subjectId,
    sortKeys(entry.before),
    sortKeys(entry.after),
    entry.reason,
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** What JSON keeps of a value; whole numbers beyond JavaScript's own (money) become strings. */
function plain(value: unknown): Prisma.InputJsonValue | null {
  if (value === undefined || value === null) return null;
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "bigint" ? part.toString() : part,
  );
  return text === undefined ? null : (JSON.parse(text) as Prisma.InputJsonValue);
}

/** jsonb does not keep the order of keys, so the hash must not depend on it. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sortKeys(part)]),
  );
}
