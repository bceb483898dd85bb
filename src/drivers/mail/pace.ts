export interface PaceLimits {
  /** Mails per second in all; null: as fast as the server takes them. */
  readonly perSecond: number | null;
  /** Mails per second to one recipient domain. */
  readonly perDomainPerSecond: number | null;
  /** Longest wait for a turn. A send that waits is already `transmitting`, and its lease runs. */
  readonly longestWaitMs: number;
}

/**
 * Gives turns evenly spaced, in all and per recipient domain. A turn that would come too late is
 * refused at once, so the caller can put the send back instead of sitting on its lease.
 */
export class Pace {
  readonly #limits: PaceLimits;
  #nextAny = 0;
  readonly #nextByDomain = new Map<string, number>();

  constructor(limits: PaceLimits) {
    this.#limits = limits;
  }

  /** Milliseconds to wait before sending, or null when that would be too long. Takes the turn. */
  take(domain: string, now: number): number | null {
    const { perSecond, perDomainPerSecond, longestWaitMs } = this.#limits;
    const at = Math.max(now, this.#nextAny, this.#nextByDomain.get(domain) ?? 0);
    if (at - now > longestWaitMs) return null;
    if (perSecond !== null) this.#nextAny = at + 1000 / perSecond;
    if (perDomainPerSecond !== null) {
      this.#nextByDomain.set(domain, at + 1000 / perDomainPerSecond);
      if (this.#nextByDomain.size > 10_000) this.#forget(now);
    }
    return at - now;
  }

  #forget(now: number): void {
    for (const [domain, next] of this.#nextByDomain) if (next <= now) this.#nextByDomain.delete(domain);
  }
}
