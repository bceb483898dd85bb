import { isOnLine } from "./look.ts";
import type { Sequence, Step } from "./sequence.ts";

/** Where a mail stands in its reader's course. */
export interface CoursePlace {
  /** Of the mails that everybody gets, this is the n-th, counted from 1; an extra has the number before it. */
  readonly number: number;
  readonly of: number;
  /** Goes only to readers whose answers call for it, so it is not counted. */
  readonly extra: boolean;
}

/**
 * "Mail 3 of 9", known from the version alone, so the number is the same for every reader. Null where
 * nobody can know it: a sponsor's few mails are no course, a branch leads around some of the mails, and
 * one mail alone needs no number.
 */
export function placeInCourse(sequence: Sequence, step: Step): CoursePlace | null {
  if (sequence.audience !== "contact" || !isOnLine(step, sequence)) return null;
  if (sequence.steps.some(({ branch }) => branch.length > 0)) return null;
  const line = sequence.steps.filter((one) => isOnLine(one, sequence));
  const counted = line.filter(isForEverybody);
  if (counted.length < 2) return null;
  const upTo = line.slice(0, line.findIndex(({ key }) => key === step.key) + 1);
  return {
    number: upTo.filter(isForEverybody).length,
    of: counted.length,
    extra: !isForEverybody(step),
  };
}

const isForEverybody = ({ skipWhen }: Step): boolean => skipWhen.length === 0;
