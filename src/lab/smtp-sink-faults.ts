/**
 * How the server misbehaves. Shares lie between 0 and 1 and are drawn from the seed and the mail's own
 * envelope, never from the order of arrival: the same mails meet the same faults in every run.
 */
export interface SinkFaults {
  /** 550 at RCPT: these recipients never exist. */
  readonly reject550?: number;
  /** 451 at RCPT, at the first attempt only. */
  readonly defer451?: number;
  /** The connection breaks at DATA, at the first attempt only: surely not delivered. */
  readonly dropBeforeData?: number;
  /** The connection breaks after the final dot: delivered, and the sender cannot know. */
  readonly dropAfterDot?: number;
  /** Delivered, but no answer ever comes. */
  readonly hangAfterDot?: number;
  /** The greeting never comes. */
  readonly hangAtConnect?: number;
  /** Milliseconds before the answer to the final dot. */
  readonly delayMs?: number;
}

export type FaultName = Exclude<keyof SinkFaults, "delayMs">;
