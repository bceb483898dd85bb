import { businessDaysBetween, dateNumber } from "./active-time.ts";
import { openHighObjections, READY_SCORE, type Standing, whyUnreachable } from "./gates.ts";
import type { Verdict } from "./readiness.ts";
import { counted, days, points } from "./words.ts";

/** No own act for longer than this after the first mail is a risk, not slowness (domain.md D5.2, D5.4). */
export const SILENT_DAYS = 12;
const RENEWAL_DAYS = 90;
const OBJECTION_DAYS = 2;
const USAGE_DROP_PERCENT = -30;

export interface Judged extends Standing {
  /** The contact's local date, in days since 1970-01-01. */
  readonly date: number;
  /** All gates pass, or `ready` is held for one more daily evaluation. */
  readonly ready: boolean;
  readonly held: boolean;
}

export interface Decision {
  readonly verdict: Verdict;
  readonly reason: string;
}

type Rule = (judged: Judged) => Decision | null;

/** domain.md D5: the order is the rule. The last one always answers. */
export function decideVerdict(judged: Judged): Decision {
  for (const rule of RULES) {
    const decision = rule(judged);
    if (decision !== null) return decision;
  }
  return { verdict: "warming", reason: "acts are coming in, below the pace expected by today" };
}

const unreachable: Rule = ({ ledger }) => {
  const obstacle = ledger.departed ?? ledger.wrongPerson ?? ledger.hardBounce ?? ledger.complaint;
  return obstacle === null ? null : { verdict: "unreachable", reason: whyUnreachable(ledger) };
};

const atRisk: Rule = (judged) => {
  for (const risk of RISKS) {
    const reason = risk(judged);
    if (reason !== null) return { verdict: "at_risk", reason };
  }
  return null;
};

const ready: Rule = (judged) => {
  if (!judged.ready) return null;
  const reason = judged.held
    ? "a gate fails since today; ready ends if it still fails tomorrow"
    : "all gates pass";
  return { verdict: "ready", reason };
};

const notStarted: Rule = ({ ledger }) =>
  ledger.lastAct === null ? { verdict: "not_started", reason: "no own act yet" } : null;

const stalled: Rule = (judged) =>
  isStalled(judged)
    ? {
        verdict: "stalled",
        reason: `no own act for ${days(silence(judged))}; the limit here is ${judged.track.stallAfterDays}`,
      }
    : null;

const onTrack: Rule = (judged) => {
  const wanted = 0.8 * expectedScore(judged);
  if (judged.score < wanted) return null;
  return {
    verdict: "on_track",
    reason: `${points(judged.score)} points, at least ${points(wanted)} by today`,
  };
};

const RULES: readonly Rule[] = [unreachable, atRisk, ready, notStarted, stalled, onTrack];

/** The score that the track's plan has on this day (D5.6), to the cent. */
export function expectedScore({ track, day }: Pick<Judged, "track" | "day">): number {
  return Math.round(100 * READY_SCORE * Math.min(1, day / track.targetDays)) / 100;
}

/** Active days since the last own act; since enrollment, if there was none. */
export function silence({ ledger, day }: Pick<Judged, "ledger" | "day">): number {
  return day - (ledger.lastAct?.day ?? 0);
}

function isStalled(judged: Judged): boolean {
  return judged.ledger.lastAct !== null && silence(judged) > judged.track.stallAfterDays;
}

type Risk = (judged: Judged) => string | null;

const wantsToReplace: Risk = ({ ledger }) =>
  ledger.intent?.value === "replace" ? "they intend to replace the product" : null;

const reviewsAlone: Risk = ({ ledger }) =>
  ledger.intent?.value === "review_alternatives" && !ledger.facts.sponsorEngaged
    ? "they review alternatives and the sponsor is not engaged"
    : null;

const objectionWaits: Risk = ({ ledger, date }) => {
  const old = openHighObjections(ledger).find(
    (objection) => businessDaysBetween(objection.asked.date, date, ledger.facts.workWeek) > OBJECTION_DAYS,
  );
  return old === undefined
    ? null
    : `a strong objection has been open for more than ${OBJECTION_DAYS} business days`;
};

const neverActed: Risk = ({ ledger, day }) => {
  if (ledger.lastAct !== null || ledger.firstMail === null) return null;
  const since = day - ledger.firstMail.day;
  return since > SILENT_DAYS ? `no own act in ${days(since)} since the first mail` : null;
};

const stalledBeforeRenewal: Risk = (judged) => {
  const renewal = judged.ledger.facts.renewalOn === null ? null : dateNumber(judged.ledger.facts.renewalOn);
  if (renewal === null || judged.ready || !isStalled(judged)) return null;
  const left = renewal - judged.date;
  if (left > RENEWAL_DAYS) return null;
  const when = left < 0 ? "the renewal date has passed" : `renewal in ${counted(left, "day")}`;
  return `no own act for ${days(silence(judged))} and ${when}`;
};

const unsubscribedAlone: Risk = ({ ledger }) =>
  ledger.unsubscribed !== null && !ledger.facts.hasOtherRelationship
    ? "they unsubscribed and we know nobody else there"
    : null;

const mergedAndFading: Risk = ({ ledger }) => {
  const { roleOutcome, usageChangePercent } = ledger.facts;
  const merged = roleOutcome === "merging" || roleOutcome === "merged";
  return merged && usageChangePercent !== null && usageChangePercent <= USAGE_DROP_PERCENT
    ? `the role was merged into another and usage changed by ${usageChangePercent} %`
    : null;
};

const RISKS: readonly Risk[] = [
  wantsToReplace,
  reviewsAlone,
  objectionWaits,
  neverActed,
  stalledBeforeRenewal,
  unsubscribedAlone,
  mergedAndFading,
];
