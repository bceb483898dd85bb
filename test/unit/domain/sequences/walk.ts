import type { Calendar, LocalDate } from "../../../../src/domain/calendar/calendar.ts";
import { localDateOf } from "../../../../src/domain/calendar/zones.ts";
import type { EngagementEvent } from "../../../../src/domain/engagement/events.ts";
import type { EnrollmentFacts, Move } from "../../../../src/domain/sequences/move.ts";
import { nextMove } from "../../../../src/domain/sequences/next-move.ts";
import { startProgress } from "../../../../src/domain/sequences/progress.ts";
import { Sequence, type Step } from "../../../../src/domain/sequences/sequence.ts";
import { calendarIn } from "../calendar/zones-twelve.ts";

type StepInput = Partial<Omit<Step, "blocks">> & { key: string };

/** A mail with one must-task, `<key>-task`. */
export function mail(key: string, day?: number, more: Partial<StepInput> = {}): unknown {
  const task = { type: "task", key: `${key}-task`, text: "Do it", minutes: 5, must: true };
  return {
    key,
    ...(day === undefined ? {} : { day }),
    subject: key,
    opening: "Hello",
    blocks: [task],
    ...more,
  };
}

export function variantB(key: string): NonNullable<Step["variantB"]> {
  const task = { type: "task", key: `${key}-small`, text: "Do a little", minutes: 2, must: true };
  return { subject: "Smaller", opening: "Hello again", blocks: [task] } as unknown as NonNullable<
    Step["variantB"]
  >;
}

export function sequenceOf(steps: readonly unknown[], more: Record<string, unknown> = {}): Sequence {
  return Sequence.parse({
    key: "course",
    name: "Course",
    audience: "contact",
    description: "A course",
    goal: "Ready",
    lengthDays: 14,
    steps,
    ...more,
  });
}

/** The days of domain.md C1. */
export const internalDays = [0, 2, 4, 6, 8, 10];
export const internal = (more: Record<string, unknown> = {}): Sequence =>
  sequenceOf(
    internalDays.map((day) => mail(`d${day}`, day)),
    more,
  );

export function factsOf(startedAt: string, more: Partial<EnrollmentFacts> = {}): EnrollmentFacts {
  return {
    startedAt,
    pace: "normal",
    cadence: null,
    calendar: calendarIn("Europe/Oslo"),
    pauses: [],
    progress: startProgress(),
    events: [],
    verdict: null,
    competitorKnown: true,
    takenDates: new Set(),
    fullDates: new Set(),
    hasSponsor: true,
    ...more,
  };
}

let eventCount = 0;
type EventInput = EngagementEvent extends infer E
  ? E extends EngagementEvent
    ? Omit<E, "id" | "evidence" | "at">
    : never
  : never;

export function event(
  at: string,
  kind: EventInput,
  evidence: EngagementEvent["evidence"] = "strong",
): EngagementEvent {
  eventCount += 1;
  return { id: `e${eventCount}`, at, evidence, ...kind } as EngagementEvent;
}

export const done = (task: string, at: string): EngagementEvent =>
  event(at, { kind: "task-done", task, evidenceText: "here" });

export interface Line {
  at: Date;
  move: Move;
}

export interface Walk {
  lines: Line[];
  sends: Extract<Move, { kind: "send" }>[];
  facts: EnrollmentFacts;
  end: Move["kind"];
}

interface WalkOptions {
  /** What happens because of a move: the events of a contact. */
  react?: (move: Move, now: Date, facts: EnrollmentFacts) => EngagementEvent[];
  /** The worker looks this much later than it should. */
  lateBy?: (look: number, due: Date) => number;
  /** The walk is over after this many looks. */
  looks?: number;
  until?: Date;
}

/** A planner that looks exactly when it was told to, or at the contact's next act, whichever is earlier. */
export function walk(sequence: Sequence, start: EnrollmentFacts, options: WalkOptions = {}): Walk {
  let facts = start;
  let now = new Date(start.startedAt);
  const lines: Line[] = [];
  for (let look = 0; look < (options.looks ?? 600); look++) {
    if (options.until && now > options.until) return ending(lines, facts, "wait");
    const move = nextMove(sequence, facts, now);
    lines.push({ at: now, move });
    if (move.kind === "complete" || move.kind === "exit") return ending(lines, facts, move.kind);
    facts = { ...facts, progress: move.progress };
    if (move.kind === "send") {
      facts = {
        ...facts,
        takenDates: new Set([...facts.takenDates, move.localDate]),
        events: [
          ...facts.events,
          event(move.at.toISOString(), { kind: "mail-submitted", stepKey: move.stepKey }, "system"),
        ],
      };
    }
    facts = { ...facts, events: [...facts.events, ...(options.react?.(move, now, facts) ?? [])] };
    const due = move.kind === "wait" ? move.until : move.nextDueAt;
    if (due === null) return ending(lines, facts, "wait");
    const acts = facts.events.map(({ at }) => Date.parse(at)).filter((at) => at > now.getTime());
    const next = Math.min(due.getTime(), ...acts);
    now = new Date(next + (next === due.getTime() ? (options.lateBy?.(look, due) ?? 0) : 0));
  }
  throw new Error("the walk did not end");
}

function ending(lines: Line[], facts: EnrollmentFacts, end: Move["kind"]): Walk {
  return { lines, facts, end, sends: lines.flatMap(({ move }) => (move.kind === "send" ? [move] : [])) };
}

/** Does every task of a mail `hours` after it went out. */
export const diligent =
  (hours = 2) =>
  (move: Move): EngagementEvent[] =>
    move.kind === "send"
      ? [done(`${move.stepKey}-task`, new Date(move.at.getTime() + hours * 3_600_000).toISOString())]
      : [];

export const datesOf = (result: Walk): LocalDate[] => result.sends.map(({ localDate }) => localDate);

export function sendsOnDate(result: Walk, calendar: Calendar): Map<LocalDate, number> {
  const counts = new Map<LocalDate, number>();
  for (const { at } of result.sends) {
    const date = localDateOf(at, calendar.zone);
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return counts;
}
