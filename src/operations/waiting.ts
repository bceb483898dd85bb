import {
  type CaseGlance,
  type DutyGlance,
  dutyGlances,
  type MeetingGlance,
  meetingGlances,
  type Scope,
  uncertainGlances,
} from "../drivers/store/open-case-glances.ts";
import { DUTY_KINDS, type Staked, VERDICT_TEXT } from "./needs.ts";
import type { Db } from "./parts.ts";

/** Something that waits for a person, as far as its rank asks; told in full only when it is shown (week-needs.ts). */
export interface Waiting extends Staked {
  readonly caseId: string;
  readonly enrollmentId: string | null;
  /** Where the row of `subjectId` is found. */
  readonly from: "duty" | "verdict" | "send" | "meeting" | "case";
  readonly subjectId: string;
}

/** The duty that asks about an uncertain send; the send itself has the button, so it is not said twice. */
const UNCERTAIN_DUTY = "uncertain-send";

/** Everything in these cases, which are all of this scope, that waits for a person of the vendor, not yet ranked. */
export async function waitingIn(
  db: Db,
  scope: Scope,
  cases: Promise<readonly CaseGlance[]>,
  now: Date,
): Promise<Waiting[]> {
  const [glances, duties, meetings, uncertain] = await Promise.all([
    cases,
    dutyGlances(db, scope),
    meetingGlances(db, scope),
    uncertainGlances(db, scope.workspaceId),
  ]);
  const byId = new Map(glances.map((glance) => [glance.id, glance]));
  const asked = duties
    .filter(({ kind }) => kind !== UNCERTAIN_DUTY)
    .flatMap((duty) => ofDuty(duty, byId.get(duty.caseId)));
  const met = new Set(meetings.map(({ enrollmentId }) => enrollmentId));
  const said = new Set(asked.map(({ kind, enrollmentId }) => `${kind} ${enrollmentId}`));
  return [
    ...asked,
    ...glances
      .flatMap(ofVerdict)
      // What was asked for in so many words, is booked or took place, is not asked for again.
      .filter(({ kind, enrollmentId }) => !said.has(`${kind} ${enrollmentId}`))
      .filter(({ kind, enrollmentId }) => kind !== "ready" || !met.has(enrollmentId ?? "")),
    ...uncertain.flatMap(({ id, caseId, enrollmentId }) => {
      const glance = byId.get(caseId ?? "");
      return glance === undefined
        ? []
        : [waiting(glance, "uncertain", "send", id, enrollmentId ?? glance.enrollmentId)];
    }),
    ...meetings.flatMap((meeting) => ofPastMeeting(meeting, byId.get(meeting.caseId), now)),
    ...glances.flatMap(ofNoProgram),
  ];
}

function waiting(
  { id, arrMinor, currency }: CaseGlance,
  kind: Waiting["kind"],
  from: Waiting["from"],
  subjectId: string,
  enrollmentId: string | null,
  dueAt: Date | null = null,
): Waiting {
  return { kind, arrMinor, currency, dueAt, caseId: id, enrollmentId, from, subjectId };
}

function ofDuty(duty: DutyGlance, glance: CaseGlance | undefined): Waiting[] {
  if (glance === undefined) return [];
  const kind = DUTY_KINDS[duty.kind] ?? "csm_task";
  return [waiting(glance, kind, "duty", duty.id, duty.enrollmentId ?? glance.enrollmentId, duty.dueAt)];
}

function ofVerdict(glance: CaseGlance): Waiting[] {
  const { enrollmentId, verdict } = glance;
  const asks = VERDICT_TEXT[verdict ?? ""];
  if (enrollmentId === null || asks === undefined) return [];
  return [waiting(glance, asks.kind, "verdict", enrollmentId, enrollmentId)];
}

/** A meeting whose time has passed: what came of it is how readiness is measured (S0-32). */
function ofPastMeeting(meeting: MeetingGlance, glance: CaseGlance | undefined, now: Date): Waiting[] {
  const { id, enrollmentId, state, slotAt } = meeting;
  if (glance === undefined || state !== "booked" || slotAt === null || slotAt > now) return [];
  return [waiting(glance, "meeting_past", "meeting", id, enrollmentId)];
}

/** A case whose program has not begun: who takes over is still to be found, or only to be enrolled. */
function ofNoProgram(glance: CaseGlance): Waiting[] {
  if (glance.enrollmentId !== null || glance.roleOutcome === "leaving_space") return [];
  return [waiting(glance, glance.hasReplacement ? "enroll" : "capture", "case", glance.id, null)];
}
