import { diffWordsWithSpace } from "diff";
import { conditionInWords } from "./gates.ts";
import { toKebab } from "./key-case.ts";
import { authoredDays } from "./schedule.ts";
import type { Block, Condition, Sequence, Step } from "./sequence.ts";

/** A run of words that both texts have, or only one of them. */
export interface Words {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** One thing that is different. `words` when two texts can be laid over each other. */
export interface Change {
  /** "Subject changed", "Task added". */
  readonly what: string;
  readonly words: readonly Words[];
}

export interface StepDiff {
  readonly key: string;
  /** Counted from 1, in the newer version; in the older one for a step that is gone. */
  readonly position: number;
  readonly subject: string;
  readonly kind: "added" | "removed" | "changed";
  readonly changes: readonly Change[];
}

export interface VersionDiff {
  /** What is said about the program as a whole. */
  readonly sequence: readonly Change[];
  /** Only the steps that differ, in the newer version's order, those that are gone last. */
  readonly steps: readonly StepDiff[];
}

/** What an author changed, step by step, as a reader would tell it. Steps are the same when their keys are. */
export function diffVersions(older: Sequence, newer: Sequence): VersionDiff {
  const before = new Map(older.steps.map((step, index) => [step.key, { step, index }]));
  const days = { older: authoredDays(older), newer: authoredDays(newer) };
  const order = { older: orderOf(older, newer), newer: orderOf(newer, older) };
  const steps: StepDiff[] = [];
  for (const [index, step] of newer.steps.entries()) {
    const was = before.get(step.key);
    const head = { key: step.key, position: index + 1, subject: step.subject };
    if (was === undefined) {
      steps.push({ ...head, kind: "added", changes: [] });
      continue;
    }
    const moved = order.older.indexOf(step.key) !== order.newer.indexOf(step.key);
    const changes = [
      ...(moved ? [said(`Now step ${index + 1}, was step ${was.index + 1}`)] : []),
      ...value("Day", days.older[was.index], days.newer[index]),
      ...stepChanges(was.step, step),
    ];
    if (changes.length > 0) steps.push({ ...head, kind: "changed", changes });
  }
  for (const [key, { step, index }] of before)
    if (!newer.steps.some((one) => one.key === key))
      steps.push({ key, position: index + 1, subject: step.subject, kind: "removed", changes: [] });
  return { sequence: sequenceChanges(older, newer), steps };
}

/** Two texts, word by word. Changed words with only a space between them are one change: a mosaic helps nobody. */
export function diffWords(older: string, newer: string): Words[] {
  const runs = diffWordsWithSpace(older, newer);
  const words: Words[] = [];
  let [removed, added] = ["", ""];
  const settle = (): void => {
    if (removed !== "") words.push({ kind: "removed", text: removed });
    if (added !== "") words.push({ kind: "added", text: added });
    [removed, added] = ["", ""];
  };
  for (const [index, run] of runs.entries()) {
    const next = runs[index + 1];
    const between = removed + added !== "" && next !== undefined && run.value.trim() === "";
    if (run.removed || (between && !run.added)) removed += run.value;
    if (run.added || (between && !run.removed)) added += run.value;
    if (run.added || run.removed || between) continue;
    settle();
    words.push({ kind: "same", text: run.value });
  }
  settle();
  return words;
}

/** The keys that both have, in one's own order: a step moved only if it changed places with another. */
function orderOf(sequence: Sequence, other: Sequence): string[] {
  return sequence.steps.map(({ key }) => key).filter((key) => other.steps.some((step) => step.key === key));
}

function sequenceChanges(older: Sequence, newer: Sequence): Change[] {
  const { steps: _was, ...before } = older;
  const { steps: _is, ...after } = newer;
  return fields(before, after);
}

function stepChanges(older: Step, newer: Step): Change[] {
  return [
    ...text("Subject", older.subject, newer.subject),
    ...text("Preheader", older.preheader, newer.preheader),
    ...text("Opening", older.opening, newer.opening),
    ...blockChanges(older.blocks, newer.blocks, ""),
    ...variantChanges(older, newer),
    ...text("Gate", gateWords(older), gateWords(newer)),
    ...text("Left out when", conditions(older.skipWhen), conditions(newer.skipWhen)),
    ...text("Branch", branchWords(older), branchWords(newer)),
    ...value("Audience", older.audience ?? "the sequence’s", newer.audience ?? "the sequence’s"),
    ...value("Class", older.class, newer.class),
    ...value("Goes even when a meeting is booked", yes(older.must), yes(newer.must)),
    ...value("Comes from this policy on", older.policy ?? "standard", newer.policy ?? "standard"),
  ];
}

function variantChanges(older: Step, newer: Step): Change[] {
  const [was, is] = [older.variantB, newer.variantB];
  if (was === undefined && is === undefined) return [];
  if (was === undefined) return [said("Variant B added")];
  if (is === undefined) return [said("Variant B removed")];
  return [
    ...text("Variant B: subject", was.subject, is.subject),
    ...text("Variant B: preheader", was.preheader, is.preheader),
    ...text("Variant B: opening", was.opening, is.opening),
    ...blockChanges(was.blocks, is.blocks, "Variant B: "),
  ];
}

/** Blocks with a key are followed by it; the others by their kind and their place among it. */
function blockChanges(older: readonly Block[], newer: readonly Block[], of: string): Change[] {
  const [before, after] = [named(older), named(newer)];
  const changes: Change[] = [];
  for (const [name, block] of after) {
    const was = before.get(name);
    if (was === undefined)
      changes.push({ what: label(of, block, "added"), words: [{ kind: "added", text: title(block) }] });
    else
      changes.push(...fields(was, block).map((one) => ({ ...one, what: label(of, block, lower(one.what)) })));
  }
  for (const [name, block] of before)
    if (!after.has(name))
      changes.push({ what: label(of, block, "removed"), words: [{ kind: "removed", text: title(block) }] });
  return changes;
}

function named(blocks: readonly Block[]): Map<string, Block> {
  const seen = new Map<string, number>();
  return new Map(
    blocks.map((block) => {
      const name = `${block.type}.${"key" in block ? block.key : ""}`;
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      return [`${name}.${nth}`, block];
    }),
  );
}

function title(block: Block): string {
  if ("title" in block) return block.title;
  if ("text" in block) return block.text;
  if ("prompt" in block) return block.prompt;
  return block.type === "check" ? block.items.map((item) => item.question).join(" ") : block.show;
}

function label(of: string, block: Block, what: string): string {
  const words = `${of}${block.type} ${what}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whatever two values of one shape say differently, field by field. */
function fields(older: object, newer: object): Change[] {
  const [was, is] = [older as Record<string, unknown>, newer as Record<string, unknown>];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.flatMap((name) => text(spelled(name), written(was[name]), written(is[name])));
}

function spelled(name: string): string {
  const words = toKebab(name).replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function written(part: unknown): string | undefined {
  if (part === undefined || part === null) return undefined;
  if (typeof part === "string") return part;
  if (typeof part === "boolean") return yes(part);
  if (Array.isArray(part)) return part.map((one) => written(one) ?? "").join("; ");
  if (typeof part === "object")
    // By name: what comes from the database has lost the order in which it was written.
    return Object.entries(part)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => `${toKebab(name)}: ${written(one) ?? "none"}`)
      .join(", ");
  return String(part);
}

function gateWords(step: Step): string {
  if (step.ungated) return "none, it goes on its day";
  if (step.gate === undefined) return "the task of the mail before";
  const { all = [], any = [], hold, onFail } = step.gate;
  const asks = [all.map(conditionInWords).join(" and "), any.map(conditionInWords).join(" or ")];
  return [asks.filter((one) => one !== "").join(", and "), hold ?? "", `else ${toKebab(onFail)}`]
    .filter((one) => one !== "")
    .join("; ");
}

function conditions(list: readonly Condition[]): string | undefined {
  return list.length === 0 ? undefined : list.map(conditionInWords).join(" or ");
}

function branchWords(step: Step): string | undefined {
  const ways = step.branch.map(({ when, goTo }) => `${conditionInWords(when)} → ${goTo}`);
  return ways.length === 0 ? undefined : ways.join("; ");
}

const yes = (is: boolean): string => (is ? "yes" : "no");
const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
const said = (what: string): Change => ({ what, words: [] });

function value(name: string, was: string | number | undefined, is: string | number | undefined): Change[] {
  if (was === is) return [];
  return [
    {
      what: `${name} changed`,
      words: [
        { kind: "removed", text: String(was ?? "none") },
        { kind: "same", text: " → " },
        { kind: "added", text: String(is ?? "none") },
      ],
    },
  ];
}

/** Below this share of words in common the two are shown one after the other: a mosaic helps nobody. */
const ALIKE = 0.4;

function text(name: string, was: string | undefined, is: string | undefined): Change[] {
  if (was === is) return [];
  if (was === undefined) return [{ what: `${name} added`, words: [{ kind: "added", text: is ?? "" }] }];
  if (is === undefined) return [{ what: `${name} removed`, words: [{ kind: "removed", text: was }] }];
  const words = diffWords(was, is);
  const same = words.reduce((sum, { kind, text: run }) => sum + (kind === "same" ? run.length : 0), 0);
  return same / Math.max(was.length, is.length) < ALIKE
    ? value(name, was, is)
    : [{ what: `${name} changed`, words }];
}
