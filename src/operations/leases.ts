/** How long each holder may keep a send before others look for it again. Machine time. */
export interface Leases {
  /** The queue, from the wake-up to a worker's claim. */
  readonly queuedMs: number;
  /** A worker that decides and writes: nothing has left. */
  readonly claimedMs: number;
  /** A worker that hands it over. Must exceed the transport's own deadline for one mail. */
  readonly transmittingMs: number;
}

export const ORDINARY_LEASES: Leases = { queuedMs: 30_000, claimedMs: 60_000, transmittingMs: 300_000 };
