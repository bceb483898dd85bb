import type { Calendar } from "../../domain/calendar/calendar.ts";
import { classified } from "../../domain/engagement/classify-evidence.ts";
import type { EngagementEvent, LogEvent } from "../../domain/engagement/events.ts";
import type { ReadinessTrack } from "../../domain/readiness/track.ts";
import type { EnrollmentFacts } from "../../domain/sequences/move.ts";
import { startProgress } from "../../domain/sequences/progress.ts";
import type { Block, Sequence } from "../../domain/sequences/sequence.ts";
import { mailSoftwareOf } from "../personas/mail-software.ts";
import type { Mind, Persona } from "../personas/persona.ts";
import type { Random } from "../random.ts";
import { Course } from "./course.ts";

export const MINUTE = 60_000;
export const DAY = 1440 * MINUTE;
export const ZONE = "America/Chicago";
/** A Monday. Thirty to sixty days later no clock changes in Chicago, so a day is a day. */
export const START = Date.UTC(2026, 3, 6, 14);
export const CALENDAR: Calendar = {
  zone: ZONE,
  workWeek: [1, 2, 3, 4, 5],
  closedDays: new Map(),
  window: { start: "08:30", end: "16:30" },
};
/** Of all sponsors, those who answer their brief; half of these within two days. */
const SPONSOR = { answers: 0.65, days: 2, spread: 0.8 };

export interface Program {
  readonly sequence: Sequence;
  readonly track: ReadinessTrack;
}

/** What will be in the log, with the instant at which it becomes known. */
interface Arrival {
  readonly known: number;
  readonly event: EngagementEvent;
}

/** One contact's account: what is planned, what is known, and what is in their head. */
export interface World {
  readonly program: Program;
  readonly persona: Persona;
  readonly chance: {
    readonly person: Random;
    readonly software: Random;
    readonly wire: Random;
    readonly csm: Random;
  };
  readonly software: ReturnType<typeof mailSoftwareOf>;
  facts: EnrollmentFacts;
  /** Everything known so far, as it became known. */
  readonly log: EngagementEvent[];
  /** Of these, what the planner is told: everything but signals of machines and page visits. */
  readonly heard: EngagementEvent[];
  readonly course: Course;
  /** Earliest first. */
  readonly pending: Arrival[];
  /** What was in their head from when on. */
  readonly minds: { readonly from: number; readonly mind: Mind }[];
  nextLook: number | null;
  mails: number;
  /** Notes that the CSM wrote of their own accord, because the contact had fallen silent. */
  nudges: number;
  nudgedAt: number;
  pausedUntil: number;
  /** Blocks of the mails so far. */
  readonly shown: Block[];
  /** What they answered or did, by key or by kind: their page shows it as done. */
  readonly answered: Set<string>;
}

export function openWorld(program: Program, persona: Persona, random: Random): World {
  const start = new Date(START).toISOString();
  const log = [fact({ kind: "enrolled", id: "enrolled", at: start, zone: ZONE, hasOtherRelationship: true })];
  const world: World = {
    program,
    persona,
    chance: {
      person: random.fork("person"),
      software: random.fork("software"),
      wire: random.fork("wire"),
      csm: random.fork("csm"),
    },
    software: mailSoftwareOf(persona, random.fork("software-kind")),
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
    log,
    heard: [...log],
    course: new Course(program.track, log),
    pending: [],
    minds: [{ from: START, mind: persona.start(program.track.name, random.fork("mind")) }],
    nextLook: START,
    mails: 0,
    nudges: 0,
    nudgedAt: 0,
    pausedUntil: 0,
    shown: [],
    answered: new Set(),
  };
  engageSponsor(world, random.fork("sponsor"));
  return world;
}

/** The sponsor's brief runs beside every track; who answers it is engaged, whatever the contact is like. */
function engageSponsor(world: World, random: Random): void {
  if (!random.chance(SPONSOR.answers)) return;
  const when = START + random.lognormal(SPONSOR.days, SPONSOR.spread) * DAY;
  const at = new Date(when).toISOString();
  insert(world, when, fact({ kind: "account-changed", id: "sponsor-engaged", at, sponsorEngaged: true }));
}

export function fact(event: LogEvent): EngagementEvent {
  return classified(event);
}

/** Over the wire, which may repeat a fact or hold it back for a day or two. */
export function arrive(world: World, time: number, event: EngagementEvent): void {
  const { persona, chance } = world;
  const known = persona.wire === "late" ? time + chance.wire.next() * 2 * DAY : time;
  insert(world, known, event);
  if (persona.wire === "duplicates") insert(world, known + 90 * MINUTE, event);
}

/** What is known at the same instant stays in the order in which it was put down. */
function insert({ pending }: World, known: number, event: EngagementEvent): void {
  let at = pending.length;
  while (at > 0 && (pending[at - 1]?.known ?? 0) > known) at -= 1;
  pending.splice(at, 0, { known, event });
}
