import { type Rates, readRates, weightOf } from "../domain/accounts/money.ts";
import { percentComplete, stepsDone } from "../domain/sequences/percent-complete.ts";
import { daysAtRisk } from "../domain/turnover/learned-when.ts";
import { loadFrames } from "../drivers/store/enrollment-frame.ts";
import { frozenSequence } from "./frozen-sequence.ts";
import { type NeedsYou, rank } from "./needs.ts";
import { loadOpenCases, mainOf, type OpenCase } from "./open-cases.ts";
import type { Db, Parts } from "./parts.ts";
import { pauseNow } from "./pauses.ts";
import { dayOf } from "./person-calendar.ts";
import { fillPlain, readerValues } from "./reader-values.ts";
import { stepKeysOf } from "./step-keys.ts";
import { needRows, withDetails, withSince } from "./week-needs.ts";

export type { NeedsYou } from "./needs.ts";

export interface CaseStrip {
  caseId: string;
  accountId: string;
  accountName: string;
  contactName: string | null;
  status: string;
  severity: number;
  daysAtRisk: number;
  verdict: string | null;
  score: number | null;
  enrollmentId: string | null;
  /** How far the program has come (percent-complete.ts); 0 without one. */
  percent: number;
  stepsDone: number;
  stepsTotal: number;
  paused: boolean;
  csmId: string | null;
  csmName: string | null;
  nextSendAt: Date | null;
  arrMinor: bigint;
  currency: string;
  renewalOn: Date | null;
}
export interface MyWeek {
  /** Ranked by ARR × urgency. */
  needsYou: NeedsYou[];
  /** The worst and most valuable; as many as were asked for. */
  cases: CaseStrip[];
  casesTotal: number;
  /** How many rows wait, also those beyond the limit. */
  needsTotal: number;
  nextSends: {
    sendId: string | null;
    enrollmentId: string;
    caseId: string;
    accountName: string;
    contactName: string;
    stepKey: string;
    subject: string;
    dueAt: Date;
    zone: string;
    paused: boolean;
  }[];
  /** Open cases of accounts that nobody owns, whoever's week it is. */
  unowned: CaseStrip[];
  unownedTotal: number;
}
/** `userId` absent: everybody's. */
export async function myWeek(
  parts: Parts,
  input: { workspaceId: string; userId?: string; limit?: number; mailLimit?: number },
): Promise<MyWeek> {
  const { workspaceId, userId } = input;
  const { db } = parts;
  const now = parts.clock.now();
  const limit = input.limit ?? 50;
  const mine = await loadOpenCases(db, workspaceId, userId);
  const unowned =
    userId === undefined
      ? mine.filter(({ account }) => account.csmId === null)
      : await loadOpenCases(db, workspaceId, null);
  const programs = [...mine, ...unowned].flatMap((turnover) => mainOf(turnover) ?? []);
  const [needs, keys, nextSends, { rankingRates }] = await Promise.all([
    needRows(db, workspaceId, userId, mine, now),
    stepKeysOf(db, workspaceId, programs),
    nextMails(db, workspaceId, mine, { now, limit: input.mailLimit ?? limit }),
    db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { rankingRates: true } }),
  ]);
  const rates = readRates(rankingRates);
  const strips = (cases: readonly OpenCase[]) =>
    worstFirst(cases, rates)
      .slice(0, limit)
      .map((turnover) => strip(turnover, keys, now));
  const shown = rank(needs, now, rates).slice(0, limit);
  return {
    needsYou: await withSince(db, workspaceId, await withDetails(db, workspaceId, shown)),
    needsTotal: needs.length,
    cases: strips(mine),
    casesTotal: mine.length,
    nextSends,
    unowned: strips(unowned),
    unownedTotal: unowned.length,
  };
}

/** What is worst and worth most stands first. Each case is weighed once, not at every comparison. */
function worstFirst(cases: readonly OpenCase[], rates: Rates): OpenCase[] {
  return cases
    .map((turnover) => {
      const { arrMinor, currency } = turnover.account;
      return { turnover, weight: weightOf(arrMinor, currency, rates) };
    })
    .sort((a, b) => b.turnover.severity - a.turnover.severity || b.weight - a.weight)
    .map(({ turnover }) => turnover);
}

function strip(turnover: OpenCase, keys: ReadonlyMap<string, readonly string[]>, now: Date): CaseStrip {
  const { account } = turnover;
  const enrollment = mainOf(turnover);
  const steps =
    enrollment === null
      ? null
      : stepsDone(
          keys.get(enrollment.versionId) ?? [],
          { done: enrollment.doneKeys ?? [], skipped: enrollment.skippedKeys ?? [] },
          enrollment.status === "completed",
        );
  return {
    caseId: turnover.id,
    accountId: account.id,
    accountName: account.name,
    contactName: enrollment?.contact.name ?? null,
    status: turnover.status,
    severity: turnover.severity,
    daysAtRisk: daysAtRisk(
      {
        detectedAt: turnover.detectedAt,
        effectiveOn: turnover.departureEffectiveOn === null ? null : dayOf(turnover.departureEffectiveOn),
        closedAt: turnover.closedAt,
      },
      account.zone,
      now,
    ),
    verdict: enrollment?.verdict ?? null,
    score: enrollment?.score ?? null,
    enrollmentId: enrollment?.id ?? null,
    percent: percentComplete(steps),
    stepsDone: steps?.done ?? 0,
    stepsTotal: steps?.total ?? 0,
    paused: enrollment !== null && (enrollment.status === "paused" || pauseNow(enrollment, now) !== null),
    csmId: account.csmId,
    csmName: account.csm?.name ?? null,
    nextSendAt: enrollment?.dueAt ?? null,
    arrMinor: account.arrMinor,
    currency: account.currency,
    renewalOn: account.renewalOn,
  };
}

/** The soonest mails of these cases, with their subjects as the readers will see them. */
async function nextMails(
  db: Db,
  workspaceId: string,
  cases: readonly OpenCase[],
  { now, limit }: { now: Date; limit: number },
): Promise<MyWeek["nextSends"]> {
  const soonest = cases
    .flatMap(({ account, enrollments }) =>
      enrollments.flatMap((enrollment) =>
        enrollment.dueAt !== null && enrollment.status === "active"
          ? [{ account, enrollment, dueAt: enrollment.dueAt }]
          : [],
      ),
    )
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    .slice(0, limit);
  const frames = await loadFrames(
    db,
    workspaceId,
    soonest.map(({ enrollment }) => enrollment.id),
  );
  const frameOf = new Map(frames.map((frame) => [frame.enrollment.id, frame]));
  return soonest.flatMap(({ account, enrollment, dueAt }) => {
    const frame = frameOf.get(enrollment.id);
    const step = frame && frozenSequence(frame.version).steps[enrollment.position];
    if (frame === undefined || step === undefined) return [];
    return [
      {
        sendId: null,
        enrollmentId: enrollment.id,
        caseId: enrollment.caseId,
        accountName: account.name,
        contactName: enrollment.contact.name,
        stepKey: step.key,
        subject: fillPlain(step.subject, readerValues(frame)),
        dueAt,
        zone: enrollment.zone,
        paused: pauseNow(enrollment, now) !== null,
      },
    ];
  });
}
