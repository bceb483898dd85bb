import { moveToVersion } from "../domain/sequences/move-to-version.ts";
import type { Problem } from "../domain/sequences/problem.ts";
import { readProgress } from "../domain/sequences/progress.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import { listOpenDrafts } from "../drivers/store/drafts.ts";
import type {
  CompetitorVersion,
  SequenceDraft,
  SequenceVersion,
  User,
} from "../drivers/store/generated/client.ts";
import { listCurrentCompetitors, listCurrentVersions } from "../drivers/store/versions.ts";
import { checkCompetitor, checkPublished } from "./check-sequence.ts";
import { frozenCompetitor, frozenSequence, programOf } from "./frozen-sequence.ts";
import type { Db, Parts } from "./parts.ts";

/** Whose program is not over. */
const ON_PROGRAM = ["pending", "active", "paused", "blocked"];

export interface StudioHome {
  sequences: {
    version: SequenceVersion;
    sequence: Sequence;
    /** On any version of it. */
    people: number;
    problems: readonly Problem[];
  }[];
  competitors: { version: CompetitorVersion; reviewedOn: string; problems: readonly Problem[] }[];
  drafts: { draft: SequenceDraft; author: string }[];
  templates: number;
}

/** What the studio opens with. Reads only. */
export async function studioHome(parts: Parts, workspaceId: string): Promise<StudioHome> {
  const { db } = parts;
  const [versions, competitors, drafts, people, templates] = await Promise.all([
    listCurrentVersions(db, workspaceId),
    listCurrentCompetitors(db, workspaceId),
    listOpenDrafts(db, workspaceId),
    peopleByKey(db, workspaceId),
    db.mailTemplate.count({ where: { workspaceId, retiredAt: null } }),
  ]);
  const problems = checkPublished(versions, competitors);
  const names = await namesOf(
    db,
    workspaceId,
    drafts.map(({ authorId }) => authorId),
  );
  const today = parts.clock.now().toISOString().slice(0, 10);
  return {
    sequences: versions.map((version) => ({
      version,
      sequence: frozenSequence(version),
      people: people.get(version.key) ?? 0,
      problems: problems.get(version.id) ?? [],
    })),
    competitors: competitors.map((version) => ({
      version,
      reviewedOn: frozenCompetitor(version).reviewedOn,
      problems: checkCompetitor(version, today),
    })),
    drafts: drafts.map((draft) => ({ draft, author: names.get(draft.authorId) ?? "Somebody" })),
    templates,
  };
}

/** What the linter says about one version: beside what is published now, since it may run for months. */
export async function problemsOf(parts: Parts, version: SequenceVersion): Promise<readonly Problem[]> {
  const { workspaceId } = version;
  const [versions, competitors] = await Promise.all([
    listCurrentVersions(parts.db, workspaceId),
    listCurrentCompetitors(parts.db, workspaceId),
  ]);
  const others = versions.filter(({ key }) => key !== version.key);
  return checkPublished([version, ...others], competitors).get(version.id) ?? [];
}

export interface VersionWithPeople {
  version: Omit<SequenceVersion, "source" | "definition">;
  people: number;
  publisher: string;
}

/** Every version of one sequence, newest first, with how many people are on it. Empty: there is no such sequence. */
export async function versionsOf(
  { db }: Parts,
  input: { workspaceId: string; key: string },
): Promise<VersionWithPeople[]> {
  const { workspaceId, key } = input;
  const versions = await db.sequenceVersion.findMany({
    where: { workspaceId, key },
    omit: { source: true, definition: true },
    orderBy: { version: "desc" },
  });
  const counts = await db.enrollment.groupBy({
    by: ["versionId"],
    where: { workspaceId, status: { in: ON_PROGRAM }, versionId: { in: versions.map(({ id }) => id) } },
    _count: true,
  });
  const ids = versions.flatMap(({ publishedBy }) => userIdIn(publishedBy) ?? []);
  const names = await namesOf(db, workspaceId, ids);
  return versions.map((version) => ({
    version,
    people: counts.find(({ versionId }) => versionId === version.id)?._count ?? 0,
    publisher: names.get(userIdIn(version.publishedBy) ?? "") ?? spelledActor(version.publishedBy),
  }));
}

export interface PersonOnVersion {
  enrollmentId: string;
  caseId: string;
  contactName: string;
  accountName: string;
  version: number;
  status: string;
  /** The step that comes next on their own version; null when all are behind them. */
  next: string | null;
  done: number;
}

/** Who is on which version of a sequence, by account, a page at a time. */
export async function peopleOn(
  { db }: Parts,
  input: { workspaceId: string; key: string; version?: number; skip: number; take: number },
): Promise<{ people: PersonOnVersion[]; total: number }> {
  const { workspaceId, key, version, skip, take } = input;
  const where = {
    workspaceId,
    status: { in: ON_PROGRAM },
    version: { key, ...(version === undefined ? {} : { version }) },
  };
  const [rows, total] = await Promise.all([
    db.enrollment.findMany({
      where,
      select: {
        id: true,
        caseId: true,
        status: true,
        progress: true,
        versionId: true,
        policy: true,
        contact: { select: { name: true } },
        account: { select: { name: true } },
      },
      orderBy: [{ account: { name: "asc" } }, { id: "asc" }],
      skip,
      take,
    }),
    db.enrollment.count({ where }),
  ]);
  const versions = await db.sequenceVersion.findMany({
    where: { workspaceId, id: { in: [...new Set(rows.map(({ versionId }) => versionId))] } },
    select: { id: true, version: true, definition: true },
  });
  const people = rows.flatMap((row) => {
    const own = versions.find(({ id }) => id === row.versionId);
    if (own === undefined) return [];
    const sequence = programOf(own, row);
    const progress = readProgress(row.progress);
    // Moving somebody to where they are changes nothing, and says what comes next there.
    const place = moveToVersion(sequence, sequence, progress);
    return [
      {
        enrollmentId: row.id,
        caseId: row.caseId,
        contactName: row.contact.name,
        accountName: row.account.name,
        version: own.version,
        status: row.status,
        next: place.ok ? (place.next?.subject ?? null) : null,
        done: progress.done.length - progress.skipped.length,
      },
    ];
  });
  return { people, total };
}

export interface Reader {
  caseId: string;
  contactId: string;
  contactName: string;
  accountName: string;
}

/** Whose values a mail can be looked at with: those who take over in an open case. */
export async function listReaders(
  { db }: Parts,
  input: { workspaceId: string; take: number },
): Promise<Reader[]> {
  const { workspaceId, take } = input;
  const cases = await db.case.findMany({
    where: { workspaceId, status: { not: "closed" }, replacementContactId: { not: null } },
    select: { id: true, replacementContactId: true, account: { select: { name: true } } },
    orderBy: { detectedAt: "desc" },
    take,
  });
  const ids = cases.flatMap(({ replacementContactId }) => replacementContactId ?? []);
  const contacts = await db.contact.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  });
  return cases.flatMap(({ id, replacementContactId, account }) => {
    const contact = contacts.find((one) => one.id === replacementContactId);
    return contact === undefined
      ? []
      : [{ caseId: id, contactId: contact.id, contactName: contact.name, accountName: account.name }];
  });
}

async function peopleByKey(db: Db, workspaceId: string): Promise<Map<string, number>> {
  const counts = await db.enrollment.groupBy({
    by: ["versionId"],
    where: { workspaceId, status: { in: ON_PROGRAM } },
    _count: true,
  });
  const versions = await db.sequenceVersion.findMany({
    where: { workspaceId, id: { in: counts.map(({ versionId }) => versionId) } },
    select: { id: true, key: true },
  });
  const people = new Map<string, number>();
  for (const { id, key } of versions) {
    const count = counts.find(({ versionId }) => versionId === id)?._count ?? 0;
    people.set(key, (people.get(key) ?? 0) + count);
  }
  return people;
}

/** Names of people of the vendor, by id. */
export async function namesOf(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const users: Pick<User, "id" | "name">[] = await db.user.findMany({
    where: { workspaceId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(users.map(({ id, name }) => [id, name]));
}

function userIdIn(actor: string): string | null {
  return actor.startsWith("user:") ? actor.slice("user:".length) : null;
}

function spelledActor(actor: string): string {
  if (actor === "cli") return "the command line";
  return actor.startsWith("token:") ? "the API" : "Baton";
}
