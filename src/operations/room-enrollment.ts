import { eventWords } from "../domain/engagement/event-words.ts";
import { suggestResources } from "../domain/engagement/suggest-resources.ts";
import type { PlannedStep } from "../domain/sequences/plan-program.ts";
import { policyOf } from "../domain/sequences/policy.ts";
import { readProgress } from "../domain/sequences/progress.ts";
import type { Condition, Sequence, Step } from "../domain/sequences/sequence.ts";
import { type EnrollmentFrame, loadFrames } from "../drivers/store/enrollment-frame.ts";
import { loadLogs } from "../drivers/store/events.ts";
import type { Question, Send } from "../drivers/store/generated/client.ts";
import { listResources } from "../drivers/store/versions.ts";
import { agendaOf } from "./agenda-of.ts";
import { programOf } from "./frozen-sequence.ts";
import { logNames } from "./log-names.ts";
import type { PagePlan } from "./page-parts.ts";
import type { Db } from "./parts.ts";
import { pauseNow } from "./pauses.ts";
import { dayOf, personCalendar } from "./person-calendar.ts";
import { programLine, stepsAhead } from "./program-line.ts";
import { fillPlain, readerValues } from "./reader-values.ts";
import { assessLog } from "./refresh-readiness.ts";
import type { RoomEnrollment, RoomEvent, RoomOneOff, RoomStep, ScoreDay } from "./room-parts.ts";

/** A case's enrollments as its room shows them, newest first: as many statements for two as for one. */
export async function roomEnrollments(
  db: Db,
  about: { workspaceId: string; enrollmentIds: readonly string[]; plan: PagePlan | null },
  now: Date,
): Promise<RoomEnrollment[]> {
  const { workspaceId, enrollmentIds, plan } = about;
  if (enrollmentIds.length === 0) return [];
  const [frames, read] = await Promise.all([
    loadFrames(db, workspaceId, enrollmentIds),
    readRooms(db, workspaceId, enrollmentIds),
  ]);
  const sponsorPriorities = rankingOf(frames, read);
  const ordered = enrollmentIds.flatMap((id) => frames.filter(({ enrollment }) => enrollment.id === id));
  return Promise.all(
    ordered.map((frame) => roomOf(db, frame, { ...read(frame.enrollment.id), plan, sponsorPriorities }, now)),
  );
}

type Read = Awaited<ReturnType<typeof readRooms>> extends (id: string) => infer One ? One : never;

/** What the case's sponsors put first, the newest ranking before older ones. */
function rankingOf(frames: readonly EnrollmentFrame[], read: (id: string) => Read): string[] {
  return frames
    .filter(({ enrollment }) => enrollment.audience === "sponsor")
    .flatMap(({ enrollment }) => read(enrollment.id).priorities)
    .sort((a, b) => b.validFrom.getTime() - a.validFrom.getTime() || a.rank - b.rank)
    .map(({ text }) => text);
}

/** What lies around the enrollments, by enrollment. */
async function readRooms(db: Db, workspaceId: string, enrollmentIds: readonly string[]) {
  const where = { workspaceId, enrollmentId: { in: [...enrollmentIds] } };
  const [sends, logs, tasks, objectives, questions, priorities, meetings, intents, reached] =
    await Promise.all([
      db.send.findMany({ where, orderBy: [{ dueAt: "asc" }, { id: "asc" }] }),
      loadLogs(db, workspaceId, enrollmentIds),
      db.task.findMany({ where, orderBy: { id: "asc" } }),
      db.objective.findMany({ where, orderBy: { id: "asc" } }),
      db.question.findMany({ where: { ...where, duplicateOf: null }, orderBy: { askedAt: "desc" } }),
      db.priority.findMany({ where: { ...where, validTo: null }, orderBy: { rank: "asc" } }),
      db.meeting.findMany({ where, orderBy: { requestedAt: "desc" } }),
      db.intent.findMany({ where, orderBy: { statedAt: "desc" } }),
      firstReached(db, workspaceId, enrollmentIds),
    ]);
  return (id: string) => {
    const own = <Row extends { enrollmentId: string | null }>(rows: readonly Row[]): Row[] =>
      rows.filter(({ enrollmentId }) => enrollmentId === id);
    return {
      sends: own(sends),
      log: logs.get(id) ?? [],
      tasks: own(tasks),
      objectives: own(objectives),
      questions: own(questions),
      priorities: own(priorities),
      meetings: own(meetings),
      intent: own(intents)[0] ?? null,
      // By send, and a send belongs to one enrollment.
      reached,
    };
  };
}

async function roomOf(
  db: Db,
  frame: EnrollmentFrame,
  read: Read & { plan: PagePlan | null; sponsorPriorities: readonly string[] },
  now: Date,
): Promise<RoomEnrollment> {
  const { enrollment, version } = frame;
  const { workspaceId, id: enrollmentId } = enrollment;
  const { sends, log, tasks, objectives, questions, priorities, meetings, intent, reached, plan } = read;
  const where = { workspaceId, enrollmentId };
  const begun = enrollment.audience === "contact" && now >= enrollment.startedAt;
  const sequence = programOf(version, enrollment);
  const names = logNames(sequence, frame, plan?.goals ?? []);
  const values = readerValues(frame);
  const inWords = <T extends { text: string }>(row: T): T => ({ ...row, text: fillPlain(row.text, values) });
  const lines: RoomEvent[] = log
    .filter((event) => Date.parse(event.at) <= now.getTime())
    .map((event) => ({
      id: event.id,
      at: new Date(event.at),
      kind: event.kind,
      evidence: event.evidence,
      text: eventWords(event, names),
    }))
    .reverse();
  const pause = pauseNow(enrollment, now);
  const calendar = personCalendar(frame.workspace, frame.account, enrollment.zone, now);
  const ahead = stepsAhead(frame, sequence, calendar, log, sends, now);
  const steps = roomSteps(sequence, frame, sends, ahead, reached, names.titles);
  return {
    id: enrollment.id,
    contact: frame.contact,
    audience: enrollment.audience as RoomEnrollment["audience"],
    sequenceKey: version.key,
    sequenceName: version.name,
    version: version.version,
    status: enrollment.status,
    blockedReason: enrollment.blockedReason,
    exitReason: enrollment.exitReason,
    pace: enrollment.pace,
    policy: policyOf(enrollment.policy),
    zone: enrollment.zone,
    startedAt: enrollment.startedAt,
    dueAt: enrollment.dueAt,
    pausedUntil: pause?.until == null ? null : new Date(pause.until),
    paused: pause !== null || enrollment.status === "paused",
    pauseReason: pause?.reason ?? null,
    waitingForPerson: readProgress(enrollment.progress).waitingForPerson,
    readiness: begun ? assessLog(sequence, log, now) : null,
    agenda: begun ? await agendaOf(db, frame, now, log, { ...read, goals: plan?.goals ?? [] }) : null,
    steps,
    sends,
    oneOffs: await oneOffsOf(db, where, sends, values),
    events: lines.filter((line) => line.evidence !== "machine"),
    machineEvents: lines.filter((line) => line.evidence === "machine"),
    tasks: tasks.map(inWords),
    objectives: objectives.map(inWords),
    questions,
    priorities,
    meetings,
    intent: intent === null ? null : { value: intent.value, why: intent.why, statedAt: intent.statedAt },
    pageKey: enrollment.pageKey,
    suggested: await suggestedFor(db, workspaceId, questions),
    line: programLine(
      frame,
      calendar,
      steps.map(({ at }) => at),
      now,
    ),
    history: begun ? await scoreDays(db, workspaceId, enrollmentId) : [],
  };
}

const ANSWERED: readonly string[] = ["answered", "accepted", "answered_by_resource", "closed"];

async function suggestedFor(
  db: Db,
  workspaceId: string,
  questions: readonly Question[],
): Promise<RoomEnrollment["suggested"]> {
  const open = questions.filter(({ state }) => !ANSWERED.includes(state));
  if (open.length === 0) return {};
  const resources = await listResources(db, workspaceId);
  const entries = open.map(({ id, text }) => [
    id,
    suggestResources(text, resources).map(({ key, title, url }) => ({ key, title, url })),
  ]);
  return Object.fromEntries(entries);
}

/** Most programs have none: the list is asked for only where a send says that there is one. */
async function oneOffsOf(
  db: Db,
  where: { workspaceId: string; enrollmentId: string },
  sends: readonly Send[],
  values: Parameters<typeof fillPlain>[1],
): Promise<RoomOneOff[]> {
  const own = sends.filter(({ kind }) => kind === "one_off");
  if (own.length === 0) return [];
  const mails = await db.oneOffMail.findMany({ where });
  const mailOf = new Map(mails.map((mail) => [mail.sendId, mail]));
  return own.flatMap((send) => {
    const mail = mailOf.get(send.id);
    if (mail === undefined) return [];
    return [
      {
        id: mail.id,
        subject: send.subject ?? fillPlain(mail.subject, values),
        at: send.submittedAt ?? send.endedAt ?? send.dueAt,
        status: send.status,
        reason: send.reason,
        waits: send.status === "planned" || send.status === "deferred",
      },
    ];
  });
}

/** The first human visit from each mail; machines' hits are none. */
async function firstReached(
  db: Db,
  workspaceId: string,
  enrollmentIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await db.engagementEvent.groupBy({
    by: ["sendId"],
    where: {
      workspaceId,
      enrollmentId: { in: [...enrollmentIds] },
      sendId: { not: null },
      evidenceClass: { in: ["strong", "weak", "human_probable"] },
    },
    _min: { occurredAt: true },
  });
  return new Map(
    rows.flatMap(({ sendId, _min }) =>
      sendId === null || _min.occurredAt === null ? [] : [[sendId, _min.occurredAt] as const],
    ),
  );
}

/** One row a day: the last that was stored for it. */
async function scoreDays(db: Db, workspaceId: string, enrollmentId: string): Promise<ScoreDay[]> {
  const rows = await db.$queryRaw<{ date: Date; score: number; verdict: string; paused: boolean | null }[]>`
    select distinct on ("localDate") "localDate" as date, score, verdict, (result->>'paused')::boolean as paused
      from readiness_assessment
     where "enrollmentId" = ${enrollmentId}::uuid and "workspaceId" = ${workspaceId}::uuid
     order by "localDate", at desc`;
  return rows.map(({ date, score, verdict, paused }) => ({
    date: dayOf(date),
    score,
    verdict,
    paused: paused === true,
  }));
}

function roomSteps(
  sequence: Sequence,
  frame: EnrollmentFrame,
  sends: readonly Send[],
  ahead: ReadonlyMap<string, PlannedStep>,
  reached: ReadonlyMap<string, Date>,
  titles: ReadonlyMap<string, string>,
): RoomStep[] {
  const { enrollment } = frame;
  const progress = readProgress(enrollment.progress);
  const values = readerValues(frame);
  return sequence.steps.map((step, index): RoomStep => {
    const send = sends.findLast(({ stepKey, kind }) => stepKey === step.key && kind === "step") ?? null;
    const isNext = index === progress.position && send === null && enrollment.status === "active";
    const planned = send === null ? (ahead.get(step.key) ?? null) : null;
    const state = stateOf(step, send, progress, isNext);
    const isAhead = state === "next" || state === "later";
    const gone = planned?.kind === "left-out" || !isAhead ? null : planned;
    const held = isNext && progress.holdingSince !== null;
    return {
      key: step.key,
      subject: fillPlain(step.subject, values),
      audience: step.class === "csm-task" ? "csm" : (step.audience ?? sequence.audience),
      state: isAhead && planned?.kind === "left-out" ? "skipped" : state,
      at: send?.submittedAt ?? send?.dueAt ?? dateOf(gone) ?? (isNext ? enrollment.dueAt : null),
      variant: send === null ? null : send.variant === "b" ? "b" : "a",
      send,
      gate: gateWords(step, titles),
      held,
      expected: gone !== null,
      moved: gone?.moved == null ? null : gone.moved.why,
      clockChange: gone?.clockChange ?? null,
      reachedAt: send === null ? null : (reached.get(send.id) ?? null),
    };
  });
}

const dateOf = (planned: PlannedStep | null): Date | null => (planned === null ? null : new Date(planned.at));

function stateOf(
  step: Step,
  send: Send | null,
  progress: { done: readonly string[]; skipped: readonly string[] },
  isNext: boolean,
): RoomStep["state"] {
  if (send !== null) {
    if (send.status === "submitted" || send.status === "uncertain") return "sent";
    return ["skipped", "suppressed", "failed"].includes(send.status) ? "skipped" : "planned";
  }
  if (progress.skipped.includes(step.key)) return "skipped";
  // A step without a mail of its own (a task for the CSM) is done when it was passed.
  if (progress.done.includes(step.key)) return "sent";
  return isNext ? "next" : "later";
}

/** What the step waits for, in words; null when it waits for its day alone. */
function gateWords(step: Step, titles: ReadonlyMap<string, string>): string | null {
  if (step.ungated || step.gate === undefined) return null;
  const inWords = (condition: Condition) => conditionWords(condition, titles);
  const all = (step.gate.all ?? []).map(inWords);
  const any = (step.gate.any ?? []).map(inWords);
  const parts = [all.join(" and "), any.join(" or ")].filter((part) => part !== "");
  return parts.length === 0 ? null : parts.join(", and ");
}

function conditionWords(condition: Condition, titles: ReadonlyMap<string, string>): string {
  const named = (key: string) => `“${titles.get(key) ?? key}”`;
  const either = (codes: readonly string[]) => codes.map((code) => code.replaceAll("_", " ")).join(" or ");
  if ("taskDone" in condition) return `${named(condition.taskDone)} is done`;
  if ("taskEvidence" in condition) return `${named(condition.taskEvidence)} has evidence`;
  if ("stepAnswered" in condition) return `${named(condition.stepAnswered)} is answered`;
  if ("areaKnown" in condition) return `they know ${condition.areaKnown}`;
  if ("intentIn" in condition) return `intent is ${either(condition.intentIn)}`;
  if ("verdictIn" in condition) return `readiness is ${either(condition.verdictIn)}`;
  if ("eventSeen" in condition) return `${condition.eventSeen} has happened`;
  if ("eventNotSeen" in condition) return `${condition.eventNotSeen} has not happened`;
  if ("activeDayAtLeast" in condition) return `day ${condition.activeDayAtLeast} is reached`;
  if ("competitorKnown" in condition) {
    return condition.competitorKnown ? "the competitor is known" : "the competitor is not known";
  }
  return condition satisfies never;
}
