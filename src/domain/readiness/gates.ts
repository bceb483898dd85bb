import type { Ledger, Mark, QuestionState } from "./ledger.ts";
import { isPassedOver } from "./passed-over.ts";
import type { GateId, GateResult } from "./readiness.ts";
import type { ReadinessTrack, TrackTask } from "./track.ts";
import { counted, days, points } from "./words.ts";

export const READY_SCORE = 70;
export const FRESH_DAYS = 14;
const STRONG_ACTS = 4;
const STRONG_DATES = 2;

/** These act at once: nobody stays ready for a day after saying "we will replace you" (domain.md D5). */
export const IMMEDIATE_GATES: ReadonlySet<GateId> = new Set(["G7", "G8"]);

export interface Standing {
  readonly track: ReadinessTrack;
  readonly ledger: Ledger;
  readonly day: number;
  readonly score: number;
}

/** The eight gates of domain.md D4, each with what it asks and what was found. */
export function checkGates(standing: Standing): GateResult[] {
  return [
    scoreGate(standing),
    priorityGate(standing),
    questionGate(standing),
    taskGate(standing),
    freshnessGate(standing),
    strengthGate(standing),
    intentGate(standing),
    reachGate(standing),
  ];
}

function gate(id: GateId, passed: boolean, text: string, marks: readonly (Mark | null)[]): GateResult {
  return { id, passed, text, eventIds: marks.flatMap((mark) => (mark === null ? [] : [mark.id])) };
}

function scoreGate({ score }: Standing): GateResult {
  return gate("G1", score >= READY_SCORE, `a score of at least ${READY_SCORE}: ${points(score)}`, []);
}

function priorityGate({ ledger }: Standing): GateResult {
  const count = ledger.priorities?.items.length ?? 0;
  return gate("G2", count >= 1, `at least 1 priority: ${count} given`, [ledger.priorities?.mark ?? null]);
}

function questionGate({ ledger }: Standing): GateResult {
  const asked = [...ledger.questions.values()].map((question) => question.asked);
  const none = asked.length === 0 && ledger.noQuestion !== null;
  const found = none ? "no open question, with a reason" : `${asked.length} asked`;
  return gate("G3", asked.length > 0 || none, `at least 1 question, or an explicit none: ${found}`, [
    ...asked,
    ...(none ? [ledger.noQuestion] : []),
  ]);
}

export function openMustTasks({ track, ledger }: Pick<Standing, "track" | "ledger">): TrackTask[] {
  return requiredMusts(track, ledger).filter(
    (task) => (ledger.tasks.get(task.key)?.value ?? "open") === "open",
  );
}

function requiredMusts(track: ReadinessTrack, ledger: Ledger): TrackTask[] {
  return track.tasks.filter(
    (task) => task.must && ledger.tasks.get(task.key)?.waived !== true && !isPassedOver(task, ledger),
  );
}

/** Where every must-task was waived or passed over, evidence for any other task will do. */
function taskGate({ track, ledger }: Standing): GateResult {
  const musts = requiredMusts(track, ledger);
  const open = openMustTasks({ track, ledger });
  const proving = musts.length > 0 ? musts : track.tasks;
  const proved = proving.filter((task) => ledger.tasks.get(task.key)?.value === "evidence");
  const found = `${musts.length - open.length} of ${musts.length} done, ${proved.length} with evidence`;
  const marks = proving.flatMap((task) => ledger.tasks.get(task.key)?.marks ?? []);
  const passed = open.length === 0 && proved.length > 0;
  return gate("G4", passed, `must-tasks done, at least 1 with evidence: ${found}`, marks);
}

function freshnessGate({ ledger, day }: Standing): GateResult {
  const last = ledger.lastAct;
  const passed = last !== null && day - last.day <= FRESH_DAYS;
  const found = last === null ? "none yet" : `${days(day - last.day)} ago`;
  return gate("G5", passed, `last own act at most ${FRESH_DAYS} active days ago: ${found}`, [last]);
}

function strengthGate({ ledger }: Standing): GateResult {
  const passed = ledger.strong >= STRONG_ACTS && ledger.strongDates.size >= STRONG_DATES;
  const found = `${counted(ledger.strong, "act")} on ${counted(ledger.strongDates.size, "day")}`;
  return gate(
    "G6",
    passed,
    `at least ${STRONG_ACTS} acts with content on ${STRONG_DATES} days: ${found}`,
    [],
  );
}

export function openHighObjections(ledger: Ledger): QuestionState[] {
  return [...ledger.questions.values()].filter((question) => question.high && question.answered === null);
}

function intentGate({ ledger }: Standing): GateResult {
  const objections = openHighObjections(ledger);
  const intent = ledger.intent;
  const passed = intent !== null && intent.value !== "replace" && objections.length === 0;
  const said = intent === null ? "intent not stated" : `intent ${intent.value.replaceAll("_", " ")}`;
  const open = objections.length > 0 ? `, ${counted(objections.length, "strong objection")} open` : "";
  return gate("G7", passed, `intent known, not replace, no strong objection open: ${said}${open}`, [
    intent?.mark ?? null,
    ...objections.map((objection) => objection.asked),
  ]);
}

function reachGate({ ledger }: Standing): GateResult {
  const obstacle = ledger.departed ?? ledger.wrongPerson ?? ledger.hardBounce ?? ledger.complaint;
  const found = obstacle === null ? "yes" : whyUnreachable(ledger);
  return gate("G8", obstacle === null, `mail reaches the right person: ${found}`, [obstacle]);
}

/** In words, why mail no longer reaches the right person; only asked when it does not. */
export function whyUnreachable(ledger: Ledger): string {
  if (ledger.departed !== null) return "the contact has left";
  if (ledger.wrongPerson !== null) return "they said they are not the right person";
  if (ledger.hardBounce !== null) return "the address returns mail";
  return "they reported our mail as unwanted";
}
