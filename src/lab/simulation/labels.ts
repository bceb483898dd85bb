import type { Mind } from "../personas/persona.ts";

/**
 * The truth that `ready` is measured against: a meeting now would not be a demo (domain.md D10).
 * Read from the mind alone, never from an event or a score.
 */
export function meetingWouldNotBeADemo(mind: Mind): boolean {
  return (
    mind.knowledge >= 0.5 &&
    mind.priorities.length >= 1 &&
    mind.questions.length >= 1 &&
    mind.intent !== "replace"
  );
}

export interface Interval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Wilson 95 % interval; null of nothing. */
export function wilson(hits: number, total: number): Interval | null {
  if (total === 0) return null;
  const z = 1.959964;
  const share = hits / total;
  const scale = 1 + (z * z) / total;
  const middle = (share + (z * z) / (2 * total)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  return { share, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}
