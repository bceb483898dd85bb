import type { Act } from "../../domain/engagement/acts.ts";
import { slotWords } from "../../domain/engagement/event-words.ts";
import { MEETING_REQUEST_DAYS } from "../../domain/turnover/service-levels.ts";
import type { Meeting } from "../../drivers/store/generated/client.ts";
import { askInTime } from "../ask-in-time.ts";
import { meetingDuty } from "../meeting-duty.ts";
import { signalCsm } from "../signal-csm.ts";
import { type ActContext, type ActOutcome, refusal } from "./act-context.ts";
import { fillForms } from "./course-acts.ts";

type ActOf<K extends Act["kind"]> = Extract<Act, { kind: K }>;

/** Whoever asks to meet is met: no score stands in the way, and the CSM hears at once (domain.md D1, C). */
export async function requestMeeting(
  context: ActContext,
  act: ActOf<"meeting-requested">,
): Promise<ActOutcome> {
  const note = act.note === undefined ? {} : { note: act.note };
  await context.note({ kind: "meeting-requested", ...note });
  const wish = await keepMeeting(context, { slotAt: null, note: act.note ?? null });
  await tellCsm(context, wish, act.note ?? "No time was named.");
  await fillForms(context, "meeting", act.note ?? "Meeting requested");
  return { message: "Your request is on its way. You will hear within one working day." };
}

export async function chooseSlot(context: ActContext, act: ActOf<"slot-chosen">): Promise<ActOutcome> {
  const slotAt = new Date(act.slotAt);
  if (slotAt <= context.at) {
    return refusal("slot-passed", "slotAt", "This time has passed.", "Choose a later one.");
  }
  await context.note({ kind: "slot-chosen", slotAt: slotAt.toISOString() });
  const wish = await keepMeeting(context, { slotAt, note: act.note ?? null });
  await tellCsm(
    context,
    wish,
    `Chosen: ${slotWords(slotAt.toISOString(), context.frame.enrollment.zone)}. ${act.note ?? ""}`.trim(),
  );
  await fillForms(context, "meeting", slotWords(slotAt.toISOString(), context.frame.enrollment.zone));
  return { message: "That time is kept for you. You will get a confirmation." };
}

/** What the person wants to talk about goes to the meeting they will have. */
export async function editAgenda(context: ActContext, act: ActOf<"agenda-edited">): Promise<ActOutcome> {
  await context.note({ kind: "profile-told", text: `For the meeting: ${act.note}` });
  const open = await openOrNewMeeting(context);
  const note = open.note === null ? act.note : `${open.note}\n${act.note}`;
  await context.tx.meeting.update({ where: { id: open.id }, data: { note } });
  return { message: "Your note is with the agenda." };
}

/** The person's own points stand first on the agenda, in their order (agenda-of.ts); an empty list takes them away. */
export async function setAgenda(context: ActContext, act: ActOf<"agenda-set">): Promise<ActOutcome> {
  const said = act.points.length === 0 ? "nothing of my own" : act.points.join("; ");
  await context.note({ kind: "profile-told", text: `For the meeting: ${said}` });
  const open = await openOrNewMeeting(context);
  await context.tx.meeting.update({ where: { id: open.id }, data: { points: act.points } });
  return { message: "Your points are on the agenda." };
}

/**
 * Their order of the proposed items, and what they would rather leave out; nothing is lost by it, the CSM reads both.
 * The whole arrangement every time, so the same form twice is one act; no words, so no line of the log.
 */
export async function arrange(context: ActContext, act: ActOf<"agenda-arranged">): Promise<ActOutcome> {
  const open = await openOrNewMeeting(context);
  const { order, leftOut } = act;
  await context.tx.meeting.update({ where: { id: open.id }, data: { arranged: { order, leftOut } } });
  return { message: "The agenda is as you want it." };
}

async function openOrNewMeeting(context: ActContext): Promise<Meeting> {
  const { enrollment, turnover } = context.frame;
  const open = await findOpenMeeting(context);
  if (open !== null) return open;
  return context.tx.meeting.create({
    data: {
      workspaceId: enrollment.workspaceId,
      caseId: turnover.id,
      enrollmentId: enrollment.id,
      state: "suggested",
      requestedAt: context.at,
    },
  });
}

function findOpenMeeting(context: ActContext): Promise<Meeting | null> {
  const { enrollment } = context.frame;
  return context.tx.meeting.findFirst({
    where: {
      workspaceId: enrollment.workspaceId,
      enrollmentId: enrollment.id,
      state: { in: ["suggested", "requested", "booked"] },
    },
    orderBy: { requestedAt: "desc" },
  });
}

interface Wish {
  readonly meeting: Meeting;
  /** It had a time that was agreed, and now it is asked about again. */
  readonly reopened: boolean;
}

/** One open meeting per person: asking again changes it. */
async function keepMeeting(
  context: ActContext,
  wish: { slotAt: Date | null; note: string | null },
): Promise<Wish> {
  const { enrollment, turnover } = context.frame;
  const open = await findOpenMeeting(context);
  if (open !== null) {
    const asked = await context.tx.meeting.update({
      where: { id: open.id },
      data: {
        state: "requested",
        slotAt: wish.slotAt ?? open.slotAt,
        note: wish.note ?? open.note,
      },
    });
    return { meeting: asked, reopened: open.state === "booked" };
  }
  const meeting = await context.tx.meeting.create({
    data: {
      workspaceId: enrollment.workspaceId,
      caseId: turnover.id,
      enrollmentId: enrollment.id,
      state: "requested",
      ...wish,
      requestedAt: context.at,
    },
  });
  return { meeting, reopened: false };
}

/** One duty and one signal per wish; a meeting that was booked and is asked about again is a new one. */
async function tellCsm(context: ActContext, { meeting, reopened }: Wish, detail: string): Promise<void> {
  const { enrollment, contact } = context.frame;
  const duty = meetingDuty(meeting.id);
  const key = reopened ? `${duty}.${context.dedupeKey}` : duty;
  await askInTime(context.tx, context, {
    key,
    kind: "meeting-request",
    text: `${contact.name} asks to meet`,
    detail,
    days: MEETING_REQUEST_DAYS,
  });
  const signal = await signalCsm(context.tx, context.parts, {
    workspaceId: enrollment.workspaceId,
    enrollmentId: enrollment.id,
    kind: "meeting_requested",
    fromVerdict: enrollment.verdict,
    toVerdict: enrollment.verdict ?? "not_started",
    assessmentId: null,
    dedupeKey: key,
    at: context.at,
  });
  if (signal?.sendId) context.wake.sendIds.push(signal.sendId);
  if (signal !== null && signal.deliveryIds.length > 0) context.wake.webhooks = true;
}
