import { activeDayOfDate, addActiveSpan } from "../calendar/active-days.ts";
import type { LocalDate } from "../calendar/calendar.ts";
import { laterDate } from "../calendar/dates.ts";
import { parseSpan } from "../calendar/span.ts";
import { localDateOf } from "../calendar/zones.ts";
import { ask, type Decision, leaveOut, passed, taskOf, wait, waitingForPerson } from "./decisions.ts";
import { type Gate, gateOf } from "./gates.ts";
import {
  eventsOf,
  isAfter,
  isDeliberate,
  isOnLine,
  isTask,
  type Look,
  recipientOf,
  withProgress,
} from "./look.ts";
import type { Progress } from "./move.ts";
import { authoredDays, isOverdueBy, nextSlot, placedOn, slotOn, soonestFor, tomorrow } from "./schedule.ts";
import type { Step } from "./sequence.ts";

/** Two reminders without an answer; the third time a person asks (domain.md C). */
const MOST_NUDGES = 2;

/** A step later than this gets a new slot instead of going when the worker wakes (domain.md B3). */
const LATE_BUSINESS_DAYS = 3;

/** A step whose time has come. */
export interface Turn {
  readonly step: Step;
  readonly look: Look;
  /** The date the calendar gave it, and the active day it stands for. */
  readonly placed: LocalDate;
  readonly nominalDay: number;
  /** Its slot: on `placed`, or where it was planned anew. */
  readonly due: Date;
}

export function takeTurn(turn: Turn): Decision {
  const gate = gateOf(turn.step, turn.look);
  return gate === null || gate.passes ? go(turn, { by: "gate" }) : hold(turn, gate);
}

/** When the hold of a gate that began to shut at `since` is over: the step's slot on that date. Null while paused without end. */
export function holdOverAt(since: Date, span: string, step: Step, look: Look): Date | null {
  const { calendar, pauses } = look.facts;
  const endDate = addActiveSpan(localDateOf(since, calendar.zone), parseSpan(span), calendar, pauses);
  return endDate === null ? null : slotOn(placedOn(endDate, step, look), step, look);
}

/** The gate is shut: wait for it, or do what the step says when the hold is over. */
function hold(turn: Turn, gate: Gate): Decision {
  const { step, due } = turn;
  const since = turn.look.progress.holdingSince ?? due.toISOString();
  const look = withProgress(turn.look, { ...turn.look.progress, holdingSince: since });
  const over = holdOverAt(new Date(since), gate.hold, step, look);
  if (over === null || look.now < over) {
    const daily = over === null || (gate.lookDaily && tomorrow(look) < over);
    return wait(look, daily ? tomorrow(look) : over, `"${step.key}" waits for its gate`);
  }
  const held: Turn = { ...turn, look };
  switch (gate.onFail) {
    case "skip":
      return leaveOut(step, look, "its gate was not met in time");
    case "escalate":
      return escalate(held);
    case "variant-b":
      return nudge(held, over);
    default:
      return gate.onFail satisfies never;
  }
}

/** The CSM is asked once. Resumed by the CSM, the step goes; otherwise it is left to that conversation. */
function escalate(turn: Turn): Decision {
  const { step, look } = turn;
  const key = `gate.${step.key}`;
  if (look.progress.raised.includes(key)) {
    return isResumed(look) ? go(turn, { by: "gate" }) : leaveOut(step, look, "handed to the CSM");
  }
  const text = `Take over from the program before "${step.subject}"`;
  return ask(waitingForPerson(look), { key, text, detail: "What this mail builds on has not happened." });
}

function nudge(turn: Turn, holdOver: Date): Decision {
  const { step, look } = turn;
  const key = `silent.${step.key}`;
  if (!isOnLine(step, look.sequence) || look.progress.nudges < MOST_NUDGES) {
    return go(turn, { by: "hold", holdOver });
  }
  const text = "Get in touch in person: two reminders without an answer";
  const detail = `The program waits before "${step.subject}" until they act or you resume it.`;
  return ask(waitingForPerson(look), { key, text, detail });
}

/** The CSM resumed the program after having been asked. */
export function isResumed(look: Look): boolean {
  return eventsOf(look, "resumed").some((event) => isAfter(event, look.progress.waitingSince));
}

/** What let the step go: its gate (or none), or the end of the hold. */
type Release = { by: "gate" } | { by: "hold"; holdOver: Date };

/** Sends, or makes the CSM's task, unless it comes far too late or the window is shut. */
function go(turn: Turn, release: Release): Decision {
  const { step, look } = turn;
  const { sequence, progress, facts } = look;
  if (isTask(step, sequence)) return ask(passed(step, look, { skipped: false }), taskOf(step));
  if (isOverdueBy(readySince(turn, release), LATE_BUSINESS_DAYS, look)) {
    const slot = nextSlot(step, look);
    const replanned = withProgress(look, { ...progress, replannedTo: slot.toISOString() });
    return wait(replanned, slot, `"${step.key}" came too late and is planned anew`);
  }
  const soonest = soonestFor(step, look);
  if (soonest > look.now) return wait(look, soonest, `"${step.key}" goes when it next may`);
  // Let go by an act in the middle of the day, a mail is due now and not before the act.
  const letGoByAct = release.by === "gate" && progress.holdingSince !== null;
  const at = letGoByAct ? look.now : slotOn(look.today, step, look);
  const variant = release.by === "hold" && step.variantB !== undefined ? "b" : "a";
  return {
    kind: "send",
    stepKey: step.key,
    variant,
    occurrence: 1,
    at,
    localDate: localDateOf(at, facts.calendar.zone),
    progress: sentAt(at, turn, release),
  };
}

/** The date since which a step could have gone, had anybody looked. */
function readySince({ placed, look }: Turn, release: Release): LocalDate {
  const { zone } = look.facts.calendar;
  const dateOf = (instant: string): LocalDate => localDateOf(new Date(instant), zone);
  const { replannedTo, holdingSince } = look.progress;
  if (replannedTo !== null) return afterTheCrowd(dateOf(replannedTo), look);
  const start = afterTheCrowd(release.by === "hold" ? localDateOf(release.holdOver, zone) : placed, look);
  if (holdingSince === null) return start;
  const letGo = look.events.findLast((event) => isDeliberate(event) || event.kind === "resumed");
  return letGo === undefined ? start : laterDate(start, dateOf(letGo.at));
}

/** Who stood in line while the workspace's days were full is not late for it. */
function afterTheCrowd(date: LocalDate, { facts, today }: Look): LocalDate {
  const crowded = [...(facts.crowdedDates ?? [])].filter((day) => day < today);
  return crowded.reduce(laterDate, date);
}

function sentAt(at: Date, turn: Turn, release: Release): Progress {
  const { step, look, placed, nominalDay } = turn;
  const { sequence, count, today } = look;
  const after = passed(step, look, { skipped: false });
  if (!isOnLine(step, sequence)) {
    return recipientOf(step, sequence) === "sponsor" ? { ...after, lastSponsorAt: at.toISOString() } : after;
  }
  const lateDays = Math.max(0, activeDayOfDate(today, count) - activeDayOfDate(placed, count));
  return {
    ...after,
    lastSentAt: at.toISOString(),
    nudges: release.by === "hold" ? after.nudges + 1 : 0,
    anchorDay: nominalDay + lateDays,
    anchorAuthored: authoredDays(sequence)[look.progress.position] ?? 0,
  };
}
