import { isOnLine } from "./look.ts";
import type { Progress } from "./move.ts";
import { authoredDays } from "./schedule.ts";
import type { Sequence, Step } from "./sequence.ts";

/** What becomes of one person's program when their enrollment is put on another version of its sequence. */
export interface VersionMove {
  readonly ok: true;
  /** The planner's memory for the other version. */
  readonly progress: Progress;
  /** What comes next; null when every step of the other version is behind them. */
  readonly next: Pick<Step, "key" | "subject"> | null;
  /** Steps that were still to come and that the other version does not have. */
  readonly dropped: readonly string[];
  /** Steps of the other version that stand before the place where they are: they do not get them. */
  readonly passedOver: readonly string[];
  /** Steps that are new to them and still come. */
  readonly added: readonly string[];
}

export type MoveToVersion = VersionMove | { readonly ok: false; readonly why: string };

/**
 * Finds the place in another version by step keys alone, never by position. What went out or was left out
 * stays behind; what was to come still comes, in the other version's order; a step that is new comes only
 * if it stands after everything that is behind them. Whatever would come a second time, or too late, is noted as left out,
 * so that the planner cannot reach it.
 */
export function moveToVersion(from: Sequence, to: Sequence, progress: Progress): MoveToVersion {
  const done = new Set(progress.done);
  const has = new Set(to.steps.map(({ key }) => key));
  const known = new Map(from.steps.map(({ key }, index) => [key, index]));
  const lost = lostPlace(from, progress, has);
  if (lost !== null) return { ok: false, why: lost };

  const toCome = from.steps.filter(({ key }, index) => index >= progress.position && !done.has(key));
  const ahead = new Set(toCome.map(({ key }) => key));
  const behindAt = to.steps.findLastIndex(({ key }) => done.has(key) || (known.has(key) && !ahead.has(key)));
  const comes = (step: Step, index: number): boolean =>
    ahead.has(step.key) || (!known.has(step.key) && !done.has(step.key) && index > behindAt);
  const first = to.steps.findIndex(comes);
  const position = first === -1 ? to.steps.length : first;
  const passedOver = to.steps.filter((step, index) => !done.has(step.key) && !comes(step, index));
  const out = passedOver.map(({ key }) => key);
  const next = to.steps[position] ?? null;
  const sameNext = next !== null && next.key === toCome[0]?.key;
  return {
    ok: true,
    progress: {
      ...progress,
      position,
      // In front: the last one that is done decides about branches and gates.
      done: [...out, ...progress.done],
      skipped: [...out, ...progress.skipped],
      // How long its gate has held counts only for the step that it held.
      holdingSince: sameNext ? progress.holdingSince : null,
      replannedTo: sameNext ? progress.replannedTo : null,
      ...anchorIn(to, progress),
    },
    next: next === null ? null : { key: next.key, subject: next.subject },
    dropped: toCome.filter(({ key }) => !has.has(key)).map(({ key }) => key),
    passedOver: out,
    added: to.steps.filter((step, index) => comes(step, index) && !known.has(step.key)).map(({ key }) => key),
  };
}

/** Somebody who is under way must be found again by at least one step, or the whole program would begin anew. */
function lostPlace(from: Sequence, progress: Progress, has: ReadonlySet<string>): string | null {
  if (progress.done.length === 0) return null;
  if (progress.done.some((key) => has.has(key)) || from.steps.some(({ key }) => has.has(key))) return null;
  return "The other version has none of the steps they are on, so nobody can say where they stand.";
}

/** The days after the last mail are counted from it: its day as the other version has it. */
function anchorIn(to: Sequence, progress: Progress): Pick<Progress, "anchorAuthored"> {
  const days = authoredDays(to);
  const sent = progress.done.filter((key) => !progress.skipped.includes(key));
  const last = sent.findLast((key) => to.steps.some((step) => step.key === key && isOnLine(step, to)));
  const index = last === undefined ? -1 : to.steps.findIndex(({ key }) => key === last);
  const isLastMail = last !== undefined && progress.lastSentAt !== null;
  return { anchorAuthored: (isLastMail ? days[index] : undefined) ?? progress.anchorAuthored };
}
