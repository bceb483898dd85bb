import { activeDayOfDate, pauseAt } from "../calendar/active-days.ts";
import type { Calendar, LocalDate, WallTime } from "../calendar/calendar.ts";
import { addDays, weekdayName } from "../calendar/dates.ts";
import { clampToWindow, clockChangeOn, isSkipped } from "../calendar/window.ts";
import { localDateOf, offsetMinutes, wallTimeOf } from "../calendar/zones.ts";
import { conditionInWords, gateInWords, gateOf } from "./gates.ts";
import { isOnLine, isTask, type Look, lookAt, recipientOf } from "./look.ts";
import type { EnrollmentFacts, Move, Pace } from "./move.ts";
import { nextMove } from "./next-move.ts";
import { startProgress } from "./progress.ts";
import { authoredDays, nominalOf, whyNotFree } from "./schedule.ts";
import type { Condition, Sequence, Step } from "./sequence.ts";
import { holdOverAt } from "./turn.ts";

export interface ProgramStart {
  readonly start: Date;
  readonly calendar: Calendar;
  readonly pace?: Pace;
  /** The product's cadence, if it overrides the track's. */
  readonly cadence?: string | null;
  readonly takenDates?: ReadonlySet<LocalDate>;
  readonly fullDates?: ReadonlySet<LocalDate>;
}

/** What the preview takes for granted besides "every task is done on time, nobody is away". */
export interface Assumptions {
  readonly hasSponsor?: boolean;
  /** Default: only in a sequence for people who come from a competitor. */
  readonly competitorKnown?: boolean;
  /** Shows steps as sent that go only to who asks for them; default false: they are shown as left out. */
  readonly optionalSteps?: boolean;
}

export interface PlannedStep {
  readonly stepKey: string;
  readonly subject: string;
  readonly recipient: "contact" | "sponsor" | "csm";
  readonly kind: "mail" | "csm-task" | "left-out";
  /** The author's day number, and the active day on which it goes. */
  readonly day: number;
  readonly activeDay: number;
  readonly localDate: LocalDate;
  readonly localTime: WallTime;
  readonly weekday: string;
  readonly zone: string;
  /** "+02:00". */
  readonly utcOffset: string;
  /** Instant, ISO UTC. */
  readonly at: string;
  /** Where the calendar moved it from, and why; null when it goes on its own day. */
  readonly moved: { readonly from: LocalDate; readonly why: string } | null;
  /** A clock change since the step before, or a wall time that the clocks jump over. */
  readonly clockChange: string | null;
  /** What it waits for, in words. */
  readonly gate: string;
  /** When it goes instead, if the gate is not met. */
  readonly ifGateNotMet: {
    readonly does: "variant-b" | "reminder" | "skip" | "escalate";
    readonly localDate: LocalDate;
    readonly at: string;
  } | null;
  /** Conditions under which this person does not get it, in words. */
  readonly leftOutWhen: readonly string[];
}

/** Every step takes at most a few looks; more means the sequence cannot be walked. */
const LOOKS_PER_STEP = 20;

/**
 * The whole program as it will go if every task is done on time. It is nextMove itself that walks
 * it, from look to look, over the same steps with their gates open; so the preview cannot say
 * anything the planner would not do.
 */
export function planProgram(
  sequence: Sequence,
  program: ProgramStart,
  assumptions: Assumptions = {},
): PlannedStep[] {
  const walked = walk(sequence, factsOf(sequence, program, assumptions), program.start, assumptions);
  if (walked.ended) return walked.steps;
  throw new Error(`the sequence "${sequence.key}" does not come to an end; run sequences check on it`);
}

/**
 * What is still ahead of a program that runs, if every task is done on time from here on. Empty while
 * nobody can say: it waits for a person, or is paused without an end.
 */
export function planRemaining(sequence: Sequence, facts: EnrollmentFacts, now: Date): PlannedStep[] {
  const pause = pauseAt(now, facts.pauses);
  if (facts.progress.waitingForPerson || (pause !== null && pause.until === null)) return [];
  // The gate that holds at this moment is taken as met, like every other gate ahead.
  const progress = { ...facts.progress, holdingSince: null };
  return walk(sequence, { ...facts, progress }, now, {}).steps;
}

function walk(
  sequence: Sequence,
  start: EnrollmentFacts,
  from: Date,
  assumptions: Assumptions,
): { steps: PlannedStep[]; ended: boolean } {
  const open = withGatesOpen(sequence, assumptions);
  let facts = start;
  let now = from;
  const steps: PlannedStep[] = [];
  for (let looks = sequence.steps.length * LOOKS_PER_STEP; looks > 0; looks--) {
    if (sequence.steps[facts.progress.position] === undefined) return { steps, ended: true };
    const move = nextMove(open, facts, now);
    if (move.kind === "complete" || move.kind === "exit") return { steps, ended: true };
    if (move.kind === "wait") {
      now = move.until;
      facts = { ...facts, progress: move.progress };
      continue;
    }
    const index = passedBy(sequence, facts, move);
    const step = sequence.steps[index];
    if (step !== undefined)
      steps.push(describe(step, index, move, lookAt(sequence, facts, now), steps.at(-1)));
    facts = afterMove(facts, move);
  }
  return { steps, ended: false };
}

/** Index of the step that a move passes; -1 when it only asks a person something. */
function passedBy(sequence: Sequence, facts: EnrollmentFacts, move: Act): number {
  const key =
    move.kind === "csm-task"
      ? move.progress.done.find((done) => !facts.progress.done.includes(done))
      : move.stepKey;
  return sequence.steps.findIndex((step) => step.key === key);
}

/**
 * Gates and branches answered by "done on time": the calendar's part of nextMove is what is left.
 * Of the skips, those stay that are known beforehand: a step that needs the contact to have asked
 * for it, and one that depends on the competitor.
 */
function withGatesOpen(sequence: Sequence, assumptions: Assumptions): Sequence {
  const isKnown = (condition: Condition): boolean =>
    "competitorKnown" in condition || ("eventNotSeen" in condition && assumptions.optionalSteps !== true);
  const steps = sequence.steps.map(({ gate: _, ...step }) => ({
    ...step,
    ungated: true,
    skipWhen: step.skipWhen.filter(isKnown),
    branch: [],
  }));
  return { ...sequence, steps };
}

function factsOf(sequence: Sequence, program: ProgramStart, assumptions: Assumptions): EnrollmentFacts {
  const fromCompetitor = sequence.appliesTo?.replacement.includes("ex_competitor") ?? false;
  return {
    startedAt: program.start.toISOString(),
    pace: program.pace ?? "normal",
    cadence: program.cadence ?? null,
    calendar: program.calendar,
    pauses: [],
    progress: startProgress(),
    events: [],
    verdict: null,
    competitorKnown: assumptions.competitorKnown ?? fromCompetitor,
    takenDates: program.takenDates ?? new Set(),
    fullDates: program.fullDates ?? new Set(),
    hasSponsor: assumptions.hasSponsor ?? true,
    sponsorTakenDates: new Set(),
  };
}

type Act = Extract<Move, { kind: "send" | "csm-task" | "skip" }>;

function afterMove(facts: EnrollmentFacts, move: Act): EnrollmentFacts {
  const after = { ...facts, progress: move.progress };
  if (move.kind !== "send" || move.progress.lastSentAt === facts.progress.lastSentAt) return after;
  return { ...after, takenDates: new Set([...facts.takenDates, move.localDate]) };
}

function describe(
  step: Step,
  index: number,
  move: Act,
  look: Look,
  before: PlannedStep | undefined,
): PlannedStep {
  const { calendar } = look.facts;
  const at = move.kind === "send" ? move.at : look.now;
  const localDate = localDateOf(at, calendar.zone);
  return {
    stepKey: step.key,
    subject: step.subject,
    recipient: recipientOf(step, look.sequence),
    kind: kindOf(step, move),
    day: authoredDays(look.sequence)[index] ?? 0,
    activeDay: activeDayOfDate(localDate, look.count),
    localDate,
    localTime: wallTimeOf(at, calendar.zone),
    weekday: weekdayName(localDate),
    zone: calendar.zone,
    utcOffset: offsetInWords(at, calendar.zone),
    at: at.toISOString(),
    moved: movedFrom(nominalOf(index, look)?.date ?? localDate, localDate, step, look),
    clockChange: clockChange(step, localDate, before?.localDate ?? look.startDate, look),
    gate: gateInWords(step, mailBefore(index, look.sequence), look.sequence),
    ifGateNotMet: ifGateNotMet(step, at, look),
    leftOutWhen: step.skipWhen.map(conditionInWords),
  };
}

function kindOf(step: Step, move: Act): PlannedStep["kind"] {
  if (move.kind === "send") return "mail";
  return move.kind === "csm-task" && !move.progress.skipped.includes(step.key) ? "csm-task" : "left-out";
}

function movedFrom(nominal: LocalDate, date: LocalDate, step: Step, look: Look): PlannedStep["moved"] {
  if (nominal === date) return null;
  const reasons: string[] = [];
  for (let day = nominal; day < date; day = addDays(day, 1)) {
    const why = whyNotFree(day, step, look);
    if (why !== null && !reasons.includes(why)) reasons.push(why);
  }
  if (nominal > date) reasons.push("a service notice goes before the day off, not after");
  return { from: nominal, why: reasons.join("; ") };
}

function clockChange(step: Step, date: LocalDate, before: LocalDate, look: Look): string | null {
  const { window, zone } = look.facts.calendar;
  const wall = clampToWindow(look.sequence.sendAt, window);
  if (!isTask(step, look.sequence) && isSkipped(date, wall, zone)) {
    return `the clocks jump over ${wall} on ${date}; it goes when they have`;
  }
  for (let day = addDays(before, 1); day <= date; day = addDays(day, 1)) {
    const minutes = clockChangeOn(day, zone);
    if (minutes !== 0) {
      return `the clocks go ${minutes > 0 ? "forward" : "back"} ${Math.abs(minutes)} minutes on ${day}; the local time stays`;
    }
  }
  return null;
}

function mailBefore(index: number, sequence: Sequence): Step | null {
  return sequence.steps.slice(0, index).findLast((step) => isOnLine(step, sequence)) ?? null;
}

function ifGateNotMet(step: Step, at: Date, look: Look): PlannedStep["ifGateNotMet"] {
  const gate = gateOf(step, look);
  if (gate === null) return null;
  const over = holdOverAt(at, gate.hold, step, look);
  if (over === null) return null;
  const does = gate.onFail === "variant-b" && step.variantB === undefined ? "reminder" : gate.onFail;
  return { does, localDate: localDateOf(over, look.facts.calendar.zone), at: over.toISOString() };
}

function offsetInWords(at: Date, zone: string): string {
  const minutes = offsetMinutes(at.getTime(), zone);
  const two = (value: number): string => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
