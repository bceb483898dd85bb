import type {
  CompetitorVersion,
  Prisma,
  PrismaClient,
  Resource,
  SequenceVersion,
} from "./generated/client.ts";

type Db = PrismaClient | Prisma.TransactionClient;

/** The version that new enrollments get: the highest one that is not retired. */
export function findCurrentVersion(
  db: Db,
  workspaceId: string,
  key: string,
): Promise<SequenceVersion | null> {
  return db.sequenceVersion.findFirst({
    where: { workspaceId, key, status: "published" },
    orderBy: { version: "desc" },
  });
}

export function findVersion(db: Db, workspaceId: string, id: string): Promise<SequenceVersion | null> {
  return db.sequenceVersion.findFirst({ where: { workspaceId, id } });
}

/** The current version of every sequence, by key. */
export async function listCurrentVersions(db: Db, workspaceId: string): Promise<SequenceVersion[]> {
  return db.sequenceVersion.findMany({
    where: { workspaceId, status: "published" },
    distinct: ["key"],
    orderBy: [{ key: "asc" }, { version: "desc" }],
  });
}

export function findCurrentCompetitor(
  db: Db,
  workspaceId: string,
  key: string,
): Promise<CompetitorVersion | null> {
  return db.competitorVersion.findFirst({ where: { workspaceId, key }, orderBy: { version: "desc" } });
}

export function listCurrentCompetitors(db: Db, workspaceId: string): Promise<CompetitorVersion[]> {
  return db.competitorVersion.findMany({
    where: { workspaceId },
    distinct: ["key"],
    orderBy: [{ key: "asc" }, { version: "desc" }],
  });
}

export function listResources(db: Db, workspaceId: string): Promise<Resource[]> {
  return db.resource.findMany({ where: { workspaceId, state: "published" }, orderBy: { key: "asc" } });
}

/** Holds the workspace until the transaction ends: versions are numbered by one writer at a time. */
export async function lockWorkspace(db: Db, workspaceId: string): Promise<void> {
  await db.$queryRaw`SELECT id FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
}
