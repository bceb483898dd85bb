export const SEND_STATUSES = [
  "planned",
  "claimed",
  "transmitting",
  "submitted",
  "suppressed",
  "skipped",
  "deferred",
  "failed",
  "uncertain",
] as const;
export type SendStatus = (typeof SEND_STATUSES)[number];

/**
 * The only moves a send may make. `deferred` is due again later; `uncertain` moves on evidence
 * or a person's word alone, never because time passed: a blind resend is how one mail becomes
 * two (trust.md 0.3).
 */
const MOVES: Readonly<Record<SendStatus, readonly SendStatus[]>> = {
  planned: ["claimed", "suppressed", "skipped"],
  // Back to planned: the lease ran out, or a guard deferred before anything left.
  claimed: ["planned", "transmitting", "suppressed", "skipped", "deferred", "failed"],
  // Back to deferred only when the body provably did not leave.
  transmitting: ["submitted", "deferred", "failed", "uncertain"],
  deferred: ["claimed", "suppressed", "skipped", "failed"],
  // "planned" is the person's "send again"; "submitted" and "failed" are evidence that came later.
  uncertain: ["planned", "submitted", "failed"],
  submitted: [],
  suppressed: [],
  skipped: [],
  // A person repaired what was wrong (a missing merge value, a wrong setting) and asks again.
  failed: ["planned"],
};

export function canMove(from: SendStatus, to: SendStatus): boolean {
  return MOVES[from].includes(to);
}

/** True when nothing happens to this send by itself any more. */
export function isEnded(status: SendStatus): boolean {
  return !["planned", "claimed", "transmitting", "deferred"].includes(status);
}
