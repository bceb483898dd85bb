import { knowledgeLevel, round2, weightsFor } from "./components.ts";
import { openMustTasks, type Standing } from "./gates.ts";
import { isPassedOver } from "./passed-over.ts";
import type { GateResult } from "./readiness.ts";

/** One act of the contact that would bring them nearer, in words, and what it would add. */
export interface Way {
  readonly text: string;
  /** Points today; 0 for an act that opens a gate and nothing else. */
  readonly gain: number;
}

/**
 * The nearest way to ready: first what opens a closed gate, then the smallest act that closes the
 * gap in points, else the largest there is. Tasks come before checks of equal worth: a task shows more.
 */
export function nearestWay(standing: Standing, failing: readonly GateResult[], gap: number): Way | null {
  const opening = failing.flatMap((gate) => {
    const way = gateWay(standing, gate);
    return way === null ? [] : [way];
  });
  const ways = opening.length > 0 ? opening : pointWays(standing);
  const enough = ways.filter((way) => way.gain >= gap).sort((a, b) => a.gain - b.gain);
  const most = [...ways].sort((a, b) => b.gain - a.gain);
  return enough[0] ?? most[0] ?? null;
}

function gateWay(standing: Standing, gate: GateResult): Way | null {
  const { ledger } = standing;
  const weights = weightsFor(standing.track, ledger);
  switch (gate.id) {
    case "G2":
      return { text: "one ranked priority", gain: round2(weights.priorities * 50) };
    case "G3":
      return { text: "one question, or 'none because …'", gain: round2(weights.questions * 60) };
    case "G4": {
      const [open] = openMustTasks(standing);
      return open === undefined
        ? { text: "evidence for one must-task", gain: 0 }
        : { text: nameTask(standing, open.key), gain: taskGain(standing, open.key) };
    }
    case "G5":
      return { text: "any act of their own", gain: 0 };
    case "G6":
      return { text: "one more act with content, on another day", gain: 0 };
    case "G7":
      return ledger.intent === null ? { text: "stating where they stand", gain: 0 } : null;
    case "G1":
    case "G8":
      return null;
    default:
      return gate.id satisfies never;
  }
}

function pointWays(standing: Standing): Way[] {
  const { track, ledger } = standing;
  const weights = weightsFor(track, ledger);
  const tasks = track.tasks
    .filter((task) => !isPassedOver(task, ledger) && ledger.tasks.get(task.key)?.waived !== true)
    .map((task) => ({ text: nameTask(standing, task.key), gain: taskGain(standing, task.key) }));
  const perItem = (weights.knowledge * 100) / Math.max(1, track.items.length);
  const items = track.items
    .filter((item) => !isPassedOver(item, ledger))
    .map((item) => ({
      text: `${item.questions.length > 0 ? "the check on" : "reading"} '${item.title}'`,
      gain: round2(
        perItem * ((item.questions.length > 0 ? 1 : 0.6) - knowledgeLevel(item, ledger, standing.day).value),
      ),
    }));
  const asked = ledger.questions.size;
  const questions = {
    text: "one more question",
    gain: round2(weights.questions * ([60, 25, 15][asked] ?? 0)),
  };
  const goal = {
    text: "keeping or changing one goal",
    gain: ledger.goals.size === 0 ? round2(weights.priorities * 25) : 0,
  };
  const reply = { text: "a reply", gain: ledger.reply === null ? round2(weights.reciprocity * 40) : 0 };
  const slot = { text: "choosing a time", gain: ledger.slot === null ? round2(weights.reciprocity * 40) : 0 };
  return [...tasks, ...items, questions, goal, slot, reply].filter((way) => way.gain > 0);
}

function nameTask({ track }: Standing, key: string): string {
  const title = track.tasks.find((task) => task.key === key)?.title ?? key;
  // Tasks without weight (a form that counts elsewhere) have no number: the count beside it leaves them out.
  const number = track.tasks.filter((task) => task.weight > 0).findIndex((task) => task.key === key) + 1;
  return `task ${number > 0 ? `${number} ` : ""}'${title}'`;
}

function taskGain({ track, ledger }: Standing, key: string): number {
  const total = track.tasks.reduce((sum, task) => sum + task.weight, 0);
  const task = track.tasks.find((one) => one.key === key);
  const state = ledger.tasks.get(key)?.value ?? "open";
  const missing = state === "evidence" ? 0 : state === "self" ? 0.4 : 1;
  return total === 0
    ? 0
    : round2((weightsFor(track, ledger).tasks * 100 * missing * (task?.weight ?? 0)) / total);
}
