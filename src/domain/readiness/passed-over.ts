import type { Condition } from "../sequences/sequence.ts";
import type { Ledger } from "./ledger.ts";

/**
 * True when the contact's own answers make a step unnecessary before it was mailed ("areas known are
 * skipped", domain.md C1): its items and tasks then leave the sums, as waived ones do.
 */
export function isPassedOver(
  part: { readonly stepKey: string; readonly skipWhen: readonly Condition[] },
  ledger: Ledger,
): boolean {
  return !ledger.stepsMailed.has(part.stepKey) && part.skipWhen.some((condition) => holds(condition, ledger));
}

/** Only what the contact told us; what needs the calendar or the verdict is the planner's business. */
function holds(condition: Condition, ledger: Ledger): boolean {
  if ("areaKnown" in condition) return ledger.areasKnown.has(condition.areaKnown);
  if ("intentIn" in condition)
    return ledger.intent !== null && condition.intentIn.includes(ledger.intent.value);
  if ("taskDone" in condition) return (ledger.tasks.get(condition.taskDone)?.value ?? "open") !== "open";
  if ("taskEvidence" in condition) return ledger.tasks.get(condition.taskEvidence)?.value === "evidence";
  if ("eventSeen" in condition) return ledger.kindsSeen.has(condition.eventSeen);
  if ("eventNotSeen" in condition) return !ledger.kindsSeen.has(condition.eventNotSeen);
  return false;
}
