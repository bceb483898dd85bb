import { eventWords } from "../domain/engagement/event-words.ts";
import { asDomainEvent } from "../drivers/store/events.ts";
import type { Prisma } from "../drivers/store/generated/client.ts";
import type { Parts } from "./parts.ts";

/** One line of the spreadsheet: when, what kind of entry, and its words. */
export interface DataLine {
  at: Date | null;
  kind: string;
  text: string;
}
export interface ContactData {
  /** Rows by section, with every field that is kept; for the JSON file. */
  sections: Readonly<Record<string, readonly object[]>>;
  /** The same as one list, oldest first; for the CSV file. */
  lines: DataLine[];
}

/**
 * Everything held about one person, for themselves: what they said, what was sent to them, what was requested
 * through their links, and what was worked out from it. Notes about the account that are not about them are
 * not in it.
 */
export async function contactData(
  parts: Parts,
  who: { workspaceId: string; contactId: string },
): Promise<ContactData | null> {
  const contact = await parts.db.contact.findFirst({
    where: { workspaceId: who.workspaceId, id: who.contactId },
    omit: { workspaceId: true },
  });
  if (contact === null) return null;
  const held = await rowsOf(parts, who, contact.email);
  const { pages, titles, ...sections } = held;
  const names = (enrollmentId: string) => ({ titles, zone: pages.get(enrollmentId) ?? "utc" });
  const lines: DataLine[] = [
    { at: contact.createdAt, kind: "You", text: words(contact, ["createdAt", "id", "accountId"]) },
    ...held.programs.map((row) => ({ at: row.startedAt, kind: "Program", text: words(row, ["id"]) })),
    ...held.log.map((row) => ({
      at: row.occurredAt,
      kind: `Log (${row.evidenceClass.replaceAll("_", " ")})`,
      text: eventWords(asDomainEvent(row), names(row.enrollmentId)),
    })),
    ...held.mailsSent.map((row) => ({
      at: row.submittedAt ?? row.plannedAt,
      kind: "Mail",
      text: words(row),
    })),
    ...held.mailsReceived.map((row) => ({ at: row.receivedAt, kind: "Mail from you", text: words(row) })),
    ...held.writtenToYou.map((row) => ({ at: row.createdAt, kind: "Written mail", text: words(row) })),
    ...held.tasks.map((row) => ({ at: row.changedAt, kind: "Task", text: words(row) })),
    ...held.objectives.map((row) => ({ at: row.changedAt, kind: "Objective", text: words(row) })),
    ...held.checkAnswers.map((row) => ({ at: row.answeredAt, kind: "Check", text: words(row) })),
    ...held.questions.map((row) => ({ at: row.askedAt, kind: "Question", text: words(row) })),
    ...held.priorities.map((row) => ({ at: row.validFrom, kind: "Priority", text: words(row) })),
    ...held.whereYouStand.map((row) => ({ at: row.statedAt, kind: "Where you stand", text: words(row) })),
    ...held.meetings.map((row) => ({ at: row.requestedAt, kind: "Meeting", text: words(row) })),
    ...held.agreements.map((row) => ({ at: row.acceptedAt, kind: "Agreement", text: words(row) })),
    ...held.requests.map((row) => ({ at: row.at, kind: "Request to a link", text: words(row) })),
    ...held.workedOut.map((row) => ({ at: row.at, kind: "Worked out", text: words(row) })),
    ...held.doNotMail.map((row) => ({ at: row.createdAt, kind: "Do not mail", text: words(row) })),
  ];
  lines.sort((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0));
  return { sections: { you: [contact], ...sections }, lines };
}

const without = { workspaceId: true } as const;

async function rowsOf(
  { db }: Parts,
  { workspaceId, contactId }: { workspaceId: string; contactId: string },
  email: string | null,
) {
  const own = { workspaceId, contactId };
  const enrollments = await db.enrollment.findMany({ where: own, orderBy: { startedAt: "asc" } });
  const theirs = { workspaceId, enrollmentId: { in: enrollments.map(({ id }) => id) } };
  const sends = await db.send.findMany({
    where: own,
    orderBy: { plannedAt: "asc" },
    select: {
      id: true,
      kind: true,
      stepKey: true,
      subject: true,
      status: true,
      reason: true,
      plannedAt: true,
      submittedAt: true,
      bouncedAt: true,
      repliedAt: true,
    },
  });
  const from: Prisma.InboundMailWhereInput[] = [{ enrollmentId: theirs.enrollmentId }];
  if (email !== null) from.push({ fromAddress: { equals: email, mode: "insensitive" } });
  const [log, tasks, objectives, checkAnswers, questions, priorities, whereYouStand, meetings] =
    await Promise.all([
      db.engagementEvent.findMany({ where: theirs, orderBy: [{ occurredAt: "asc" }, { id: "asc" }] }),
      db.task.findMany({ where: theirs, omit: without, orderBy: { id: "asc" } }),
      db.objective.findMany({ where: theirs, omit: without, orderBy: { id: "asc" } }),
      db.knowledgeAnswer.findMany({ where: theirs, omit: without, orderBy: { id: "asc" } }),
      db.question.findMany({ where: own, omit: without, orderBy: { askedAt: "asc" } }),
      db.priority.findMany({ where: theirs, omit: without, orderBy: { id: "asc" } }),
      db.intent.findMany({ where: theirs, omit: without, orderBy: { statedAt: "asc" } }),
      db.meeting.findMany({ where: theirs, omit: without, orderBy: { requestedAt: "asc" } }),
    ]);
  const [mailsReceived, requests, writtenToYou, workedOut, agreements, doNotMail, oneOffs] =
    await Promise.all([
      db.inboundMail.findMany({
        where: { workspaceId, OR: from },
        omit: { ...without, rawHash: true },
        orderBy: { receivedAt: "asc" },
      }),
      db.hit.findMany({
        where: { workspaceId, OR: [theirs, { sendId: { in: sends.map(({ id }) => id) } }] },
        omit: without,
        orderBy: { at: "asc" },
      }),
      db.escalation.findMany({
        where: { ...own, status: "approved" },
        omit: without,
        orderBy: { createdAt: "asc" },
      }),
      db.readinessAssessment.findMany({
        where: theirs,
        orderBy: { at: "asc" },
        select: { at: true, verdict: true, score: true, confidence: true, cause: true },
      }),
      db.agreement.findMany({
        where: { workspaceId, acceptedBy: `contact:${contactId}` },
        omit: { ...without, textHash: true },
      }),
      email === null
        ? []
        : db.suppression.findMany({ where: { workspaceId, email: email.toLowerCase() }, omit: without }),
      db.oneOffMail.findMany({ where: own, omit: without, orderBy: { createdAt: "asc" } }),
    ]);
  const titled = [...tasks, ...objectives].map(({ key, text }): [string, string] => [key, text]);
  return {
    pages: new Map(enrollments.map(({ id, zone }) => [id, zone])),
    titles: new Map(titled),
    programs: enrollments.map((one) => ({
      id: one.id,
      startedAt: one.startedAt,
      status: one.status,
      pace: one.pace,
      policy: one.policy,
      zone: one.zone,
      pauses: one.pauses,
      endedAt: one.exitedAt ?? one.completedAt,
      endedBecause: one.exitReason,
    })),
    log,
    mailsSent: sends,
    mailsReceived,
    writtenToYou: [...writtenToYou, ...oneOffs],
    tasks,
    objectives,
    checkAnswers,
    questions,
    priorities,
    whereYouStand,
    meetings,
    agreements,
    requests,
    workedOut,
    doNotMail,
  };
}

/** "subject: Your first task; status: submitted", without what is empty or only a number of ours. */
function words(row: object, leftOut: readonly string[] = []): string {
  return Object.entries(row)
    .filter(
      ([name, value]) => value !== null && value !== "" && !/(^id|Id)$/.test(name) && !leftOut.includes(name),
    )
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${spaced(name)}: ${value instanceof Date ? value.toISOString() : plain(value)}`)
    .join("; ");
}

const plain = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
const spaced = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
