/** What is known about how far a case has come (domain.md B2, Recovery plan). */
export interface PlanFacts {
  readonly status: string;
  readonly hasInterim: boolean;
  readonly sponsorReached: boolean;
  readonly replacementKnown: boolean;
  /** Somebody is enrolled and did something on purpose. */
  readonly firstAct: boolean;
  /** Must tasks of the program: done or verified, of those that count. */
  readonly tasksDone: number;
  readonly tasksTotal: number;
  readonly meetingReady: boolean;
  readonly meetingHeld: boolean;
  readonly planAgreed: boolean;
  readonly trackComplete: boolean;
  readonly intentKept: boolean;
}

export interface PlanStage {
  readonly percent: number;
  readonly text: string;
  readonly done: boolean;
}

/**
 * The default stages. A later stage that is done stands for the ones before it: who has a replacement
 * needs no interim cover any more.
 */
export function recoveryPlan(facts: PlanFacts): { percent: number; stages: PlanStage[] } {
  const half = facts.tasksTotal > 0 && facts.tasksDone / facts.tasksTotal >= 0.5;
  const aligned = facts.meetingHeld && facts.planAgreed;
  const reached: readonly (readonly [number, string, boolean])[] = [
    [10, "Triaged", facts.status !== "detected"],
    [
      20,
      "Somebody covers: the sponsor or a known person is reached",
      facts.sponsorReached || facts.hasInterim,
    ],
    [30, "Interim cover runs", facts.hasInterim],
    [40, "Who takes over is known", facts.replacementKnown],
    [50, "Enrolled, and a first deliberate act", facts.firstAct],
    [65, "Half of the required work is done", facts.firstAct && half],
    [80, "Ready for the meeting", facts.meetingReady || facts.meetingHeld],
    [90, "Meeting held and success plan agreed again", aligned],
    [100, "Track complete and intent confirmed", aligned && facts.trackComplete && facts.intentKept],
  ];
  const percent = reached.findLast(([, , done]) => done)?.[0] ?? 0;
  return {
    percent,
    stages: reached.map(([at, text]) => ({ percent: at, text, done: at <= percent })),
  };
}
