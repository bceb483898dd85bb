import type { Pause } from "../../domain/calendar/calendar.ts";
import { nextOpening } from "../../domain/calendar/window.ts";
import type { EngagementEvent } from "../../domain/engagement/events.ts";
import { nextMove } from "../../domain/sequences/next-move.ts";
import type { Persona } from "../personas/persona.ts";
import type { Random } from "../random.ts";
import { meetingWouldNotBeADemo } from "./labels.ts";
import { deliver, deliverNote } from "./reading.ts";
import { CALENDAR, DAY, MINUTE, openWorld, type Program, START, type World } from "./world.ts";

/** What a scorer that believes opens and clicks would use (domain.md D10). */
const NAIVE = { open: 2, click: 5, ready: 50 };
/** A CSM who is told that somebody went silent writes to them, but not for ever. */
const MOST_NUDGES = 2;

export interface SimulatedContact {
  readonly persona: string;
  readonly mails: number;
  /** Day of the first `ready`, and whether a meeting that day would not have been a demo. */
  readonly firstReady: { readonly day: number; readonly right: boolean } | null;
  /** First day on which a meeting would not be a demo; null: never within the horizon. */
  readonly truthDay: number | null;
  readonly naive: { readonly day: number; readonly right: boolean } | null;
  readonly timesReadyLost: number;
  readonly askedToMeet: boolean;
  readonly machineSignals: number;
}

/** One person's pass through a program, mail by mail, planned by the product's own `nextMove`. */
export function simulateContact(program: Program, persona: Persona, random: Random): SimulatedContact {
  const world = openWorld(program, persona, random);
  const horizon = Math.ceil(program.sequence.lengthDays * 1.5) + 7;
  const outcome = new Outcome(world);
  for (let day = 0; day <= horizon; day++) {
    liveDay(world, day);
    outcome.endDay(day);
    nudgeIfSilent(world, day);
  }
  return outcome.summary(persona.name);
}

/** Lets everything happen that is due before the end of this day: the planner looks, people act. */
function liveDay(world: World, day: number): void {
  const end = endOf(day);
  for (;;) {
    const arrival = world.pending[0];
    const look = world.nextLook ?? Number.POSITIVE_INFINITY;
    const next = Math.min(arrival?.known ?? Number.POSITIVE_INFINITY, look);
    if (next >= end) return;
    if (arrival !== undefined && arrival.known <= look) {
      world.pending.shift();
      world.log.push(arrival.event);
      if (isHeard(arrival.event)) hear(world, arrival.event, arrival.known);
      if (arrival.event.kind === "paused" || arrival.event.kind === "resumed")
        notePause(world, arrival.event);
    } else takeLook(world, look);
  }
}

/** Chicago's midnight after the day, in summer time. */
function endOf(day: number): number {
  return Date.UTC(2026, 3, 7, 5) + day * DAY;
}

/** The planner is woken by an act, and looks once for all that a person does in ten minutes. */
function hear(world: World, event: EngagementEvent, known: number): void {
  world.heard.push(event);
  if (world.nextLook === null) return;
  world.nextLook = Math.max(Math.min(world.nextLook, known + 10 * MINUTE), START);
}

/** Machine signals do not move the planner (a property of `nextMove`), so it is spared reading them. */
function isHeard(event: EngagementEvent): boolean {
  return event.evidence === "strong" || event.evidence === "weak" || event.evidence === "system";
}

function notePause(world: World, event: EngagementEvent): void {
  const { pauses } = world.facts;
  const open: Pause = { from: event.at, until: null, reason: "away" };
  const closed = pauses.map((pause) => (pause.until === null ? { ...pause, until: event.at } : pause));
  world.facts = { ...world.facts, pauses: event.kind === "paused" ? [...pauses, open] : closed };
}

function takeLook(world: World, time: number): void {
  const facts = { ...world.facts, events: world.heard, verdict: world.course.verdict() };
  const move = nextMove(world.program.sequence, facts, new Date(time));
  world.facts = { ...world.facts, progress: move.progress };
  switch (move.kind) {
    case "wait":
      world.nextLook = Math.max(move.until.getTime(), time + MINUTE);
      return;
    case "send":
      deliver(world, move.stepKey, move.variant, Math.max(time, move.at.getTime()));
      world.facts = { ...world.facts, takenDates: new Set([...world.facts.takenDates, move.localDate]) };
      world.nextLook = move.nextDueAt === null ? null : Math.max(move.nextDueAt.getTime(), time + MINUTE);
      return;
    case "csm-task":
      // The program asked for a person: a working day later they write a line about what is still open.
      if (/^(silent|gate)\./.test(move.taskKey)) deliverNote(world, move.taskKey, aWorkingDayAfter(time));
      world.nextLook = move.nextDueAt === null ? null : Math.max(move.nextDueAt.getTime(), time + MINUTE);
      return;
    case "skip":
      world.nextLook = move.nextDueAt === null ? null : Math.max(move.nextDueAt.getTime(), time + MINUTE);
      return;
    case "complete":
    case "exit":
      world.nextLook = null;
      return;
    default:
      move satisfies never;
  }
}

/** The signal says that somebody stalled: the CSM gets in touch (domain.md D9 counts on it). */
function nudgeIfSilent(world: World, day: number): void {
  if (world.nextLook === null || world.nudges >= MOST_NUDGES || !world.course.isStalled()) return;
  const sinceLast = world.nudges === 0 ? Number.POSITIVE_INFINITY : endOf(day) - world.nudgedAt;
  if (sinceLast < 7 * DAY) return;
  world.nudges += 1;
  world.nudgedAt = endOf(day);
  deliverNote(world, `nudge.${world.nudges}`, aWorkingDayAfter(endOf(day)));
}

function aWorkingDayAfter(time: number): number {
  return nextOpening(new Date(time + DAY), CALENDAR).getTime();
}

/** What the days bring, against what is in the person's head. */
class Outcome {
  readonly #world: World;
  #firstReady: SimulatedContact["firstReady"] = null;
  #truthDay: number | null = null;
  #naive: SimulatedContact["naive"] = null;
  #lost = 0;
  #wasReady = false;

  constructor(world: World) {
    this.#world = world;
  }

  endDay(day: number): void {
    const { course } = this.#world;
    const time = endOf(day) - 1;
    course.endDay(time);
    const ready = course.isReady();
    const truth = this.#truthAt(time);
    if (truth) this.#truthDay ??= day;
    if (ready) this.#firstReady ??= { day, right: truth };
    if (this.#wasReady && !ready) this.#lost += 1;
    this.#wasReady = ready;
    if (this.#naive === null && this.#naiveScore() >= NAIVE.ready) this.#naive = { day, right: truth };
  }

  summary(persona: string): SimulatedContact {
    const { log, mails } = this.#world;
    return {
      persona,
      mails,
      firstReady: this.#firstReady,
      truthDay: this.#truthDay,
      naive: this.#naive,
      timesReadyLost: this.#lost,
      askedToMeet: log.some((event) => event.kind === "meeting-requested" || event.kind === "slot-chosen"),
      machineSignals: log.filter((event) => event.evidence === "machine").length,
    };
  }

  #truthAt(time: number): boolean {
    const mind = this.#world.minds.findLast((entry) => entry.from <= time)?.mind;
    return mind !== undefined && meetingWouldNotBeADemo(mind);
  }

  #naiveScore(): number {
    const { log } = this.#world;
    let score = 0;
    for (const event of log) {
      if (event.kind === "open") score += NAIVE.open;
      if (event.kind === "click") score += NAIVE.click;
    }
    return score;
  }
}
