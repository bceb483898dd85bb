import type { Block, BlockOf, Condition, Sequence, Step } from "../sequences/sequence.ts";

export interface Weights {
  readonly knowledge: number;
  readonly tasks: number;
  readonly priorities: number;
  readonly questions: number;
  readonly reciprocity: number;
}

export type TrackName = "internal" | "external_new_function" | "ex_competitor";

/** Belongs to a step that may be passed over: then it leaves the sum, as a waived task does. */
interface Skippable {
  readonly stepKey: string;
  readonly skipWhen: readonly Condition[];
}

export interface KnowledgeItem extends Skippable {
  readonly key: string;
  readonly title: string;
  /**
   * Questions of the check that belongs to it, each with the names it may have in the log:
   * "check.question", or the question's key where no other check uses it. Each counts for an
   * equal part of the item.
   */
  readonly questions: readonly (readonly string[])[];
  /** Other names of the whole item in the log: the key of its check. */
  readonly aliases: readonly string[];
}

export interface TrackTask extends Skippable {
  readonly key: string;
  readonly title: string;
  readonly weight: number;
  readonly must: boolean;
}

/** What readiness needs to know of a sequence version. Everything else of it is mail. */
export interface ReadinessTrack {
  readonly name: TrackName;
  readonly weights: Weights;
  readonly items: readonly KnowledgeItem[];
  readonly tasks: readonly TrackTask[];
  readonly targetDays: number;
  readonly stallAfterDays: number;
}

interface TrackDefaults {
  readonly weights: Weights;
  readonly targetDays: number;
  readonly stallAfterDays: number;
}

/** domain.md D3, the table. */
export const TRACK_DEFAULTS: Readonly<Record<TrackName, TrackDefaults>> = {
  internal: {
    weights: { knowledge: 0.15, tasks: 0.3, priorities: 0.25, questions: 0.15, reciprocity: 0.15 },
    targetDays: 9,
    stallAfterDays: 6,
  },
  external_new_function: {
    weights: { knowledge: 0.3, tasks: 0.3, priorities: 0.15, questions: 0.15, reciprocity: 0.1 },
    targetDays: 20,
    stallAfterDays: 9,
  },
  ex_competitor: {
    weights: { knowledge: 0.15, tasks: 0.3, priorities: 0.2, questions: 0.2, reciprocity: 0.15 },
    targetDays: 17,
    stallAfterDays: 7,
  },
};

/** Null for a sequence that makes nobody ready: a sponsor's brief, an announcement. */
export function readinessTrack(sequence: Sequence): ReadinessTrack | null {
  if (sequence.readiness === undefined || sequence.audience !== "contact") return null;
  const name = sequence.readiness.track;
  const defaults = TRACK_DEFAULTS[name];
  const weights = sequence.readiness.weights ?? defaults.weights;
  refuseForeignWeights(sequence.key, weights, defaults.weights);
  const steps = sequence.steps.filter((step) => (step.audience ?? "contact") === "contact");
  const questionNames = questionNamesIn(steps);
  return {
    name,
    weights,
    items: uniqueByKey([
      ...steps.flatMap((step) => knowledgeItems(step, questionNames)),
      ...steps.flatMap(variantItems),
    ]),
    tasks: uniqueByKey(steps.flatMap(trackTasks)),
    targetDays: sequence.targetDaysToReady ?? defaults.targetDays,
    stallAfterDays: sequence.stallAfterDays ?? defaults.stallAfterDays,
  };
}

/** Somebody who takes the role on top of their own: internal weights without knowledge, rescaled to 1 (D3). */
export function mergedRoleWeights(track: ReadinessTrack): Weights {
  const from = track.name === "internal" ? track.weights : TRACK_DEFAULTS.internal.weights;
  const rest = 1 - from.knowledge;
  return {
    knowledge: 0,
    tasks: from.tasks / rest,
    priorities: from.priorities / rest,
    questions: from.questions / rest,
    reciprocity: from.reciprocity / rest,
  };
}

/**
 * A step teaches one thing: its check belongs to its knowledge resource, if it has exactly one.
 * A check beside none or several is an item of its own. Variant B often points back at an earlier
 * step's resource; what it alone offers is an item too.
 */
function knowledgeItems(step: Step, questionNames: QuestionNames): KnowledgeItem[] {
  const skippable = { stepKey: step.key, skipWhen: step.skipWhen };
  const checks = uniqueByKey(blocksOf(step).filter((block) => block.type === "check"));
  const resources = knowledgeResources(step.blocks).map(({ key, title }) => ({
    ...{ key, title, questions: [], aliases: [] },
    ...skippable,
  }));
  const [only] = resources;
  if (only !== undefined && resources.length === 1)
    return [{ ...only, questions: checks.flatMap(questionNames), aliases: checks.map(({ key }) => key) }];
  const ownChecks = checks.map((check) => ({
    key: check.key,
    title: check.items[0]?.question ?? check.key,
    questions: questionNames(check),
    aliases: [],
    ...skippable,
  }));
  return [...resources, ...ownChecks];
}

function variantItems(step: Step): KnowledgeItem[] {
  return knowledgeResources(step.variantB?.blocks ?? []).map(({ key, title }) => ({
    key,
    title,
    questions: [],
    aliases: [],
    stepKey: step.key,
    skipWhen: step.skipWhen,
  }));
}

function knowledgeResources(blocks: readonly Block[]): BlockOf<"resource">[] {
  return uniqueByKey(blocks.filter((block) => block.type === "resource").filter((block) => block.knowledge));
}

type QuestionNames = (check: BlockOf<"check">) => string[][];

function questionNamesIn(steps: readonly Step[]): QuestionNames {
  const checks = uniqueByKey(steps.flatMap(blocksOf).filter((block) => block.type === "check"));
  const keys = checks.flatMap((check) => check.items.map((item) => item.key));
  const isAmbiguous = (key: string) => keys.indexOf(key) !== keys.lastIndexOf(key);
  return (check) =>
    check.items.map(({ key }) => {
      const full = `${check.key}.${key}`;
      return isAmbiguous(key) ? [full] : [full, key];
    });
}

function blocksOf(step: Step): Block[] {
  return [...step.blocks, ...(step.variantB?.blocks ?? [])];
}

function trackTasks(step: Step): TrackTask[] {
  return blocksOf(step)
    .filter((block) => block.type === "task")
    .map(({ key, text, weight, must }) => ({
      key,
      title: text,
      weight,
      must,
      stepKey: step.key,
      skipWhen: step.skipWhen,
    }));
}

/** Variant B repeats a step's task in a smaller form: the first of a key is the one that counts. */
function uniqueByKey<T extends { key: string }>(entries: readonly T[]): T[] {
  const seen = new Map<string, T>();
  for (const entry of entries) if (!seen.has(entry.key)) seen.set(entry.key, entry);
  return [...seen.values()];
}

/** An author may move a weight by 0.10 (D3); beyond that the verdict would mean something else. */
function refuseForeignWeights(sequenceKey: string, weights: Weights, defaults: Weights): void {
  const sum =
    weights.knowledge + weights.tasks + weights.priorities + weights.questions + weights.reciprocity;
  if (Math.abs(sum - 1) > 1e-9)
    throw new Error(`${sequenceKey}: readiness.weights add up to ${sum.toFixed(2)}; make them add up to 1.`);
  for (const name of ["knowledge", "tasks", "priorities", "questions", "reciprocity"] as const)
    if (Math.abs(weights[name] - defaults[name]) > 0.1 + 1e-9)
      throw new Error(
        `${sequenceKey}: readiness.weights.${name} is ${weights[name]}; keep it within 0.10 of ${defaults[name]}.`,
      );
}
