import { createHash } from "node:crypto";
import { lintSequence } from "../domain/sequences/lint.ts";
import { lintCompetitor } from "../domain/sequences/lint-competitor.ts";
import type { LintContext } from "../domain/sequences/lint-report.ts";
import type { Problem } from "../domain/sequences/problem.ts";
import { readCompetitor, readSequence } from "../domain/sequences/read-sequence.ts";
import type { Competitor, Sequence } from "../domain/sequences/sequence.ts";
import { sequenceLinks } from "../domain/sequences/step-links.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { listCurrentCompetitors, listCurrentVersions, lockWorkspace } from "../drivers/store/versions.ts";
import type { Actor } from "./actor.ts";
import { frozenCompetitor, frozenSequence } from "./frozen-sequence.ts";
import type { Db, Parts } from "./parts.ts";
import { transact } from "./transact.ts";

export interface PublishInput {
  workspaceId: string;
  /** `name` is shown in messages; a file whose path contains `competitors/` is a competitor file. */
  files: { name: string; source: string }[];
  actor: Actor;
  reason?: string;
}
export interface FileProblem {
  file: string;
  line: number | null;
  column: number | null;
  message: string;
  remedy: string;
}
export interface PublishReport {
  published: { kind: "sequence" | "competitor"; key: string; version: number; versionId: string }[];
  /** The source is byte for byte what is already published. */
  unchanged: { kind: "sequence" | "competitor"; key: string; version: number }[];
  /** Not published; the version that runs is left alone. */
  refused: { file: string; problems: FileProblem[] }[];
}

/**
 * Publishes each file that is good as a new frozen version. A broken file leaves what runs alone. Files are
 * checked together with what is published: a sequence may name a sponsor's brief that came earlier.
 */
export async function publishSequences(parts: Parts, input: PublishInput): Promise<PublishReport> {
  const report: PublishReport = { published: [], unchanged: [], refused: [] };
  const context = await lintContext(parts.db, input);
  const today = parts.clock.now().toISOString().slice(0, 10);
  for (const file of input.files) {
    const read = readFile(file, context, today);
    if (read.entry === null) refuseFile(report, file.name, read.problems);
    else await publishOne(parts, input, report, read.entry);
  }
  return report;
}

function readFile(
  file: { name: string; source: string },
  context: LintContext,
  today: string,
): { entry: Entry | null; problems: readonly Problem[] } {
  if (isCompetitorFile(file.name)) {
    const read = readCompetitor(file.source, file.name);
    if (!read.ok) return { entry: null, problems: read.problems };
    const problems = errorsOf(lintCompetitor(read.competitor, read.positions, today));
    return { entry: problems.length === 0 ? competitorEntry(read.competitor, file.source) : null, problems };
  }
  const read = readSequence(file.source, file.name);
  if (!read.ok) return { entry: null, problems: read.problems };
  const problems = errorsOf(lintSequence(read.sequence, read.positions, context));
  return { entry: problems.length === 0 ? sequenceEntry(read.sequence, file.source) : null, problems };
}

/** A warning is worth reading and stops nothing. */
function errorsOf(problems: readonly Problem[]): Problem[] {
  return problems.filter((problem) => problem.severity === "error");
}

/** What the files may name: each other, and what is published under keys they do not replace. */
export async function lintContext(
  db: Db,
  input: Pick<PublishInput, "workspaceId" | "files">,
): Promise<LintContext> {
  const sequences: Sequence[] = [];
  const competitors: Competitor[] = [];
  for (const { name, source } of input.files) {
    if (isCompetitorFile(name)) {
      const read = readCompetitor(source, name);
      if (read.ok) competitors.push(read.competitor);
    } else {
      const read = readSequence(source, name);
      if (read.ok) sequences.push(read.sequence);
    }
  }
  for (const version of await listCurrentVersions(db, input.workspaceId)) {
    if (!sequences.some(({ key }) => key === version.key)) sequences.push(frozenSequence(version));
  }
  for (const version of await listCurrentCompetitors(db, input.workspaceId)) {
    if (!competitors.some(({ key }) => key === version.key)) competitors.push(frozenCompetitor(version));
  }
  return { sequences, competitors };
}

function isCompetitorFile(name: string): boolean {
  return /(^|[/\\])competitors[/\\]/.test(name);
}

function refuseFile(report: PublishReport, file: string, problems: readonly Problem[]): void {
  report.refused.push({
    file,
    problems: problems.map(({ line, column, message, remedy }) => ({ file, line, column, message, remedy })),
  });
}

interface Entry {
  kind: "sequence" | "competitor";
  key: string;
  sourceHash: string;
  findSame(db: Db, workspaceId: string): Promise<{ version: number } | null>;
  findLast(db: Db, workspaceId: string): Promise<{ version: number } | null>;
  write(
    db: Db,
    frame: { workspaceId: string; version: number; at: Date; input: PublishInput },
  ): Promise<string>;
}

async function publishOne(
  parts: Parts,
  input: PublishInput,
  report: PublishReport,
  entry: Entry,
): Promise<void> {
  const { workspaceId, actor, reason } = input;
  const { kind, key } = entry;
  await transact(parts, async (tx) => {
    await lockWorkspace(tx, workspaceId);
    const last = await entry.findLast(tx, workspaceId);
    const same = await entry.findSame(tx, workspaceId);
    if (same !== null) {
      report.unchanged.push({ kind, key, version: same.version });
      return;
    }
    const version = (last?.version ?? 0) + 1;
    const at = parts.clock.now();
    const versionId = await entry.write(tx, { workspaceId, version, at, input });
    report.published.push({ kind, key, version, versionId });
    await recordAudit(tx, {
      workspaceId,
      at,
      actor,
      action: `${kind}-published`,
      subjectType: kind,
      subjectId: key,
      before: last === null ? null : { version: last.version },
      after: { version, sourceHash: entry.sourceHash },
      reason: reason ?? null,
    });
  });
}

function sequenceEntry(sequence: Sequence, source: string): Entry {
  const { key } = sequence;
  const sourceHash = hashOf(source);
  return {
    kind: "sequence",
    key,
    sourceHash,
    findSame: (db, workspaceId) =>
      db.sequenceVersion.findUnique({
        where: { workspaceId_key_sourceHash: { workspaceId, key, sourceHash } },
      }),
    findLast: (db, workspaceId) =>
      db.sequenceVersion.findFirst({ where: { workspaceId, key }, orderBy: { version: "desc" } }),
    async write(db, { workspaceId, version, at, input }) {
      const row = await db.sequenceVersion.create({
        data: {
          workspaceId,
          key,
          version,
          name: sequence.name,
          audience: sequence.audience,
          sourceHash,
          source,
          definition: sequence as unknown as object,
          publishedAt: at,
          publishedBy: input.actor,
          reason: sequence.noSponsorReason ?? input.reason ?? null,
        },
      });
      await db.link.createMany({
        data: sequenceLinks(sequence).map((link) => ({ ...link, workspaceId, versionId: row.id })),
      });
      await keepResources(db, workspaceId, sequence);
      return row.id;
    },
  };
}

function competitorEntry(competitor: Competitor, source: string): Entry {
  const { key, name } = competitor;
  const sourceHash = hashOf(source);
  return {
    kind: "competitor",
    key,
    sourceHash,
    findSame: (db, workspaceId) =>
      db.competitorVersion.findUnique({
        where: { workspaceId_key_sourceHash: { workspaceId, key, sourceHash } },
      }),
    findLast: (db, workspaceId) =>
      db.competitorVersion.findFirst({ where: { workspaceId, key }, orderBy: { version: "desc" } }),
    async write(db, { workspaceId, version, at }) {
      const data = { workspaceId, key, version, name, sourceHash, publishedAt: at };
      const row = await db.competitorVersion.create({
        data: { ...data, definition: competitor as unknown as object },
      });
      return row.id;
    },
  };
}

/** The bank that the question box suggests from: what the published steps already offer (S0-28, S0-37). */
async function keepResources(db: Db, workspaceId: string, sequence: Sequence): Promise<void> {
  const blocks = sequence.steps.flatMap((step) => [...step.blocks, ...(step.variantB?.blocks ?? [])]);
  for (const block of blocks) {
    if (block.type !== "resource") continue;
    const { key, title, minutes } = block;
    const data = {
      title,
      minutes,
      kind: block.kind.replaceAll("-", "_"),
      url: block.url ?? null,
      body: block.body ?? null,
      language: sequence.language,
    };
    await db.resource.upsert({
      where: { workspaceId_key: { workspaceId, key } },
      create: { ...data, workspaceId, key, topics: [] },
      update: data,
    });
  }
}

function hashOf(source: string): string {
  return createHash("sha256").update(source).digest("hex");
}
