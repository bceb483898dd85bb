import { dateOfActiveDay, pauseAt } from "../calendar/active-days.ts";
import { nextOpening, windowOn } from "../calendar/window.ts";
import { nextWorkingDay } from "../calendar/working-days.ts";
import { holds } from "./conditions.ts";
import { ask, type Decision, leaveOut, passed, wait } from "./decisions.ts";
import { exitOf, isGoalReached } from "./exits.ts";
import { conditionInWords, programTasksDone } from "./gates.ts";
import { isAfter, isDeliberate, isOnLine, type Look, lookAt, recipientOf, withProgress } from "./look.ts";
import type { EnrollmentFacts, Move, Progress } from "./move.ts";
import { expiryDay, nominalOf, placedOn, slotOn, tomorrow } from "./schedule.ts";
import type { Sequence, Step } from "./sequence.ts";
import { isResumed, takeTurn } from "./turn.ts";

/**
 * Decides what one enrollment does next. Reads no clock and no database: the same facts at the
 * same instant give the same move. A mail is decided only when its time has come, so that its
 * gate is judged on everything known by then; before that, the move is to wait.
 */
export function nextMove(sequence: Sequence, facts: EnrollmentFacts, now: Date): Move {
  const decision = decide(lookAt(sequence, facts, now));
  switch (decision.kind) {
    case "send":
    case "csm-task":
    case "skip":
      return {
        ...decision,
        nextDueAt: lookAgainAt(sequence, { ...facts, progress: decision.progress }, now),
      };
    case "wait":
    case "complete":
    case "exit":
      return decision;
    default:
      return decision satisfies never;
  }
}

/** The next look after an act: when the following move would stop waiting, or at once if it would not wait. */
function lookAgainAt(sequence: Sequence, facts: EnrollmentFacts, now: Date): Date {
  const following = decide(lookAt(sequence, facts, now));
  return following.kind === "wait" ? following.until : now;
}

/**
 * Order matters: what ends the program comes before what holds it, and that before what moves it on.
 * A wish to meet is no move: the act that brings it has asked the CSM already, and a second duty for the
 * same wish would stay open when the first is answered.
 */
function decide(look: Look): Decision {
  const reason = exitOf(look);
  if (reason !== null) return { kind: "exit", reason, progress: look.progress };
  if (isGoalReached(look)) return { kind: "complete", because: "goal-reached", progress: look.progress };

  const pause = pauseAt(look.now, look.facts.pauses);
  if (pause !== null) {
    const over = pause.until === null ? null : nextOpening(new Date(pause.until), look.facts.calendar);
    return wait(look, over ?? tomorrow(look), `paused: ${pause.reason}`);
  }
  return advance(withProgress(look, atNextStep(heard(look), look)));
}

/** Progress after what the contact or the CSM did since the planner last looked. */
function heard(look: Look): Progress {
  const { progress } = look;
  const acts = look.events.filter(isDeliberate);
  if (!progress.waitingForPerson) {
    const acted = acts.some((act) => isAfter(act, progress.lastSentAt));
    return acted && progress.nudges > 0 ? { ...progress, nudges: 0 } : progress;
  }
  const resumed = { ...progress, nudges: 0, waitingForPerson: false };
  const booked = look.events.some((e) => e.kind === "meeting-booked" && isAfter(e, progress.waitingSince));
  if (booked || isResumed(look)) return resumed;
  // They are back: what they were asked last gets its full time again.
  const back = acts.findLast((act) => isAfter(act, progress.waitingSince));
  return back === undefined ? progress : { ...resumed, holdingSince: back.at };
}

/** Follows a branch of the step that was passed last, then steps over what is done already. */
function atNextStep(progress: Progress, look: Look): Progress {
  const { steps } = look.sequence;
  const last = steps.find((step) => step.key === progress.done.at(-1));
  const branch = last?.branch.find(({ when }) => holds(when, look));
  const target = branch === undefined ? -1 : steps.findIndex((step) => step.key === branch.goTo);
  const from = target === -1 ? progress.position : target;
  const ahead = steps.findIndex((step, index) => index >= from && !progress.done.includes(step.key));
  const position = ahead === -1 ? steps.length : ahead;
  return position === progress.position ? progress : { ...progress, position };
}

function advance(look: Look): Decision {
  const { progress, sequence } = look;
  const step = sequence.steps[progress.position];
  if (step === undefined) return afterTheLastStep(look);
  if (sequence.exit.includes("expired") && look.activeDay >= expiryDay(look) && !standsInLine(look)) {
    return { kind: "exit", reason: "expired", progress };
  }
  if (progress.waitingForPerson) return wait(look, tomorrow(look), "a person has been asked to get in touch");

  const refused = notForThem(step, look);
  if (refused !== null) return refused;

  const nominal = nominalOf(progress.position, look);
  if (nominal === null) return wait(look, tomorrow(look), "paused");
  const placed = placedOn(nominal.date, step, look);
  const due = progress.replannedTo === null ? slotOn(placed, step, look) : new Date(progress.replannedTo);
  if (look.now < due) return wait(look, due, `"${step.key}" is planned`);

  const known = step.skipWhen.find((condition) => holds(condition, look));
  if (known !== undefined) return leaveOut(step, look, conditionInWords(known));
  return takeTurn({ step, look, placed, nominalDay: nominal.day, due });
}

/** Never written to, because the workspace's days were full: whoever only stood in line has not had their time. */
function standsInLine({ progress, facts }: Look): boolean {
  return progress.lastSentAt === null && (facts.crowdedDates?.size ?? 0) > 0;
}

/** Steps that their reader shall not get at all, whatever the day. */
function notForThem(step: Step, look: Look): Decision | null {
  const booked = look.events.some((event) => event.kind === "meeting-booked");
  if (booked && !step.must && isOnLine(step, look.sequence))
    return leaveOut(step, look, "a meeting is booked");
  if (recipientOf(step, look.sequence) !== "sponsor" || look.facts.hasSponsor) return null;

  const key = "find-sponsor";
  if (look.progress.raised.includes(key)) return leaveOut(step, look, "no sponsor is known");
  return ask(passed(step, look, { skipped: true }), {
    key,
    text: "Find out who the sponsor is",
    detail: `"${step.subject}" is for the sponsor of this account, and none is known.`,
  });
}

/**
 * Every step is behind. A program that leads to a meeting stays open for it; any other is over.
 * Past its time it ends as complete if the reader did their part, and as expired if not.
 */
function afterTheLastStep(look: Look): Decision {
  const { progress, sequence, facts } = look;
  if (sequence.readiness === undefined) return over(progress);
  const last = expiryDay(look);
  if (look.activeDay >= last) {
    const unfinished = sequence.exit.includes("expired") && !programTasksDone(look);
    return unfinished ? { kind: "exit", reason: "expired", progress } : over(progress);
  }
  // Only the verdict is missing once they have met, and it may change with the day.
  const met = look.events.some((event) => event.kind === "meeting-held");
  const end = met ? null : dateOfActiveDay(last, look.count);
  if (end === null) return wait(look, tomorrow(look), "every mail is out");
  return wait(look, windowOn(nextWorkingDay(end, facts.calendar), facts.calendar).opens, "every mail is out");
}

const over = (progress: Progress): Decision => ({ kind: "complete", because: "every-step-done", progress });
