/**
 * How many minutes a person spent on a case, and how many they were spared (S0-27).
 *
 * Every figure here is an estimate, and pages say so. Nobody holds a stopwatch: an act that is on record counts
 * with the minutes below, whoever did it and however long it took. They are our own rough guess of an ordinary
 * case; only minutes that a person wrote down themselves are more than that. The two sums are never added up.
 * Work that is of no one case, such as letting mail go that was held for all, is in neither.
 */
export const SPENT_MINUTES = {
  "case-opened": 10,
  "fact-captured": 3,
  "contact-enrolled": 15,
  "question-answered": 10,
  "task-checked": 5,
  "meeting-booked": 5,
  "meeting-held": 45,
  "meeting-missed": 10,
  "one-off-written": 10,
  "sponsor-brief": 15,
  "duty-done": 10,
  "course-changed": 3,
} as const;
export type HumanAct = keyof typeof SPENT_MINUTES;

/** What writing, filling in and sending the same mail by hand would have taken, at the right hour of their day. */
export const AVOIDED_MINUTES = {
  "step-mail": 12,
  "meeting-mail": 5,
  "closing-mail": 10,
} as const;
export type AutomatedAct = keyof typeof AVOIDED_MINUTES;

/** What the store counted of one kind; `minutes` only where a person wrote them down. */
export interface EffortCount {
  readonly act: string;
  readonly count: number;
  readonly minutes: number | null;
}

export interface EffortLine {
  readonly act: HumanAct | AutomatedAct | "written-down";
  readonly count: number;
  /** Minutes of one; null where each entry says its own. */
  readonly each: number | null;
  readonly minutes: number;
}

export interface EffortSum {
  readonly minutes: number;
  readonly lines: readonly EffortLine[];
}

export interface Effort {
  readonly spent: EffortSum;
  readonly avoided: EffortSum;
}

/** Counts of acts as minutes, in the order of the lists above; what was written down comes last. */
export function effortOf(counts: readonly EffortCount[]): Effort {
  const written = counts.find(({ act }) => act === "written-down");
  const byHand: EffortLine[] =
    written === undefined || written.count === 0
      ? []
      : [{ act: "written-down", count: written.count, each: null, minutes: written.minutes ?? 0 }];
  return {
    spent: summed([...linesOf(SPENT_MINUTES, counts), ...byHand]),
    avoided: summed(linesOf(AVOIDED_MINUTES, counts)),
  };
}

function linesOf<Act extends HumanAct | AutomatedAct>(
  defaults: Readonly<Record<Act, number>>,
  counts: readonly EffortCount[],
): EffortLine[] {
  return (Object.keys(defaults) as Act[]).flatMap((act) => {
    const count = counts.find((one) => one.act === act)?.count ?? 0;
    return count === 0 ? [] : [{ act, count, each: defaults[act], minutes: count * defaults[act] }];
  });
}

function summed(lines: readonly EffortLine[]): EffortSum {
  return { minutes: lines.reduce((sum, { minutes }) => sum + minutes, 0), lines };
}

/** One entry is one sitting: more than a day in it is a slip of the finger. */
export const LONGEST_ENTRY_MINUTES = 24 * 60;
