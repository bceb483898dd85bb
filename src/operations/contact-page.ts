import { meetingSlots } from "../domain/calendar/meeting-slots.ts";
import { isDeliberate } from "../domain/engagement/classify-evidence.ts";
import { eventWords } from "../domain/engagement/event-words.ts";
import type { EngagementEvent } from "../domain/engagement/events.ts";
import type { Intent } from "../domain/sequences/sequence.ts";
import {
  type EnrollmentFrame,
  findEnrollmentByPageKey,
  loadFrame,
} from "../drivers/store/enrollment-frame.ts";
import { loadLog } from "../drivers/store/events.ts";
import { currentPlan, customerStory, customerValues } from "./account-story.ts";
import { agendaOf } from "./agenda-of.ts";
import { deletionAsked } from "./ask-deletion.ts";
import { courseOf, loadBlockState } from "./course.ts";
import { programOf } from "./frozen-sequence.ts";
import { logNames } from "./log-names.ts";
import type { ContactPage, PageMeeting } from "./page-parts.ts";
import type { Parts } from "./parts.ts";
import { pauseNow } from "./pauses.ts";
import { personCalendar } from "./person-calendar.ts";
import { takesActs } from "./record-act.ts";

/** Everything the contact's page shows; reads only. Null: no such page, or its key was replaced. */
export async function contactPage(parts: Parts, pageKey: string): Promise<ContactPage | null> {
  const { db } = parts;
  const found = await findEnrollmentByPageKey(db, pageKey);
  if (found === null || found.audience !== "contact") return null;
  const { workspaceId, accountId } = found;
  const frame = await loadFrame(db, workspaceId, found.id);
  if (frame === null) return null;
  const { enrollment, contact, account, csm } = frame;
  const now = parts.clock.now();
  const where = { workspaceId, enrollmentId: enrollment.id };
  // Read once: the record and the agenda stand on the same log.
  const reading = loadLog(db, workspaceId, enrollment.id);
  const [state, sends, story, values, plan, questions, priorities, intent, meeting, log, agenda, deletion] =
    await Promise.all([
      loadBlockState(db, frame),
      db.send.findMany({ where: { ...where, kind: "step", status: { in: ["submitted", "uncertain"] } } }),
      customerStory(db, workspaceId, accountId),
      customerValues(db, workspaceId, accountId),
      currentPlan(db, workspaceId, accountId, {
        contact: contact.name,
        sponsor: frame.sponsor?.name,
        csm: csm?.name,
      }),
      db.question.findMany({ where: { ...where, duplicateOf: null }, orderBy: { askedAt: "desc" } }),
      db.priority.findMany({ where: { ...where, validTo: null }, orderBy: { rank: "asc" } }),
      db.intent.findFirst({ where, orderBy: { statedAt: "desc" } }),
      db.meeting.findFirst({ where, orderBy: { requestedAt: "desc" } }),
      reading,
      reading.then((log) => agendaOf(db, frame, now, log)),
      deletionAsked(db, workspaceId, contact.id),
    ]);
  const past = log.filter((event) => Date.parse(event.at) <= now.getTime());
  const pause = pauseNow(enrollment, now);
  const calendar = personCalendar(frame.workspace, account, enrollment.zone, now);
  const noQuestion = past.findLast((event) => event.kind === "no-question");
  const seenAt = lastSeen(past);
  const isNew = (at: Date | null) => at !== null && (seenAt === null || at.getTime() > seenAt);
  const booked = past.findLast(({ kind }) => kind === "meeting-booked");
  const sequence = programOf(frame.version, frame.enrollment);
  const names = logNames(sequence, frame, plan?.goals ?? []);
  return {
    workspaceId,
    enrollmentId: enrollment.id,
    pageKey,
    audience: "contact",
    live: takesActs(enrollment),
    status: enrollment.status,
    language: contact.language,
    zone: enrollment.zone,
    contact: { name: contact.name, firstName: contact.firstName },
    account: { name: account.name },
    product: frame.product?.name ?? account.productKey,
    csm: pagePerson(csm),
    why: whyYou(frame),
    pace: enrollment.pace as ContactPage["pace"],
    pausedUntil: pause?.until == null ? null : new Date(pause.until),
    paused: pause !== null || enrollment.status === "paused",
    course: courseOf(sequence, frame, state, sends),
    ...story,
    plan,
    decided: decisions(past),
    values,
    questions: questions.map(({ id, text, askedAt, state, answer, answeredAt }) => ({
      id,
      text,
      askedAt,
      state,
      answer,
      answeredAt,
      isNew: isNew(answeredAt),
    })),
    noQuestionBecause: noQuestion?.kind === "no-question" ? noQuestion.because : null,
    priorities: priorities.map(({ rank, text, why }) => ({ rank, text, why })),
    intent:
      intent === null ? null : { value: intent.value as Intent, why: intent.why, statedAt: intent.statedAt },
    meeting:
      meeting === null
        ? null
        : {
            id: meeting.id,
            state: meeting.state as PageMeeting["state"],
            slotAt: meeting.slotAt,
            note: meeting.note,
          },
    meetingIsNew: meeting?.state === "booked" && isNew(booked === undefined ? null : new Date(booked.at)),
    slots: meetingSlots(calendar, csm?.zone ?? enrollment.zone, now).map((slot) => ({
      at: slot.toISOString(),
    })),
    agenda: {
      ...agenda,
      note: meeting?.note ?? null,
      own: agenda.items.filter(({ kind }) => kind === "own").map(({ text }) => text),
    },
    deletion,
    record: past
      .map((event) => ({
        at: new Date(event.at),
        text: eventWords(event, names),
        seenBy: seenBy(event, csm?.name ?? null),
      }))
      .reverse(),
  };
}

/** When the reader last did something here or had the page on a screen; null: never yet. */
function lastSeen(log: readonly EngagementEvent[]): number | null {
  const own = log.findLast((event) => isDeliberate(event) || event.evidence === "human_probable");
  return own === undefined ? null : Date.parse(own.at);
}

function decisions(log: readonly EngagementEvent[]): ContactPage["decided"] {
  return Object.fromEntries(
    log
      .filter((event) => event.kind === "goal-confirmed")
      .map(({ goal, edited, dropped }) => [goal, dropped ? "drop" : edited ? "change" : "keep"]),
  );
}

/** How somebody of ours is shown to a customer. */
export function pagePerson(user: EnrollmentFrame["csm"]): ContactPage["csm"] {
  if (user === null) return null;
  const { name, title, email, zone } = user;
  return { name, title, email, zone, hasPhoto: user.photoType !== null };
}

function whyYou({ account, departed, product, workspace }: EnrollmentFrame): string {
  const what = product?.name ?? account.productKey;
  const after = departed === null ? "" : ` after ${departed.name}`;
  return `You are looking after ${what} at ${account.name}${after}. ${workspace.name} helps you take over at your own pace.`;
}

/** Told plainly beside every line: the sponsor sees none of it (product.md 8). */
function seenBy(event: EngagementEvent, csm: string | null): string {
  if (event.evidence === "machine") return "Kept to tell machines from people; it counts for nothing";
  return csm === null ? "You and our customer success team" : `You and ${csm}`;
}
