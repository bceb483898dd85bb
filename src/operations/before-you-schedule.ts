import { DateTime } from "luxon";
import { type MeetingAdvice, meetingAdvice } from "../domain/readiness/meeting-advice.ts";
import type { Agenda, Readiness } from "../domain/readiness/readiness.ts";
import { counted, listed } from "../domain/readiness/words.ts";
import { loadFrame } from "../drivers/store/enrollment-frame.ts";
import { loadLog } from "../drivers/store/events.ts";
import type { Question } from "../drivers/store/generated/client.ts";
import { agendaOf } from "./agenda-of.ts";
import { programOf } from "./frozen-sequence.ts";
import type { Parts } from "./parts.ts";
import { assessLog } from "./refresh-readiness.ts";

export interface ScheduleCard {
  enrollmentId: string;
  caseId: string;
  accountName: string;
  contactName: string;
  /** Engagement in five lines (domain.md F 3), always these five. */
  lines: { label: string; text: string }[];
  advice: MeetingAdvice;
  readiness: Readiness | null;
  agenda: Agenda | null;
}

/** What to know of one contact before proposing a meeting; computed at `now` and not stored. Null: no such contact's program. */
export async function beforeYouSchedule(
  parts: Parts,
  input: { workspaceId: string; enrollmentId: string; now?: Date },
): Promise<ScheduleCard | null> {
  const { db } = parts;
  const { workspaceId, enrollmentId } = input;
  const now = input.now ?? parts.clock.now();
  const frame = await loadFrame(db, workspaceId, enrollmentId);
  if (frame === null || frame.enrollment.audience !== "contact") return null;
  const where = { workspaceId, enrollmentId };
  const begun = now >= frame.enrollment.startedAt;
  const [log, open, meeting] = await Promise.all([
    loadLog(db, workspaceId, enrollmentId),
    db.question.findMany({
      where: {
        ...where,
        duplicateOf: null,
        answeredAt: null,
        state: { not: "closed" },
        askedAt: { lte: now },
      },
      orderBy: { askedAt: "asc" },
    }),
    db.meeting.findFirst({
      where: { ...where, state: { in: ["requested", "booked"] } },
      orderBy: { requestedAt: "desc" },
    }),
  ]);
  const readiness = begun ? assessLog(programOf(frame.version, frame.enrollment), log, now) : null;
  const agenda = begun ? await agendaOf(db, frame, now, log) : null;
  const zone = frame.csm?.zone ?? frame.workspace.reportZone;
  return {
    enrollmentId,
    caseId: frame.enrollment.caseId,
    accountName: frame.account.name,
    contactName: frame.contact.name,
    lines: linesOf(readiness, open),
    advice: meetingAdvice(
      readiness,
      agenda,
      meeting === null ? null : { state: meeting.state, when: whenWords(meeting.slotAt, zone) },
    ),
    readiness,
    agenda,
  };
}

function linesOf(readiness: Readiness | null, open: readonly Question[]): ScheduleCard["lines"] {
  const said = readiness?.explanation;
  const done = said?.done ?? [];
  return [
    {
      label: "Where they stand",
      text:
        readiness === null ? "Not begun." : `${said?.headline ?? ""} ${sentence(readiness.verdictReason)}`,
    },
    {
      label: "What they did",
      text:
        done.length === 0
          ? "Nothing of their own yet."
          : `They have ${listed(done.map(({ text }) => text))}.`,
    },
    {
      label: "Last own act",
      text: said?.lastAct == null ? "None yet." : sentence(said.lastAct.text),
    },
    { label: "Still open", text: openWords(open, readiness) },
    {
      label: "Not counted",
      text: said?.notCounted == null ? "Nothing." : sentence(said.notCounted.text),
    },
  ];
}

/** Objections by name: who goes into the meeting must have an answer. */
function openWords(open: readonly Question[], readiness: Readiness | null): string {
  const objections = open.filter(({ kind, severity }) => kind === "objection" || severity === "high");
  const questions = open.length - objections.length;
  const missing = readiness?.explanation.missing ?? [];
  const parts = [
    ...objections.map(({ text }) => `objection: “${text}”`),
    ...(questions === 0 ? [] : [counted(questions, "open question")]),
    ...(missing.length === 0 ? [] : [`for ready: ${missing.map(({ text }) => text).join("; ")}`]),
  ];
  return parts.length === 0 ? "Nothing." : sentence(parts.join("; "));
}

function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

function whenWords(at: Date | null, zone: string): string | null {
  return at === null
    ? null
    : DateTime.fromJSDate(at, { zone }).setLocale("en-GB").toFormat("cccc d MMMM, HH:mm");
}
