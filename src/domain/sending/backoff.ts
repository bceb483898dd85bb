import { createHash } from "node:crypto";

export interface BackoffPolicy {
  readonly firstSeconds: number;
  /** Each wait is this much longer than the one before. */
  readonly factor: number;
  readonly longestSeconds: number;
  /** Attempts in total; after the last one the send has failed. null: it never fails of this. */
  readonly attempts: number | null;
}

/** Two minutes up to four hours, about a day in all: greylisting and a full mailbox get their chance. */
export const TEMPORARY_REFUSAL: BackoffPolicy = {
  firstSeconds: 120,
  factor: 2,
  longestSeconds: 4 * 3600,
  attempts: 12,
};

/**
 * Our own connection trouble: soon again, since no server has asked for patience, and without an end. An
 * outage says nothing about this mail; what has become too late meanwhile is planned anew when it is over.
 */
export const CONNECTION_TROUBLE: BackoffPolicy = {
  firstSeconds: 5,
  factor: 2,
  longestSeconds: 900,
  attempts: null,
};

export type Backoff = { kind: "retry"; afterSeconds: number } | { kind: "give-up"; attempts: number };

/**
 * When to try again. Spread by up to a quarter, decided by the send's id: the same row gives the
 * same answer on any worker, and a thousand sends deferred together do not come back together.
 * The spacing always grows, since the spread (1.25) is smaller than the factor (2).
 *
 * @param attempts how many ended in this kind of trouble so far, 1 or more: what another kind cost is not counted
 */
export function backoff(policy: BackoffPolicy, sendId: string, attempts: number): Backoff {
  if (policy.attempts !== null && attempts >= policy.attempts) return { kind: "give-up", attempts };
  const plain = Math.min(policy.firstSeconds * policy.factor ** (attempts - 1), policy.longestSeconds);
  const spread = createHash("sha256").update(`${sendId}:${attempts}`).digest().readUInt16BE(0) / 0xffff;
  return { kind: "retry", afterSeconds: Math.round(plain * (1 + spread / 4)) };
}
