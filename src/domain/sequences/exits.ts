import type { EngagementEvent } from "../engagement/events.ts";
import { eventsOf, type Look } from "./look.ts";
import type { EXIT_RULES } from "./sequence.ts";

type ExitReason = (typeof EXIT_RULES)[number];

/**
 * Why an enrollment must end at once, or null. These hold whatever the sequence's own exit list
 * says: nobody is written to after any of them.
 */
export function exitOf(look: Look): ExitReason | null {
  for (const event of look.events) {
    const reason = exitBy(event);
    if (reason !== null) return reason;
  }
  return null;
}

function exitBy(event: EngagementEvent): ExitReason | null {
  if (event.kind === "wrong-person") return "wrong-person";
  if (event.kind === "contact-departed") return "replaced-contact-left";
  if (event.kind === "unsubscribe") return "unsubscribed";
  if (event.kind === "complaint") return "complained";
  return event.kind === "bounce" && event.hard ? "hard-bounce" : null;
}

/** Ready, and the meeting was held (domain.md C). */
export function isGoalReached(look: Look): boolean {
  return (
    look.sequence.exit.includes("goal-reached") &&
    look.facts.verdict === "ready" &&
    eventsOf(look, "meeting-held").length > 0
  );
}
