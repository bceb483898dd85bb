/** The two queues: mails apart from everything else, so that a long list of mails never delays planning. */
export const QUEUES = { sends: "sends", chores: "chores" } as const;

/** A batch of ids, never more: the truth is read from the rows when the job runs. */
export interface SendJob {
  readonly sendIds: readonly string[];
}

export const CHORES = [
  "plan-due-steps",
  "sweep",
  "assess-due",
  "refresh-readiness",
  "deliver-webhooks",
  "forget-old",
] as const;
export type Chore = (typeof CHORES)[number];

export interface ChoreJob {
  /** Only for refresh-readiness. */
  readonly enrollmentIds?: readonly string[];
}

export type Payload = SendJob | ChoreJob;

/** Sends in one job: one job per mail would cost as much as the mail itself (stack.md 6). */
export const SENDS_PER_JOB = 50;

/** How often each chore is looked at, in milliseconds of machine time. */
export interface ChoreRhythm {
  readonly planEveryMs: number;
  readonly sweepEveryMs: number;
  readonly assessEveryMs: number;
  readonly webhooksEveryMs: number;
  readonly forgetEveryMs: number;
}

export const ORDINARY_RHYTHM: ChoreRhythm = {
  planEveryMs: 1_000,
  sweepEveryMs: 20_000,
  assessEveryMs: 60_000,
  webhooksEveryMs: 10_000,
  forgetEveryMs: 3_600_000,
};
