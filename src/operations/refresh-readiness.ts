import { localDateOf } from "../domain/calendar/zones.ts";
import type { EngagementEvent } from "../domain/engagement/events.ts";
import { assessReadiness, readinessHash } from "../domain/readiness/assess-readiness.ts";
import type { Readiness, Verdict } from "../domain/readiness/readiness.ts";
import { readinessTrack } from "../domain/readiness/track.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import { lockEnrollment } from "../drivers/store/enrollment-frame.ts";
import { loadLog } from "../drivers/store/events.ts";
import type { Enrollment } from "../drivers/store/generated/client.ts";
import { findVersion } from "../drivers/store/versions.ts";
import { askAboutEscalation } from "./ask-about-escalation.ts";
import { programOf } from "./frozen-sequence.ts";
import { nextAssessmentAt } from "./next-assessment.ts";
import type { Db, Parts } from "./parts.ts";
import { dateColumn } from "./person-calendar.ts";
import { signalCsm } from "./signal-csm.ts";
import { transact } from "./transact.ts";

export interface RefreshInput {
  workspaceId: string;
  enrollmentId: string;
  cause: "daily" | "act" | "recompute";
  at?: Date;
}
export interface Refreshed {
  /** Null: this enrollment has no readiness (a sponsor's, or ended). */
  readiness: Readiness | null;
  assessmentId: string | null;
  changedFrom: Verdict | null;
  signalled: boolean;
}

const NOTHING: Refreshed = { readiness: null, assessmentId: null, changedFrom: null, signalled: false };

/** Assesses from the log alone, stores when daily or changed, signals once when the verdict changes. */
export async function refreshReadiness(parts: Parts, input: RefreshInput): Promise<Refreshed> {
  const { refreshed, sendIds, webhooks } = await transact(parts, (tx) => refresh(tx, parts, input));
  // Wake-ups after the commit: a worker that is faster than us would find no row.
  if (sendIds.length > 0) await parts.waker.sendsPlanned(sendIds);
  if (webhooks) await parts.waker.webhooksPlanned();
  return refreshed;
}

interface Refreshing {
  refreshed: Refreshed;
  sendIds: string[];
  webhooks: boolean;
}

async function refresh(tx: Db, parts: Parts, input: RefreshInput): Promise<Refreshing> {
  const { workspaceId, enrollmentId, cause } = input;
  const nothing: Refreshing = { refreshed: NOTHING, sendIds: [], webhooks: false };
  // Two refreshes at once would both see the old verdict and signal twice.
  const enrollment = await lockEnrollment(tx, workspaceId, enrollmentId);
  if (enrollment === null || enrollment.audience !== "contact") return nothing;
  const at = input.at ?? parts.clock.now();
  if (at < enrollment.startedAt) {
    await scheduleNext(tx, enrollment, enrollment.startedAt);
    return nothing;
  }
  const readiness = await assess(tx, enrollment, at);
  if (readiness === null) {
    // Its sequence makes nobody ready: there is no day on which to look again.
    if (cause === "daily") {
      await tx.enrollment.update({ where: { id: enrollmentId }, data: { assessDueAt: null } });
    }
    return nothing;
  }

  const hash = readinessHash(readiness);
  const last = await tx.readinessAssessment.findFirst({
    where: { workspaceId, enrollmentId },
    orderBy: { at: "desc" },
  });
  const isNew = cause === "daily" || last === null || differs(last.result as unknown as Readiness, readiness);
  const assessmentId = isNew ? await keep(tx, enrollment, readiness, hash, input, at) : null;
  await tx.enrollment.update({
    where: { id: enrollmentId },
    data: {
      verdict: readiness.verdict,
      score: readiness.score,
      meetingReady: readiness.meetingReady,
      ...(isEnded(enrollment) ? { assessDueAt: null } : {}),
    },
  });
  if (!isEnded(enrollment) && (cause === "daily" || enrollment.assessDueAt === null)) {
    await scheduleNext(tx, enrollment, at);
  }
  if (!isEnded(enrollment) && cause === "daily") await askAboutEscalation(tx, enrollment, readiness, at);

  const from = (enrollment.verdict ?? "not_started") as Verdict;
  if (from === readiness.verdict) {
    return {
      refreshed: { readiness, assessmentId, changedFrom: null, signalled: false },
      sendIds: [],
      webhooks: false,
    };
  }
  const signal = await signalCsm(tx, parts, {
    workspaceId,
    enrollmentId,
    kind: "verdict_changed",
    fromVerdict: from,
    toVerdict: readiness.verdict,
    assessmentId,
    dedupeKey: `verdict.${assessmentId ?? readiness.at}.${readiness.verdict}`,
    at,
    readiness,
  });
  return {
    refreshed: { readiness, assessmentId, changedFrom: from, signalled: signal !== null },
    sendIds: signal?.sendId ? [signal.sendId] : [],
    webhooks: (signal?.deliveryIds.length ?? 0) > 0,
  };
}

/** The pure answer for one enrollment; null when its sequence makes nobody ready. */
export async function assess(db: Db, enrollment: Enrollment, at: Date): Promise<Readiness | null> {
  const version = await findVersion(db, enrollment.workspaceId, enrollment.versionId);
  if (version === null) return null;
  const sequence = programOf(version, enrollment);
  if (readinessTrack(sequence) === null) return null;
  return assessLog(sequence, await loadLog(db, enrollment.workspaceId, enrollment.id), at);
}

/** The same, where a page has the program and the log at hand. */
export function assessLog(sequence: Sequence, log: readonly EngagementEvent[], at: Date): Readiness | null {
  const track = readinessTrack(sequence);
  return track === null ? null : assessReadiness(track, log, at);
}

/** Another instant with the same answer is no news between two daily rows. */
function differs(before: Readiness, after: Readiness): boolean {
  return readinessHash({ ...before, at: "" }) !== readinessHash({ ...after, at: "" });
}

async function keep(
  tx: Db,
  enrollment: Enrollment,
  readiness: Readiness,
  resultHash: string,
  input: RefreshInput,
  at: Date,
): Promise<string> {
  const data = {
    cause: input.cause,
    localDate: dateColumn(localDateOf(at, enrollment.zone)),
    activeDay: readiness.activeDay,
    score: readiness.score,
    verdict: readiness.verdict,
    meetingReady: readiness.meetingReady,
    confidence: readiness.confidence,
    result: readiness as unknown as object,
    resultHash,
    modelVersion: readiness.modelVersion,
  };
  const { workspaceId, id: enrollmentId } = enrollment;
  // Two acts within one instant of the clock: the later one has seen both.
  const row = await tx.readinessAssessment.upsert({
    where: { enrollmentId_at: { enrollmentId, at } },
    create: { workspaceId, enrollmentId, at, ...data },
    update: data,
    select: { id: true },
  });
  return row.id;
}

function isEnded(enrollment: Enrollment): boolean {
  return enrollment.status === "exited" || enrollment.status === "failed";
}

async function scheduleNext(tx: Db, enrollment: Enrollment, after: Date): Promise<void> {
  await tx.enrollment.update({
    where: { id: enrollment.id },
    data: { assessDueAt: nextAssessmentAt(after, enrollment.zone) },
  });
}
