import type { Meeting } from "../drivers/store/generated/client.ts";
import { type OpenDutyRow, openDutyRows } from "../drivers/store/open-case-rows.ts";
import { DUTY_KINDS, dutyButton, type NeedsYou, VERDICT_TEXT } from "./needs.ts";
import { mainOf, type OpenCase, type OpenEnrollment } from "./open-cases.ts";
import type { Db } from "./parts.ts";

/** The duty that asks about an uncertain send; the send itself has the button, so it is not said twice. */
const UNCERTAIN_DUTY = "uncertain-send";

/** Everything in these cases that waits for a person of the vendor, not yet ranked. */
export async function needRows(
  db: Db,
  workspaceId: string,
  csmId: string | null | undefined,
  cases: readonly OpenCase[],
  now: Date,
): Promise<NeedsYou[]> {
  const enrollmentIds = cases.flatMap(({ enrollments }) => enrollments.map(({ id }) => id));
  const [duties, uncertain, meetings, replacements] = await Promise.all([
    openDutyRows(db, workspaceId, csmId),
    db.send.findMany({
      where: { workspaceId, status: "uncertain", kind: { in: ["step", "one_off"] } },
      select: { id: true, enrollmentId: true, subject: true, endedAt: true },
    }),
    db.meeting.findMany({
      where: { workspaceId, enrollmentId: { in: enrollmentIds }, state: { in: ["requested", "booked"] } },
      orderBy: { requestedAt: "desc" },
    }),
    db.contact.findMany({
      where: {
        workspaceId,
        id: { in: cases.flatMap(({ replacementContactId }) => replacementContactId ?? []) },
      },
      select: { id: true, name: true },
    }),
  ]);
  const byId = new Map(cases.map((turnover) => [turnover.id, turnover]));
  const byEnrollment = new Map(
    cases.flatMap((turnover) => turnover.enrollments.map((one) => [one.id, { turnover, one }] as const)),
  );
  const briefs = await briefsOf(db, workspaceId, uncertain);
  const asked = duties
    .filter(({ kind }) => kind !== UNCERTAIN_DUTY)
    .flatMap((task) => dutyRow(task, byId.get(task.caseId)));
  const met = new Set(meetings.map(({ enrollmentId }) => enrollmentId));
  const said = new Set(asked.map(({ kind, enrollmentId }) => `${kind} ${enrollmentId}`));
  const nameOf = new Map(replacements.map(({ id, name }) => [id, name]));
  return [
    ...asked,
    ...cases
      .flatMap(verdictRow)
      // What was asked for in so many words, or is booked, is not asked for again.
      .filter(({ kind, enrollmentId }) => !said.has(`${kind} ${enrollmentId}`))
      .filter(({ kind, enrollmentId }) => kind !== "ready" || !met.has(enrollmentId ?? "")),
    ...uncertain.flatMap((send) => {
      const program = byEnrollment.get(send.enrollmentId ?? "");
      const turnover = program?.turnover ?? byId.get(briefs.get(send.id) ?? "");
      return turnover === undefined ? [] : [uncertainRow(send, turnover, program?.one ?? mainOf(turnover))];
    }),
    ...meetings.flatMap((meeting) => pastMeetingRow(meeting, byEnrollment.get(meeting.enrollmentId), now)),
    ...cases.flatMap((turnover) => startRow(turnover, nameOf)),
  ];
}

/** What to know before acting, for the duties among these rows. Asked for those that are shown, as it may be long. */
export async function withDetails(
  db: Db,
  workspaceId: string,
  rows: readonly NeedsYou[],
): Promise<NeedsYou[]> {
  const duties = await db.csmTask.findMany({
    where: { workspaceId, id: { in: rows.map(({ subjectId }) => subjectId) } },
    select: { id: true, detail: true },
  });
  const detailOf = new Map(duties.map(({ id, detail }) => [id, detail]));
  return rows.map((row) => ({ ...row, detail: detailOf.get(row.subjectId) ?? row.detail }));
}

const VERDICT_OF = new Map(Object.entries(VERDICT_TEXT).map(([verdict, { kind }]) => [kind, verdict]));

/** Since when the verdicts of these rows stand. Asked for the rows that are shown, not for all that wait. */
export async function withSince(db: Db, workspaceId: string, rows: readonly NeedsYou[]): Promise<NeedsYou[]> {
  const verdictOf = (row: NeedsYou) => (row.sinceAt === null ? VERDICT_OF.get(row.kind) : undefined);
  const asked = rows.filter((row) => verdictOf(row) !== undefined);
  const signals = await db.readinessSignal.findMany({
    where: {
      workspaceId,
      enrollmentId: { in: asked.flatMap(({ enrollmentId }) => enrollmentId ?? []) },
      kind: "verdict_changed",
    },
    orderBy: { at: "asc" },
    select: { enrollmentId: true, toVerdict: true, at: true },
  });
  const last = new Map(signals.map((signal) => [signal.enrollmentId, signal]));
  return rows.map((row) => {
    const signal = last.get(row.enrollmentId ?? "");
    return signal !== undefined && signal.toVerdict === verdictOf(row) ? { ...row, sinceAt: signal.at } : row;
  });
}

function baseRow(turnover: OpenCase, enrollment: OpenEnrollment | null) {
  const { account } = turnover;
  return {
    caseId: turnover.id,
    enrollmentId: enrollment?.id ?? null,
    accountId: account.id,
    accountName: account.name,
    contactName: enrollment?.contact.name ?? null,
    arrMinor: account.arrMinor,
    currency: account.currency,
    detail: "",
    dueAt: null,
  };
}

function dutyRow(task: OpenDutyRow, turnover: OpenCase | undefined): NeedsYou[] {
  if (turnover === undefined) return [];
  const enrollment = turnover.enrollments.find(({ id }) => id === task.enrollmentId) ?? mainOf(turnover);
  return [
    {
      ...baseRow(turnover, enrollment),
      kind: DUTY_KINDS[task.kind] ?? "csm_task",
      text: task.text,
      sinceAt: task.createdAt,
      dueAt: task.dueAt,
      button: dutyButton(task),
      subjectId: task.id,
    },
  ];
}

function verdictRow(turnover: OpenCase): NeedsYou[] {
  const enrollment = mainOf(turnover);
  const row = VERDICT_TEXT[enrollment?.verdict ?? ""];
  if (enrollment === null || row === undefined) return [];
  return [
    {
      ...baseRow(turnover, enrollment),
      kind: row.kind,
      text: `${enrollment.contact.name} ${row.text}`,
      sinceAt: null,
      button: { label: row.label, href: `/cases/${turnover.id}#${row.place}` },
      subjectId: enrollment.id,
    },
  ];
}

interface Program {
  turnover: OpenCase;
  one: OpenEnrollment;
}

/** The cases of briefs to sponsors who have no program of their own, by the send that carried them. */
async function briefsOf(
  db: Db,
  workspaceId: string,
  sends: readonly { id: string; enrollmentId: string | null }[],
): Promise<Map<string, string>> {
  const alone = sends.filter(({ enrollmentId }) => enrollmentId === null).map(({ id }) => id);
  if (alone.length === 0) return new Map();
  const briefs = await db.escalation.findMany({
    where: { workspaceId, sendId: { in: alone } },
    select: { sendId: true, caseId: true },
  });
  return new Map(briefs.map(({ sendId, caseId }) => [sendId ?? "", caseId]));
}

function uncertainRow(
  send: { id: string; subject: string | null; endedAt: Date | null },
  turnover: OpenCase,
  enrollment: OpenEnrollment | null,
): NeedsYou {
  return {
    ...baseRow(turnover, enrollment),
    kind: "uncertain",
    text: `Nobody can know whether “${send.subject ?? "a mail"}” reached the server`,
    detail: "The connection broke while it was handed over. It goes again only if you say so.",
    sinceAt: send.endedAt,
    button: { label: "Send again", href: `/cases/${turnover.id}#program` },
    subjectId: send.id,
  };
}

/** A meeting whose time has passed: what came of it is how readiness is measured (S0-32). */
function pastMeetingRow(meeting: Meeting, program: Program | undefined, now: Date): NeedsYou[] {
  if (program === undefined || meeting.state !== "booked") return [];
  if (meeting.slotAt === null || meeting.slotAt > now) return [];
  return [
    {
      ...baseRow(program.turnover, program.one),
      kind: "meeting_past",
      text: `Say how the meeting with ${program.one.contact.name} went`,
      sinceAt: meeting.slotAt,
      button: { label: "Say how it went", href: `/cases/${program.turnover.id}#meeting` },
      subjectId: meeting.id,
    },
  ];
}

/** A case whose program has not begun: who takes over is still to be found, or only to be enrolled. */
function startRow(turnover: OpenCase, nameOf: ReadonlyMap<string, string>): NeedsYou[] {
  if (mainOf(turnover) !== null || turnover.roleOutcome === "leaving_space") return [];
  const name = nameOf.get(turnover.replacementContactId ?? "") ?? null;
  const base = { ...baseRow(turnover, null), contactName: name, subjectId: turnover.id };
  if (name === null)
    return [
      {
        ...base,
        kind: "capture",
        text: `Nobody knows yet who takes over at ${turnover.account.name}`,
        sinceAt: turnover.detectedAt,
        button: { label: "Capture", href: `/enroll?case=${turnover.id}` },
      },
    ];
  return [
    {
      ...base,
      kind: "enroll",
      text: `${name} takes over and gets no mail yet`,
      sinceAt: turnover.replacementSeenAt ?? turnover.detectedAt,
      button: { label: "Enroll", href: `/enroll?case=${turnover.id}` },
    },
  ];
}
