import { type Rates, readRates, weightOf } from "../domain/accounts/money.ts";
import { percentComplete, stepsDone } from "../domain/sequences/percent-complete.ts";
import { daysAtRisk } from "../domain/turnover/learned-when.ts";
import { loadFrames } from "../drivers/store/enrollment-frame.ts";
import {
  type CaseGlance,
  caseGlances,
  type Scope,
  soonestPrograms,
} from "../drivers/store/open-case-glances.ts";
import { programOf } from "./frozen-sequence.ts";
import { type NeedsYou, rank } from "./needs.ts";
import { loadOpenCases, mainOf, type OpenCase } from "./open-cases.ts";
import type { Db, Parts } from "./parts.ts";
import { pauseNow } from "./pauses.ts";
import { dayOf } from "./person-calendar.ts";
import { fillPlain, readerValues } from "./reader-values.ts";
import { type StepKeys, stepKeysOf } from "./step-keys.ts";
import { waitingIn } from "./waiting.ts";
import { tellNeeds } from "./week-needs.ts";

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
export interface MyWeekInput {
  workspaceId: string;
  /** Absent: everybody's. */
  userId?: string;
  /** Rows of the queue that are told; 50 unless said otherwise. */
  limit?: number;
  /** Rows of the queue that were told on the pages before. */
  skip?: number;
  /** Cases, mails and unowned cases; as many as the queue has unless said otherwise. */
  mailLimit?: number;
  caseLimit?: number;
}

/**
 * Two readings: of everything that is open only what decides the order, then in full what is shown. A
 * workspace may have thousands of open cases, and a page shows two dozen of them.
 */
export async function myWeek(parts: Parts, input: MyWeekInput): Promise<MyWeek> {
  const { workspaceId, userId } = input;
  const { db } = parts;
  const now = parts.clock.now();
  const { limit = 50, skip = 0 } = input;
  const caseLimit = input.caseLimit ?? limit;
  const scope = { workspaceId, csmId: userId };
  const open = caseGlances(db, scope);
  const [mine, unowned, waiting, nextSends, { rankingRates }] = await Promise.all([
    open,
    userId === undefined
      ? open.then((glances) => glances.filter(({ owned }) => !owned))
      : caseGlances(db, { workspaceId, csmId: null }),
    waitingIn(db, scope, open, now),
    nextMails(db, scope, { now, limit: input.mailLimit ?? limit }),
    db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { rankingRates: true } }),
  ]);
  const rates = readRates(rankingRates);
  const needs = rank(waiting, now, rates).slice(skip, skip + limit);
  const worst = worstFirst(mine, rates).slice(0, caseLimit);
  const worstUnowned = worstFirst(unowned, rates).slice(0, caseLimit);
  const shown = new Set([
    ...[...worst, ...worstUnowned].map(({ id }) => id),
    ...needs.map(({ caseId }) => caseId),
  ]);
  const read = loadOpenCases(db, workspaceId, [...shown]);
  const [cases, needsYou] = await Promise.all([read, tellNeeds(db, workspaceId, needs, read)]);
  const programs = [...worst, ...worstUnowned].flatMap(({ id }) => mainOf(cases.get(id)) ?? []);
  const keys = await stepKeysOf(db, workspaceId, programs);
  const strips = (glances: readonly CaseGlance[]) =>
    glances.flatMap(({ id }) => {
      const turnover = cases.get(id);
      return turnover === undefined ? [] : [strip(turnover, keys, now)];
    });
  return {
    needsYou,
    needsTotal: waiting.length,
    cases: strips(worst),
    casesTotal: mine.length,
    nextSends,
    unowned: strips(worstUnowned),
    unownedTotal: unowned.length,
  };
}

/** What is worst and worth most stands first. Each case is weighed once, not at every comparison. */
function worstFirst(cases: readonly CaseGlance[], rates: Rates): CaseGlance[] {
  return cases
    .map((glance) => ({ glance, weight: weightOf(glance.arrMinor, glance.currency, rates) }))
    .sort((a, b) => b.glance.severity - a.glance.severity || b.weight - a.weight)
    .map(({ glance }) => glance);
}

function strip(turnover: OpenCase, keys: StepKeys, now: Date): CaseStrip {
  const { account } = turnover;
  const enrollment = mainOf(turnover);
  const steps =
    enrollment === null
      ? null
      : stepsDone(
          keys(enrollment),
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
  scope: Scope,
  { now, limit }: { now: Date; limit: number },
): Promise<MyWeek["nextSends"]> {
  const soonest = await soonestPrograms(db, scope, limit);
  const frames = await loadFrames(db, scope.workspaceId, soonest);
  const frameOf = new Map(frames.map((frame) => [frame.enrollment.id, frame]));
  return soonest.flatMap((id) => {
    const frame = frameOf.get(id);
    if (frame === undefined) return [];
    const { enrollment, account, contact, version } = frame;
    const step = programOf(version, enrollment).steps[enrollment.position];
    if (step === undefined || enrollment.dueAt === null) return [];
    return [
      {
        sendId: null,
        enrollmentId: enrollment.id,
        caseId: enrollment.caseId,
        accountName: account.name,
        contactName: contact.name,
        stepKey: step.key,
        subject: fillPlain(step.subject, readerValues(frame)),
        dueAt: enrollment.dueAt,
        zone: enrollment.zone,
        paused: pauseNow(enrollment, now) !== null,
      },
    ];
  });
}
