import { daysAtRisk } from "../domain/turnover/learned-when.ts";
import { loadFrame } from "../drivers/store/enrollment-frame.ts";
import type { Account, Case, Contact, CsmTask, Enrollment } from "../drivers/store/generated/client.ts";
import { frozenSequence } from "./frozen-sequence.ts";
import { LIVE_STATUSES } from "./may-enroll.ts";
import { DUTY_KINDS, DUTY_LABELS, type NeedsYou, rank, VERDICT_TEXT } from "./needs.ts";
import type { Db, Parts } from "./parts.ts";
import { pauseNow } from "./pauses.ts";
import { dayOf } from "./person-calendar.ts";
import { fillPlain, readerValues } from "./reader-values.ts";

export type { NeedsYou } from "./needs.ts";

export interface CaseStrip {
  caseId: string;
  accountId: string;
  accountName: string;
  contactName: string | null;
  status: string;
  severity: number;
  daysAtRisk: number;
  verdict: string | null;
  score: number | null;
  enrollmentId: string | null;
  nextSendAt: Date | null;
  arrMinor: bigint;
  currency: string;
  renewalOn: Date | null;
}
export interface MyWeek {
  /** Ranked by ARR × urgency. */
  needsYou: NeedsYou[];
  cases: CaseStrip[];
  nextSends: {
    sendId: string | null;
    enrollmentId: string;
    accountName: string;
    contactName: string;
    stepKey: string;
    subject: string;
    dueAt: Date;
    zone: string;
    paused: boolean;
  }[];
  unowned: CaseStrip[];
}
/** `userId` absent: everybody's. */
export async function myWeek(
  parts: Parts,
  input: { workspaceId: string; userId?: string; limit?: number },
): Promise<MyWeek> {
  const { workspaceId, userId } = input;
  const now = parts.clock.now();
  const open = await loadOpenCases(parts.db, workspaceId);
  const mine = open.filter(({ account }) => userId === undefined || account.csmId === userId);
  const [duties, uncertain] = await Promise.all([
    parts.db.csmTask.findMany({
      where: { workspaceId, caseId: { in: mine.map(({ id }) => id) }, doneAt: null },
      orderBy: { dueAt: "asc" },
    }),
    parts.db.send.findMany({
      where: {
        workspaceId,
        status: "uncertain",
        enrollmentId: { in: mine.flatMap((turnover) => turnover.enrollments.map(({ id }) => id)) },
      },
      select: { id: true, enrollmentId: true, subject: true },
    }),
  ]);
  const limit = input.limit ?? 50;
  return {
    needsYou: rank(
      [
        ...duties.flatMap((task) => dutyRow(task, mine)),
        ...mine.flatMap(verdictRow),
        ...uncertain.flatMap((send) => uncertainRow(send, mine)),
      ],
      now,
    ).slice(0, limit),
    cases: mine.map((turnover) => strip(turnover, now)),
    nextSends: await inWords(
      parts.db,
      workspaceId,
      mine
        .flatMap((turnover) => nextMails(turnover, now))
        .sort(byDue)
        .slice(0, limit),
    ),
    unowned: open.filter(({ account }) => account.csmId === null).map((turnover) => strip(turnover, now)),
  };
}

type OpenEnrollment = Enrollment & { contact: Contact; version: { definition: unknown; name: string } };
type OpenCase = Case & { account: Account; enrollments: OpenEnrollment[] };

async function loadOpenCases(db: Db, workspaceId: string): Promise<OpenCase[]> {
  return db.case.findMany({
    where: { workspaceId, status: { not: "closed" } },
    include: {
      account: true,
      enrollments: {
        where: { status: { in: [...LIVE_STATUSES, "completed"] } },
        include: { contact: true, version: { select: { definition: true, name: true } } },
        orderBy: { createdAt: "desc" },
      },
    },
    orderBy: { detectedAt: "asc" },
  });
}

/** The contact's own program of a case: the one that stands for it. */
function mainOf(turnover: OpenCase): OpenEnrollment | null {
  return turnover.enrollments.find(({ audience }) => audience === "contact") ?? null;
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
  };
}

function dutyRow(task: CsmTask, cases: readonly OpenCase[]): NeedsYou[] {
  const turnover = cases.find(({ id }) => id === task.caseId);
  if (turnover === undefined) return [];
  const enrollment = turnover.enrollments.find(({ id }) => id === task.enrollmentId) ?? mainOf(turnover);
  const kind = DUTY_KINDS[task.kind] ?? "csm_task";
  return [
    {
      ...baseRow(turnover, enrollment),
      kind,
      text: task.text,
      dueAt: task.dueAt,
      button: { label: DUTY_LABELS[kind] ?? "Done", href: `/cases/${turnover.id}` },
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
      dueAt: null,
      button: { label: row.label, href: `/cases/${turnover.id}` },
      subjectId: enrollment.id,
    },
  ];
}

function uncertainRow(
  send: { id: string; enrollmentId: string | null; subject: string | null },
  cases: readonly OpenCase[],
): NeedsYou[] {
  const turnover = cases.find(({ enrollments }) => enrollments.some(({ id }) => id === send.enrollmentId));
  const enrollment = turnover?.enrollments.find(({ id }) => id === send.enrollmentId);
  if (turnover === undefined || enrollment === undefined) return [];
  return [
    {
      ...baseRow(turnover, enrollment),
      kind: "uncertain",
      text: `Nobody can know whether “${send.subject ?? "a mail"}” reached the server`,
      dueAt: null,
      button: { label: "Decide", href: `/cases/${turnover.id}` },
      subjectId: send.id,
    },
  ];
}

function strip(turnover: OpenCase, now: Date): CaseStrip {
  const { account } = turnover;
  const enrollment = mainOf(turnover);
  return {
    caseId: turnover.id,
    accountId: account.id,
    accountName: account.name,
    contactName: enrollment?.contact.name ?? null,
    status: turnover.status,
    severity: turnover.severity,
    daysAtRisk: daysAtRisk(
      {
        detectedAt: turnover.detectedAt,
        effectiveOn: turnover.departureEffectiveOn === null ? null : dayOf(turnover.departureEffectiveOn),
        closedAt: turnover.closedAt,
      },
      account.zone,
      now,
    ),
    verdict: enrollment?.verdict ?? null,
    score: enrollment?.score ?? null,
    enrollmentId: enrollment?.id ?? null,
    nextSendAt: enrollment?.dueAt ?? null,
    arrMinor: account.arrMinor,
    currency: account.currency,
    renewalOn: account.renewalOn,
  };
}

function nextMails(turnover: OpenCase, now: Date): MyWeek["nextSends"] {
  return turnover.enrollments
    .filter(({ dueAt, status }) => dueAt !== null && status === "active")
    .flatMap((enrollment) => {
      const step = frozenSequence(enrollment.version as Parameters<typeof frozenSequence>[0]).steps[
        enrollment.position
      ];
      if (step === undefined || enrollment.dueAt === null) return [];
      return [
        {
          sendId: null,
          enrollmentId: enrollment.id,
          accountName: turnover.account.name,
          contactName: enrollment.contact.name,
          stepKey: step.key,
          subject: step.subject,
          dueAt: enrollment.dueAt,
          zone: enrollment.zone,
          paused: pauseNow(enrollment, now) !== null,
        },
      ];
    });
}

/** Subjects as their readers will see them; only the rows that are shown are filled. */
function inWords(db: Db, workspaceId: string, mails: MyWeek["nextSends"]): Promise<MyWeek["nextSends"]> {
  return Promise.all(
    mails.map(async (mail) => {
      const frame = await loadFrame(db, workspaceId, mail.enrollmentId);
      return frame === null ? mail : { ...mail, subject: fillPlain(mail.subject, readerValues(frame)) };
    }),
  );
}

function byDue(a: { dueAt: Date }, b: { dueAt: Date }): number {
  return a.dueAt.getTime() - b.dueAt.getTime();
}
