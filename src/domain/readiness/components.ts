import type { Ledger, Mark } from "./ledger.ts";
import { isPassedOver } from "./passed-over.ts";
import type { Component } from "./readiness.ts";
import { type KnowledgeItem, mergedRoleWeights, type ReadinessTrack, type Weights } from "./track.ts";

/** Halves every `half` active days, after `grace` days in which nothing is lost (domain.md D3). */
export function decay(age: number, grace: number, half: number): number {
  return 0.5 ** (Math.max(0, age - grace) / half);
}

export function round2(value: number): number {
  return Math.round((value + Number.EPSILON) * 100) / 100;
}

const MERGED_ROLES: ReadonlySet<string> = new Set(["merging", "merged"]);

export function weightsFor(track: ReadinessTrack, ledger: Ledger): Weights {
  const role = ledger.facts.roleOutcome;
  return role !== null && MERGED_ROLES.has(role) ? mergedRoleWeights(track) : track.weights;
}

/** A component with the points that rest on strong acts, for the confidence. */
export interface WeighedComponent extends Component {
  readonly strongPoints: number;
}

/** A part of a sum: what it is worth between 0 and 1, and the acts that made it so. */
interface Part {
  readonly value: number;
  readonly weight: number;
  readonly marks: readonly Mark[];
  /** Waived or passed over: counts only where it helps. */
  readonly optional: boolean;
}

/**
 * The six components of the score on an active day. Points are rounded to the cent one by one, so
 * that the points a CSM sees add up to the score a CSM sees.
 */
export function weighComponents(track: ReadinessTrack, ledger: Ledger, day: number): WeighedComponent[] {
  const weights = weightsFor(track, ledger);
  return [
    share("knowledge", weights.knowledge, knowledgeParts(track, ledger, day)),
    share("tasks", weights.tasks, taskParts(track, ledger)),
    priorities(weights.priorities, ledger, day),
    questions(weights.questions, ledger),
    reciprocity(weights.reciprocity, ledger, day),
    visits(weights.knowledge, track, ledger),
  ];
}

interface Level {
  readonly value: number;
  readonly marks: readonly Mark[];
}
const NOTHING: Level = { value: 0, marks: [] };

/** The best of what is known about an item: check right 1.0, wrong 0.5, said to be read 0.6, each with its age. */
export function knowledgeLevel(item: KnowledgeItem, ledger: Ledger, day: number): Level {
  let top = answeredLevel([item.key, ...item.aliases], ledger, day);
  for (const name of [item.key, ...item.aliases]) top = better(top, 0.6, ledger.confirmed.get(name), day);
  if (item.questions.length === 0) return top;
  const each = item.questions.map((names) => answeredLevel(names, ledger, day));
  const value = each.reduce((sum, one) => sum + one.value, 0) / each.length;
  return value > top.value ? { value, marks: each.flatMap((one) => one.marks) } : top;
}

function answeredLevel(names: readonly string[], ledger: Ledger, day: number): Level {
  let top = NOTHING;
  for (const name of names) {
    top = better(top, 1, ledger.rightChecks.get(name), day);
    top = better(top, 0.5, ledger.wrongChecks.get(name), day);
  }
  return top;
}

function better(top: Level, worth: number, mark: Mark | undefined, day: number): Level {
  if (mark === undefined) return top;
  const value = worth * decay(day - mark.day, 7, 45);
  return value > top.value ? { value, marks: [mark] } : top;
}

function knowledgeParts(track: ReadinessTrack, ledger: Ledger, day: number): Part[] {
  return track.items.map((item) => ({
    ...knowledgeLevel(item, ledger, day),
    weight: 1,
    optional: isPassedOver(item, ledger),
  }));
}

const TASK_VALUE = { open: 0, self: 0.6, evidence: 1 } as const;

function taskParts(track: ReadinessTrack, ledger: Ledger): Part[] {
  return track.tasks.map((task) => {
    const state = ledger.tasks.get(task.key);
    return {
      value: TASK_VALUE[state?.value ?? "open"],
      weight: task.weight,
      marks: state?.marks ?? [],
      optional: state?.waived === true || isPassedOver(task, ledger),
    };
  });
}

/**
 * The weighted mean in percent. An optional part joins only if it raises the mean: so waiving or
 * passing something over never takes points away, and neither does doing it all the same.
 */
function share(id: "knowledge" | "tasks", weight: number, parts: readonly Part[]): WeighedComponent {
  let sum = 0;
  let total = 0;
  let strong = 0;
  const eventIds: string[] = [];
  const add = (part: Part) => {
    sum += part.weight * part.value;
    total += part.weight;
    strong += part.weight * part.value * strongShare(part);
    eventIds.push(...part.marks.map((mark) => mark.id));
  };
  for (const part of parts) if (!part.optional) add(part);
  const optional = parts.filter((part) => part.optional).sort((a, b) => b.value - a.value);
  for (const part of optional) if (part.value > 0 && part.value * total >= sum) add(part);
  const raw = total === 0 ? 0 : (100 * sum) / total;
  return component(id, weight, raw, sum === 0 ? 0 : strong / sum, eventIds);
}

/** A verification by the CSM is as good as the contact's own evidence. */
function strongShare(part: Part): number {
  if (part.marks.length === 0) return 0;
  return part.marks.some((mark) => mark.evidence !== "weak") ? 1 : 0;
}

function component(
  id: Component["id"],
  weight: number,
  raw: number,
  strong: number,
  eventIds: readonly string[],
): WeighedComponent {
  const points = round2(weight * raw);
  return { id, raw: round2(raw), weight: round4(weight), points, strongPoints: points * strong, eventIds };
}

function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** 50 for one, 75 for two or more ranked, 100 with a goal; fresh as the latest of these acts (D3, checked by D6). */
function priorities(weight: number, ledger: Ledger, day: number): WeighedComponent {
  const ranked = ledger.priorities;
  if (ranked === null) return component("priorities", weight, 0, 0, []);
  const goals = [...ledger.goals.values()].map((goal) => goal.mark);
  const level = goals.length > 0 ? 100 : ledger.mostPriorities >= 2 ? 75 : 50;
  const latest = Math.max(ranked.mark.day, ...goals.map((mark) => mark.day));
  const marks = [ranked.mark, ...goals];
  return component(
    "priorities",
    weight,
    level * decay(day - latest, 7, 60),
    1,
    marks.map((mark) => mark.id),
  );
}

const QUESTION_LEVELS = [0, 60, 85, 100] as const;

/** No decay: an open question does not age, and D3 names no half-life for a closed one. */
function questions(weight: number, ledger: Ledger): WeighedComponent {
  const asked = [...ledger.questions.values()].map((question) => question.asked);
  const level = QUESTION_LEVELS[Math.min(3, asked.length)] ?? 0;
  const none = ledger.noQuestion;
  const raw = asked.length > 0 ? level : none === null ? 0 : 40;
  const marks = asked.length > 0 ? asked : none === null ? [] : [none];
  const strong = marks.some((mark) => mark.evidence === "strong") ? 1 : 0;
  return component(
    "questions",
    weight,
    raw,
    strong,
    marks.map((mark) => mark.id),
  );
}

function reciprocity(weight: number, ledger: Ledger, day: number): WeighedComponent {
  const given = [
    { mark: ledger.reply, worth: 40 },
    { mark: ledger.slot, worth: 40 },
    { mark: ledger.introduction, worth: 20 },
  ];
  let raw = 0;
  const eventIds: string[] = [];
  for (const { mark, worth } of given) {
    if (mark === null) continue;
    raw += worth * decay(day - mark.day, 7, 14);
    eventIds.push(mark.id);
  }
  return component("reciprocity", weight, raw, 1, eventIds);
}

/** A page that was looked at, against 1.0 for a right answer. */
const VISIT_LEVEL = 0.2;

/** What a page visit is worth: at most five points together, and only for what nothing better is known of. */
function visits(knowledgeWeight: number, track: ReadinessTrack, ledger: Ledger): WeighedComponent {
  const seen = track.items.flatMap((item) => {
    if (knowledgeLevel(item, ledger, 0).value >= VISIT_LEVEL) return [];
    const marks = [item.key, ...item.aliases].flatMap((name) => ledger.visited.get(name) ?? []);
    return marks.length > 0 ? [marks] : [];
  });
  const raw = Math.min(
    5,
    (knowledgeWeight * 100 * VISIT_LEVEL * seen.length) / Math.max(1, track.items.length),
  );
  const eventIds = seen.flat().map((mark) => mark.id);
  return { id: "visits", raw: round2(raw), weight: 1, points: round2(raw), strongPoints: 0, eventIds };
}
