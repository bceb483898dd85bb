import { instantOf } from "../../domain/calendar/window.ts";
import { addBusinessDays } from "../../domain/calendar/working-days.ts";
import { localDateOf } from "../../domain/calendar/zones.ts";
import { classifyEvidence } from "../../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../../domain/engagement/events.ts";
import { QUESTION_ANSWER_DAYS } from "../../domain/turnover/service-levels.ts";
import { lockEnrollment } from "../../drivers/store/enrollment-frame.ts";
import { recordEvent } from "../../drivers/store/events.ts";
import { askInTime } from "../ask-in-time.ts";
import type { Db, Parts } from "../parts.ts";
import { canPause, pauseIt, REPLY_PAUSE } from "../pauses.ts";
import { personCalendar } from "../person-calendar.ts";
import { recordAct } from "../record-act.ts";
import { refreshReadiness } from "../refresh-readiness.ts";
import { transact } from "../transact.ts";
import { askWhetherLeft } from "./absences.ts";
import { type Arrival, noteArrival } from "./arrival.ts";

/** Time for a person to answer before the next mail (product.md 7). */
const PAUSE_DAYS = 2;

/** A person's answer is progress: it is kept as evidence, and the program waits for ours. */
export async function acceptReply(parts: Parts, arrival: Arrival): Promise<string> {
  const { mail, frame, send, at, mailId } = arrival;
  const { enrollment, contact, workspace } = frame;
  const { workspaceId } = enrollment;
  await transact(parts, async (tx) => {
    const locked = await lockEnrollment(tx, workspaceId, enrollment.id);
    const isNew = await noteArrival(tx, parts, arrival, {
      kind: "reply",
      at: at.toISOString(),
      text: mail.text.slice(0, 4000),
    });
    if (!isNew) return;
    await tx.send.updateMany({
      where: { workspaceId, id: send.id, repliedAt: null },
      data: { repliedAt: at },
    });
    await noteSponsor(tx, parts, arrival);
    if (mail.departed) await askWhetherLeft(tx, arrival);
    await askInTime(tx, arrival, {
      key: `reply.${mailId}`,
      kind: "reply",
      text: `Answer ${contact.name}'s mail`,
      detail: mail.text.slice(0, 2000),
      days: QUESTION_ANSWER_DAYS,
    });
    if (locked === null || locked.status === "paused" || !(await canPause(tx, locked))) return;
    const calendar = personCalendar(workspace, frame.account, enrollment.zone, at);
    const day = addBusinessDays(localDateOf(at, enrollment.zone), PAUSE_DAYS, calendar);
    await pauseIt(tx, locked, {
      at,
      until: instantOf(day, workspace.windowStart, enrollment.zone),
      reason: REPLY_PAUSE,
      source: "reply",
      dedupeKey: `mail.${mailId}`,
    });
  });
  await keepQuestions(parts, arrival);
  const enrollmentId =
    enrollment.audience === "sponsor" ? (enrollment.besideId ?? enrollment.id) : enrollment.id;
  await refreshReadiness(parts, { workspaceId, enrollmentId, cause: "act", at });
  return `${contact.name} replied; the program waits for an answer.`;
}

/** Questions in a reply are questions like those on the page, kept with the step they answer (S0-41). */
async function keepQuestions(parts: Parts, { mail, frame, send, at, mailId }: Arrival): Promise<void> {
  const { workspaceId, id: enrollmentId } = frame.enrollment;
  const sentences = mail.text.match(/[^.!?\n]{8,400}\?/g) ?? [];
  for (const [index, sentence] of sentences.slice(0, 3).entries()) {
    await recordAct(parts, {
      workspaceId,
      enrollmentId,
      act: { kind: "question-asked", text: sentence.trim(), step: send.stepKey },
      source: "reply",
      sendId: send.id,
      at,
      dedupeKey: `mail.${mailId}.question.${index}`,
    });
  }
}

/** A sponsor who writes is engaged: the contact's log says so. */
async function noteSponsor(tx: Db, parts: Parts, { frame, at }: Arrival): Promise<void> {
  const { enrollment } = frame;
  if (enrollment.audience !== "sponsor" || enrollment.besideId === null) return;
  const { workspaceId } = enrollment;
  const beside = await tx.enrollment.findFirst({ where: { workspaceId, id: enrollment.besideId } });
  if (beside === null) return;
  const event: LogEvent = { kind: "account-changed", at: at.toISOString(), sponsorEngaged: true };
  await recordEvent(tx, {
    workspaceId,
    enrollmentId: beside.id,
    contactId: beside.contactId,
    event,
    evidence: classifyEvidence(event),
    receivedAt: parts.clock.now(),
    source: "system",
    dedupeKey: "sponsor-engaged",
  });
}
