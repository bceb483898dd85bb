import type { Calendar, Pause } from "../../domain/calendar/calendar.ts";
import { classified } from "../../domain/engagement/classify-evidence.ts";
import type { EngagementEvent, LogEvent } from "../../domain/engagement/events.ts";
import { type ActiveTime, activeTime } from "../../domain/readiness/active-time.ts";
import { assessReadiness } from "../../domain/readiness/assess-readiness.ts";
import { judge } from "../../domain/readiness/judge.ts";
import type { Verdict } from "../../domain/readiness/readiness.ts";
import { replayDate, startReplay } from "../../domain/readiness/replay.ts";
import type { ReadinessTrack } from "../../domain/readiness/track.ts";
import type { EnrollmentFacts } from "../../domain/sequences/move.ts";
import { nextMove } from "../../domain/sequences/next-move.ts";
import { startProgress } from "../../domain/sequences/progress.ts";
import type { Block, Sequence } from "../../domain/sequences/sequence.ts";
import { machineSignals, mailSoftwareOf } from "../personas/mail-software.ts";
import type { MailSeen, Mind, Persona } from "../personas/persona.ts";
import type { Random } from "../random.ts";
import { eventsOfAct } from "./act-events.ts";
import { meetingWouldNotBeADemo } from "./labels.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const ZONE = "America/Chicago";
/** A Monday. Thirty to sixty days later no clock changes in Chicago, so a day is a day. */
const START = Date.UTC(2026, 3, 6, 14);
const CALENDAR: Calendar = {
  zone: ZONE,
  workWeek: [1, 2, 3, 4, 5],
  closedDays: new Map(),
  window: { start: "08:30", end: "16:30" },
};
/** What a scorer that believes opens and clicks would use (domain.md D10). */
const NAIVE = { open: 2, click: 5, ready: 50 };

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

export interface Program {
  readonly sequence: Sequence;
  readonly track: ReadinessTrack;
}

/** What will be in the log, with the instant at which it becomes known. */
interface Arrival {
  readonly known: number;
  readonly event: EngagementEvent;
}

/** One person's pass through a program, mail by mail, planned by the product's own `nextMove`. */
export function simulateContact(program: Program, persona: Persona, random: Random): SimulatedContact {
  const world = openWorld(program, persona, random);
  const horizon = Math.ceil(program.sequence.lengthDays * 1.5) + 7;
  const course = new Course(program, world, persona.wire !== "clean");
  for (let day = 0; day <= horizon; day++) {
    liveDay(world, day);
    course.endDay(day);
    world.verdict = course.verdict;
  }
  return course.summary(persona.name);
}

interface World {
  readonly program: Program;
  readonly persona: Persona;
  readonly chance: { readonly person: Random; readonly software: Random; readonly wire: Random };
  readonly software: ReturnType<typeof mailSoftwareOf>;
  facts: EnrollmentFacts;
  /** Everything known so far, as it became known. */
  readonly log: EngagementEvent[];
  pending: Arrival[];
  /** What was in their head from when on. */
  readonly minds: { readonly from: number; readonly mind: Mind }[];
  nextLook: number | null;
  mails: number;
  /** Blocks of the mails so far, as their page shows them. */
  readonly shown: Block[];
  verdict: Verdict | null;
}

function openWorld(program: Program, persona: Persona, random: Random): World {
  const start = new Date(START).toISOString();
  const enrolled = fact({
    kind: "enrolled",
    id: "enrolled",
    at: start,
    zone: ZONE,
    hasOtherRelationship: true,
  });
  const software = mailSoftwareOf(persona, random.fork("software-kind"));
  return {
    program,
    persona,
    chance: { person: random.fork("person"), software: random.fork("software"), wire: random.fork("wire") },
    software,
    facts: {
      startedAt: start,
      pace: "normal",
      cadence: null,
      calendar: CALENDAR,
      pauses: [],
      progress: startProgress(),
      events: [],
      verdict: null,
      competitorKnown: true,
      takenDates: new Set(),
      fullDates: new Set(),
      hasSponsor: true,
    },
    log: [enrolled],
    pending: [],
    minds: [{ from: START, mind: persona.start(program.track.name, random.fork("mind")) }],
    nextLook: START,
    mails: 0,
    shown: [],
    verdict: null,
  };
}

function fact(event: LogEvent): EngagementEvent {
  return classified(event);
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
      if (world.nextLook !== null && isHeard(arrival.event)) world.nextLook = Math.max(arrival.known, START);
      if (arrival.event.kind === "paused" || arrival.event.kind === "resumed")
        notePause(world, arrival.event);
    } else takeLook(world, look);
  }
}

/** Chicago's midnight after the day, in summer time. */
function endOf(day: number): number {
  return Date.UTC(2026, 3, 7, 5) + day * DAY;
}

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
  const facts = { ...world.facts, events: world.log, verdict: world.verdict };
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
      if (/^(silent|gate)\./.test(move.taskKey)) writeByHand(world, move.taskKey, time + DAY);
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

/** The mail arrives: software looks at it, then perhaps the person does. */
function deliver(world: World, stepKey: string, variant: "a" | "b", time: number): void {
  const { program, persona, chance, software } = world;
  const step = program.sequence.steps.find((one) => one.key === stepKey);
  if (step === undefined) throw new Error(`nextMove sent the unknown step "${stepKey}"`);
  const at = new Date(time).toISOString();
  world.log.push(fact({ kind: "mail-submitted", id: `mail.${stepKey}`, at, stepKey, variant }));
  if ((step.audience ?? "contact") !== "contact") return;
  const mail: MailSeen = {
    stepKey,
    variant,
    day: Math.floor((time - START) / DAY),
    before: world.mails,
    blocks: variant === "b" && step.variantB !== undefined ? step.variantB.blocks : step.blocks,
    personal: false,
    stillOpen: stillOpen(world),
    goals: ["goal-1", "goal-2"],
    values: ["value-1"],
  };
  world.mails += 1;
  world.shown.push(...mail.blocks);
  for (const signal of machineSignals(mail, software, chance.software)) {
    const when = time + signal.afterMinutes * MINUTE;
    const id = `${signal.kind}.${stepKey}.${signal.position}`;
    const base = { id, at: new Date(when).toISOString(), rules: [signal.rule] };
    arrive(
      world,
      when,
      fact(
        signal.kind === "open"
          ? { kind: "open", ...base }
          : { kind: "click", ...base, position: signal.position },
      ),
    );
  }
  react(world, mail, time, persona);
}

/** The program asked the CSM to get in touch: a day later they write a line about what is still open. */
function writeByHand(world: World, taskKey: string, time: number): void {
  const note: MailSeen = {
    stepKey: taskKey,
    variant: "a",
    day: Math.floor((time - START) / DAY),
    before: world.mails,
    blocks: [],
    personal: true,
    stillOpen: stillOpen(world),
    goals: ["goal-1", "goal-2"],
    values: ["value-1"],
  };
  react(world, note, time, world.persona);
}

/** What their page still asks: tasks and checks without an answer, and a priority if they gave none. */
function stillOpen({ shown, log, pending }: World): Block[] {
  const answered = new Set<string>();
  for (const event of [...log, ...pending.map((arrival) => arrival.event)]) {
    if (event.kind === "task-done") answered.add(event.task);
    if (event.kind === "check-answered") answered.add(event.item);
    if (event.kind === "priorities-set" || event.kind === "intent-stated") answered.add(event.kind);
  }
  return shown.filter((block) => {
    if (block.type === "task") return !answered.has(block.key);
    if (block.type === "check") return !block.items.some((item) => answered.has(item.key));
    if (block.type === "priorities") return !answered.has("priorities-set");
    return block.type === "intent" && !answered.has("intent-stated");
  });
}

function react(world: World, mail: MailSeen, time: number, persona: Persona): void {
  const before = world.minds[world.minds.length - 1];
  if (before === undefined) return;
  const reaction = persona.react(mail, before.mind, world.chance.person);
  const first = reaction.acts.find(({ act }) => act.kind !== "auto-reply");
  // What was read counts from when it was read; a mail nobody read leaves the mind as it was.
  const from = Math.max(before.from, time + (first?.afterMinutes ?? 0) * MINUTE);
  world.minds.push({ from, mind: reaction.mind });
  for (const [index, { afterMinutes, act }] of reaction.acts.entries()) {
    const when = time + afterMinutes * MINUTE;
    const at = new Date(when).toISOString();
    for (const event of eventsOfAct(act, mail, at, `${mail.stepKey}.${mail.variant}.${index}`))
      arrive(world, when, event);
    if (act.kind === "auto-reply") goAway(world, when, act.awayDays);
  }
}

function goAway(world: World, from: number, awayDays: number): void {
  const back = from + awayDays * DAY;
  arrive(
    world,
    from,
    fact({ kind: "paused", id: `paused.${from}`, at: new Date(from).toISOString(), reason: "away" }),
  );
  arrive(world, back, fact({ kind: "resumed", id: `resumed.${from}`, at: new Date(back).toISOString() }));
}

/** Over the wire, which may repeat a fact or hold it back for a day or two. */
function arrive(world: World, time: number, event: EngagementEvent): void {
  const { persona, chance } = world;
  const known = persona.wire === "late" ? time + chance.wire.next() * 2 * DAY : time;
  world.pending.push({ known, event });
  if (persona.wire === "duplicates") world.pending.push({ known: known + 90 * MINUTE, event });
  world.pending.sort((a, b) => a.known - b.known);
}

/** Follows readiness day by day. A clean wire is replayed once; a faulty one is assessed anew every day. */
class Course {
  verdict: Verdict | null = null;
  readonly #program: Program;
  readonly #world: World;
  readonly #anew: boolean;
  readonly #replay = startReplay();
  #days: ActiveTime | null = null;
  #entered = 0;
  #firstReady: SimulatedContact["firstReady"] = null;
  #truthDay: number | null = null;
  #naive: SimulatedContact["naive"] = null;
  #lost = 0;

  constructor(program: Program, world: World, anew: boolean) {
    this.#program = program;
    this.#world = world;
    this.#anew = anew;
  }

  endDay(day: number): void {
    const time = endOf(day) - 1;
    const before = this.verdict;
    this.verdict = this.#anew ? this.#assessAnew(time) : this.#replayDay(time);
    const truth = this.#truthAt(time);
    if (truth) this.#truthDay ??= day;
    if (this.verdict === "ready") this.#firstReady ??= { day, right: truth };
    if (before === "ready" && this.verdict !== "ready") this.#lost += 1;
    if (this.#naiveScore() >= NAIVE.ready) this.#naive ??= { day, right: truth };
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

  #assessAnew(time: number): Verdict {
    return assessReadiness(this.#program.track, this.#world.log, new Date(time)).verdict;
  }

  #replayDay(time: number): Verdict {
    const { log } = this.#world;
    const { track } = this.#program;
    const fresh = log.slice(this.#entered).sort(inOrder);
    this.#entered = log.length;
    const pauseChanged = fresh.some((event) => event.kind === "paused" || event.kind === "resumed");
    if (this.#days === null || pauseChanged) this.#days = activeTime(log, time + 120 * DAY);
    const date = this.#days.dateOf(time);
    replayDate(this.#replay, track, this.#days, date, fresh);
    return judge(this.#replay, track, this.#days, date).decision.verdict;
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

function inOrder(a: EngagementEvent, b: EngagementEvent): number {
  return Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1);
}
