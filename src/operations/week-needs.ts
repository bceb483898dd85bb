import { dutyButton, type NeedsYou, VERDICT_TEXT } from "./needs.ts";
import { mainOf, type OpenCase, type OpenEnrollment } from "./open-cases.ts";
import type { Db } from "./parts.ts";
import type { Waiting } from "./waiting.ts";

/** What waits, in full: for the rows that are shown, as it may be long. What has ended meanwhile is left out. */
export async function tellNeeds(
  db: Db,
  workspaceId: string,
  shown: readonly Waiting[],
  cases: ReadonlyMap<string, OpenCase>,
): Promise<NeedsYou[]> {
  const idsFrom = (from: Waiting["from"]) =>
    shown.filter((row) => row.from === from).map(({ subjectId }) => subjectId);
  const [duties, sends, meetings, verdictSince] = await Promise.all([
    db.csmTask.findMany({
      where: { workspaceId, id: { in: idsFrom("duty") } },
      select: { id: true, caseId: true, key: true, kind: true, text: true, detail: true, createdAt: true },
    }),
    db.send.findMany({
      where: { workspaceId, id: { in: idsFrom("send") } },
      select: { id: true, subject: true, endedAt: true },
    }),
    db.meeting.findMany({
      where: { workspaceId, id: { in: idsFrom("meeting") } },
      select: { id: true, slotAt: true },
    }),
    sinceWhen(db, workspaceId, idsFrom("verdict")),
  ]);
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
          return verdictWords(turnover, enrollment, verdictSince);
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

/** Since when the verdicts of these programs stand: the last change of each. */
async function sinceWhen(
  db: Db,
  workspaceId: string,
  enrollmentIds: string[],
): Promise<ReadonlyMap<string, { toVerdict: string; at: Date }>> {
  const signals = await db.readinessSignal.findMany({
    where: { workspaceId, enrollmentId: { in: enrollmentIds }, kind: "verdict_changed" },
    orderBy: { at: "asc" },
    select: { enrollmentId: true, toVerdict: true, at: true },
  });
  return new Map(signals.map(({ enrollmentId, ...signal }) => [enrollmentId, signal]));
}

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
  since: ReadonlyMap<string, { toVerdict: string; at: Date }>,
): Words | null {
  const asks = VERDICT_TEXT[enrollment?.verdict ?? ""];
  if (enrollment === null || asks === undefined) return null;
  const signal = since.get(enrollment.id);
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

function noProgramWords(kind: NeedsYou["kind"], turnover: OpenCase): Words {
  const href = `/enroll?case=${turnover.id}`;
  if (kind === "capture") {
    return {
      text: `Nobody knows yet who takes over at ${turnover.account.name}`,
      sinceAt: turnover.detectedAt,
      button: { label: "Capture", href },
    };
  }
  return {
    text: `${turnover.replacementName} takes over and gets no mail yet`,
    sinceAt: turnover.replacementSeenAt ?? turnover.detectedAt,
    button: { label: "Enroll", href },
  };
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
