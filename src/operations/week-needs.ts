import { dutyButton, type NeedsYou, VERDICT_TEXT } from "./needs.ts";
import { mainOf, type OpenCase, type OpenEnrollment } from "./open-cases.ts";
import type { Db } from "./parts.ts";
import type { Waiting } from "./waiting.ts";

/** What waits, in full: for the rows that are shown, as it may be long. What has ended meanwhile is left out. */
export async function tellNeeds(
  db: Db,
  workspaceId: string,
  shown: readonly Waiting[],
  read: Promise<ReadonlyMap<string, OpenCase>>,
): Promise<NeedsYou[]> {
  const among = (from: Waiting["from"]) => {
    const ids = shown.filter((row) => row.from === from).map(({ subjectId }) => subjectId);
    return { workspaceId, id: { in: ids } };
  };
  const [cases, duties, sends, meetings, signals] = await Promise.all([
    read,
    db.csmTask.findMany({
      where: among("duty"),
      select: { id: true, caseId: true, key: true, kind: true, text: true, detail: true, createdAt: true },
    }),
    db.send.findMany({ where: among("send"), select: { id: true, subject: true, endedAt: true } }),
    db.meeting.findMany({ where: among("meeting"), select: { id: true, slotAt: true } }),
    // When the verdicts changed, the last change last.
    db.readinessSignal.findMany({
      where: { workspaceId, enrollmentId: among("verdict").id, kind: "verdict_changed" },
      orderBy: { at: "asc" },
      select: { enrollmentId: true, toVerdict: true, at: true },
    }),
  ]);
  const lastChange = new Map(signals.map((signal) => [signal.enrollmentId, signal]));
  const dutyOf = byId(duties);
  const sendOf = byId(sends);
  const meetingOf = byId(meetings);
  return shown.flatMap((row) => {
    const turnover = cases.get(row.caseId);
    if (turnover === undefined) return [];
    const enrollment = turnover.enrollments.find(({ id }) => id === row.enrollmentId) ?? mainOf(turnover);
    const words = ((): Words | null => {
      switch (row.from) {
        case "duty":
          return dutyWords(dutyOf.get(row.subjectId));
        case "verdict":
          return verdictWords(turnover, enrollment, lastChange);
        case "send":
          return uncertainWords(sendOf.get(row.subjectId), turnover);
        case "meeting":
          return pastMeetingWords(meetingOf.get(row.subjectId), turnover, enrollment);
        case "case":
          return noProgramWords(row.kind, turnover);
        default:
          return row.from satisfies never;
      }
    })();
    if (words === null) return [];
    const { account } = turnover;
    return [
      {
        kind: row.kind,
        caseId: turnover.id,
        enrollmentId: enrollment?.id ?? null,
        accountId: account.id,
        accountName: account.name,
        contactName: (row.from === "case" ? turnover.replacementName : enrollment?.contact.name) ?? null,
        arrMinor: account.arrMinor,
        currency: account.currency,
        detail: "",
        dueAt: row.dueAt,
        subjectId: row.subjectId,
        ...words,
      },
    ];
  });
}

/** What only the row behind it can say. */
type Words = Pick<NeedsYou, "text" | "sinceAt" | "button"> & Partial<Pick<NeedsYou, "detail">>;

interface Duty {
  id: string;
  caseId: string;
  key: string;
  kind: string;
  text: string;
  detail: string;
  createdAt: Date;
}

function dutyWords(duty: Duty | undefined): Words | null {
  if (duty === undefined) return null;
  return { text: duty.text, detail: duty.detail, sinceAt: duty.createdAt, button: dutyButton(duty) };
}

function verdictWords(
  turnover: OpenCase,
  enrollment: OpenEnrollment | null,
  lastChange: ReadonlyMap<string, { toVerdict: string; at: Date }>,
): Words | null {
  const asks = VERDICT_TEXT[enrollment?.verdict ?? ""];
  if (enrollment === null || asks === undefined) return null;
  const signal = lastChange.get(enrollment.id);
  return {
    text: `${enrollment.contact.name} ${asks.text}`,
    sinceAt: signal?.toVerdict === enrollment.verdict ? (signal?.at ?? null) : null,
    button: { label: asks.label, href: `/cases/${turnover.id}#${asks.place}` },
  };
}

function uncertainWords(
  send: { subject: string | null; endedAt: Date | null } | undefined,
  turnover: OpenCase,
): Words | null {
  if (send === undefined) return null;
  return {
    text: `Nobody can know whether “${send.subject ?? "a mail"}” reached the server`,
    detail: "The connection broke while it was handed over. It goes again only if you say so.",
    sinceAt: send.endedAt,
    button: { label: "Send again", href: `/cases/${turnover.id}#program` },
  };
}

function pastMeetingWords(
  meeting: { slotAt: Date | null } | undefined,
  turnover: OpenCase,
  enrollment: OpenEnrollment | null,
): Words | null {
  if (meeting === undefined || enrollment === null) return null;
  return {
    text: `Say how the meeting with ${enrollment.contact.name} went`,
    sinceAt: meeting.slotAt,
    button: { label: "Say how it went", href: `/cases/${turnover.id}#meeting` },
  };
}

function noProgramWords(kind: NeedsYou["kind"], turnover: OpenCase): Words | null {
  const href = `/enroll?case=${turnover.id}`;
  if (kind === "capture") {
    return {
      text: `Nobody knows yet who takes over at ${turnover.account.name}`,
      sinceAt: turnover.detectedAt,
      button: { label: "Capture", href },
    };
  }
  if (turnover.replacementName === null) return null;
  return {
    text: `${turnover.replacementName} takes over and gets no mail yet`,
    sinceAt: turnover.replacementSeenAt ?? turnover.detectedAt,
    button: { label: "Enroll", href },
  };
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
