import { isDeliberate } from "../engagement/classify-evidence.ts";
import type { EngagementEvent } from "../engagement/events.ts";

const WINDOW_MS = 60_000;
/** This many buttons pressed inside a minute are still believed one by one (domain.md D2). */
const BELIEVED = 4;

/**
 * Ids of weak acts that do not count: more than four inside one minute count as one, the first.
 * One form that says "keep" to five goals is one press, not five.
 */
export function uncountedBurstActs(log: readonly EngagementEvent[]): Set<string> {
  const forms = new Set<number>();
  const presses: { event: EngagementEvent; time: number }[] = [];
  for (const event of log) {
    if (event.evidence !== "weak" || !isDeliberate(event)) continue;
    const time = Date.parse(event.at);
    if (event.kind === "goal-confirmed" && forms.has(time)) continue;
    if (event.kind === "goal-confirmed") forms.add(time);
    presses.push({ event, time });
  }
  const uncounted = new Set<string>();
  let burstStart = 0;
  for (let last = BELIEVED; last < presses.length; last++) {
    const first = presses[last - BELIEVED];
    const end = presses[last];
    if (first === undefined || end === undefined || end.time - first.time > WINDOW_MS) continue;
    const from = last - BELIEVED;
    // Overlapping minutes are one burst: only its very first act counts.
    if (!uncounted.has(first.event.id)) burstStart = from;
    for (let index = from; index <= last; index++) {
      const press = presses[index];
      if (press !== undefined && index !== burstStart) uncounted.add(press.event.id);
    }
  }
  return uncounted;
}
