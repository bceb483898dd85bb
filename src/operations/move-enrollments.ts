import { type MoveToVersion, moveToVersion } from "../domain/sequences/move-to-version.ts";
import { readProgress } from "../domain/sequences/progress.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import { lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import type { Prisma, SequenceVersion } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import { programOf } from "./frozen-sequence.ts";
import type { Db, Parts } from "./parts.ts";
import { type Refusal, type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

export interface MoveInput {
  workspaceId: string;
  sequenceKey: string;
  /** The version they are put on. */
  version: number;
  enrollmentIds: readonly string[];
}

/** Somebody on the program, and what the move would do or did. */
export interface PersonMove {
  enrollmentId: string;
  caseId: string;
  contactName: string;
  accountName: string;
  fromVersion: number;
  outcome: MoveToVersion;
}

const ALIVE = ["pending", "active", "paused", "blocked"];
/** More at once is a mistake more often than a wish, and each is one transaction. */
const MOVED_AT_ONCE = 200;

/** What would happen to each of them. Reads only; `moveEnrollments` decides anew for itself. */
export async function previewMoves(
  parts: Parts,
  input: MoveInput,
): Promise<Result<{ people: PersonMove[] }>> {
  const target = await targetOf(parts.db, input);
  if (!target.ok) return target;
  const rows = await peopleOf(parts.db, input);
  return {
    ok: true,
    people: rows.map((row) => ({
      ...described(row),
      outcome: outcomeOf(row, row.version, target.version, programOf(target.version, row)),
    })),
  };
}

/**
 * Puts people on another version of the sequence they are on, each alone in a transaction: who cannot be
 * moved is told why and the rest moves. Nothing goes out by it, and nothing goes out twice: the place is
 * found by step keys, and a step's send is unique per enrollment whatever the version.
 */
export async function moveEnrollments(
  parts: Parts,
  input: MoveInput & { actor: Actor; reason: string },
): Promise<Result<{ people: PersonMove[] }>> {
  if (input.reason.trim() === "")
    return refuse("no-reason", "reason", "A move needs a reason.", "Say in a sentence why they are moved.");
  const target = await targetOf(parts.db, input);
  if (!target.ok) return target;
  const people: PersonMove[] = [];
  for (const row of await peopleOf(parts.db, input)) {
    const outcome = await transact(parts, (tx) => moveOne(tx, parts, input, row.id, target.version));
    people.push({ ...described(row), outcome });
  }
  const moved = people.filter(({ outcome }) => outcome.ok).map(({ enrollmentId }) => enrollmentId);
  if (moved.length > 0) {
    await parts.waker.enrollmentsDue();
    await parts.waker.readinessChanged(moved);
  }
  return { ok: true, people };
}

async function moveOne(
  tx: Db,
  parts: Parts,
  input: MoveInput & { actor: Actor; reason: string },
  enrollmentId: string,
  target: SequenceVersion,
): Promise<MoveToVersion> {
  const { workspaceId, actor, reason } = input;
  const enrollment = await lockEnrollment(tx, workspaceId, enrollmentId);
  if (enrollment === null) return { ok: false, why: "They are not on this program any more." };
  const from = await tx.sequenceVersion.findFirstOrThrow({
    where: { workspaceId, id: enrollment.versionId },
  });
  const to = programOf(target, enrollment);
  const outcome = outcomeOf(enrollment, from, target, to);
  if (!outcome.ok) return outcome;
  const now = parts.clock.now();
  await tx.enrollment.update({
    where: { id: enrollmentId },
    data: {
      versionId: target.id,
      progress: outcome.progress as unknown as Prisma.InputJsonValue,
      position: outcome.progress.position,
      // The planner looks at once and waits for the day by itself; what was not scheduled stays so.
      ...(enrollment.dueAt === null ? {} : { dueAt: now }),
      assessDueAt: now,
    },
  });
  await settleSends(tx, { workspaceId, enrollmentId, version: target.version, to, now });
  await recordAudit(tx, {
    workspaceId,
    at: now,
    actor,
    action: "enrollment-moved",
    subjectType: "enrollment",
    subjectId: enrollmentId,
    before: { version: from.version, position: enrollment.position },
    after: { version: target.version, next: outcome.next?.key ?? null, dropped: outcome.dropped },
    reason,
  });
  return outcome;
}

/**
 * A mail that was planned and has not left is written from the new version when it goes. If that has no such
 * step the mail is not owed any more; if it has no variant B, the ordinary mail goes.
 */
async function settleSends(
  tx: Db,
  move: { workspaceId: string; enrollmentId: string; version: number; to: Sequence; now: Date },
): Promise<void> {
  const { workspaceId, enrollmentId, version, to, now } = move;
  const waiting = { workspaceId, enrollmentId, kind: "step", status: { in: ["planned", "deferred"] } };
  await tx.send.updateMany({
    where: { ...waiting, stepKey: { notIn: to.steps.map(({ key }) => key) } },
    data: { status: "skipped", reason: `Version ${version} has no such step.`, endedAt: now },
  });
  const plain = to.steps.filter(({ variantB }) => variantB === undefined).map(({ key }) => key);
  await tx.send.updateMany({
    where: { ...waiting, variant: "b", stepKey: { in: plain } },
    data: { variant: "a" },
  });
}

function outcomeOf(
  enrollment: { status: string; progress: unknown; versionId: string; policy: string },
  from: SequenceVersion,
  target: SequenceVersion,
  to: Sequence,
): MoveToVersion {
  if (!ALIVE.includes(enrollment.status)) return { ok: false, why: "Their program has ended." };
  if (enrollment.versionId === target.id)
    return { ok: false, why: `They are on version ${target.version} already.` };
  if (from.key !== target.key) return { ok: false, why: "They are on another program." };
  return moveToVersion(programOf(from, enrollment), to, readProgress(enrollment.progress));
}

async function targetOf(db: Db, input: MoveInput): Promise<Result<{ version: SequenceVersion }>> {
  const { workspaceId, sequenceKey: key, version, enrollmentIds } = input;
  const row = await db.sequenceVersion.findFirst({
    where: { workspaceId, key, version, status: "published" },
  });
  if (row === null)
    return refuse("unknown-version", "version", "There is no such version.", "Choose one of those shown.");
  const problem = countProblem(enrollmentIds.length);
  return problem === null ? { ok: true, version: row } : { ok: false, problem };
}

function countProblem(count: number): Refusal | null {
  if (count === 0)
    return {
      code: "nobody",
      place: "person",
      message: "Nobody is chosen.",
      remedy: "Tick at least one person.",
    };
  if (count <= MOVED_AT_ONCE) return null;
  return {
    code: "too-many",
    place: "person",
    message: `At most ${MOVED_AT_ONCE} people are moved at once.`,
    remedy: "Move them in parts, so that you can look in between.",
  };
}

function peopleOf(db: Db, { workspaceId, sequenceKey, enrollmentIds }: MoveInput) {
  return db.enrollment.findMany({
    where: { workspaceId, id: { in: [...enrollmentIds] }, version: { key: sequenceKey } },
    include: { contact: true, account: true, version: true },
    orderBy: { id: "asc" },
  });
}

function described(row: Awaited<ReturnType<typeof peopleOf>>[number]): Omit<PersonMove, "outcome"> {
  return {
    enrollmentId: row.id,
    caseId: row.caseId,
    contactName: row.contact.name,
    accountName: row.account.name,
    fromVersion: row.version.version,
  };
}
