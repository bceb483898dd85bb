import { DateTime } from "luxon";
import { meetingSlots } from "../domain/calendar/meeting-slots.ts";
import { eventWords } from "../domain/engagement/event-words.ts";
import type { EngagementEvent } from "../domain/engagement/events.ts";
import type { AgendaItem } from "../domain/readiness/readiness.ts";
import type { ACCOUNT_PAGES, EVIDENCE_KINDS, Intent, RESOURCE_KINDS } from "../domain/sequences/sequence.ts";
import {
  type EnrollmentFrame,
  findEnrollmentByPageKey,
  loadFrame,
} from "../drivers/store/enrollment-frame.ts";
import { loadLog } from "../drivers/store/events.ts";
import { currentPlan, customerStory, customerValues } from "./account-story.ts";
import { agendaOf } from "./agenda-of.ts";
import { courseOf, loadBlockState } from "./course.ts";
import { frozenSequence } from "./frozen-sequence.ts";
import type { PageEntry, PageMeeting, PagePerson, PagePlan, PageSlot, PageValue } from "./page-parts.ts";
import type { Parts } from "./parts.ts";
import { pauseNow } from "./pauses.ts";
import { personCalendar } from "./person-calendar.ts";
import { takesActs } from "./record-act.ts";

type OneOf<T extends readonly string[]> = T[number];

/** A block of a step as the page shows it: merge fields filled, present state beside it. Text is Markdown. */
export type PageBlock =
  | {
      type: "resource";
      key: string;
      title: string;
      kind: OneOf<typeof RESOURCE_KINDS>;
      minutes: number;
      url: string | null;
      /** Which part of the page shows it (an account page). */
      page: OneOf<typeof ACCOUNT_PAGES> | null;
      body: string | null;
      knowledge: boolean;
      confirmed: boolean;
    }
  | {
      type: "task";
      key: string;
      text: string;
      why: string | null;
      minutes: number;
      must: boolean;
      evidence: OneOf<typeof EVIDENCE_KINDS>;
      choices: { key: string; text: string; chosen: boolean }[];
      multiple: boolean;
      hint: string | null;
      /** The other form that answers this task, if any. */
      form: string | null;
      state: string;
      given: string | null;
    }
  | { type: "objective"; key: string; text: string; state: string }
  | { type: "question"; prompt: string }
  | { type: "priorities"; prompt: string; options: string[] }
  | { type: "value"; prompt: string }
  | {
      type: "check";
      key: string;
      items: {
        key: string;
        question: string;
        /** Which choice is right is never on the page before an answer. */
        choices: { key: string; text: string }[];
        /** The last answer with its feedback; it can always be tried again. */
        last: { choice: string; right: boolean; feedback: string } | null;
      }[];
    }
  | { type: "endorse"; prompt: string }
  | { type: "intent"; prompt: string }
  | { type: "goals"; prompt: string }
  | { type: "agreement"; prompt: string }
  | { type: "meeting"; prompt: string }
  | { type: "text"; text: string };

export interface CourseStep {
  key: string;
  title: string;
  opening: string;
  /** done: its must-tasks (or all tasks) are done; open: arrived; later: not yet sent; skipped: already known. */
  state: "done" | "open" | "later" | "skipped";
  arrivedAt: Date | null;
  minutes: number;
  blocks: PageBlock[];
}

export interface ContactPage {
  workspaceId: string;
  enrollmentId: string;
  pageKey: string;
  audience: "contact";
  /** A page of an ended enrollment is still readable, but takes no more acts. */
  live: boolean;
  status: string;
  language: string;
  zone: string;
  contact: { name: string; firstName: string };
  account: { name: string };
  product: string;
  csm: PagePerson | null;
  /** Why this person gets these mails. */
  why: string;
  pace: "slow" | "normal" | "fast";
  pausedUntil: Date | null;
  paused: boolean;
  course: {
    name: string;
    steps: CourseStep[];
    done: number;
    total: number;
    minutesLeft: number;
    /** The one next thing. */
    next: { stepKey: string; taskKey: string | null; text: string; minutes: number } | null;
  };
  story: PageEntry[];
  plan: PagePlan | null;
  values: PageValue[];
  openItems: PageEntry[];
  decisions: PageEntry[];
  setup: PageEntry[];
  people: PageEntry[];
  questions: {
    id: string;
    text: string;
    askedAt: Date;
    state: string;
    answer: string | null;
    answeredAt: Date | null;
  }[];
  noQuestionBecause: string | null;
  priorities: { rank: number; text: string; why: string | null }[];
  intent: { value: Intent; why: string | null; statedAt: Date } | null;
  meeting: PageMeeting | null;
  slots: PageSlot[];
  agenda: {
    items: readonly AgendaItem[];
    byMail: readonly AgendaItem[];
    emptyReason: string | null;
    note: string | null;
  };
  /** "What we record and who sees it": the person's own log in words, newest first. */
  record: { at: Date; text: string; seenBy: string }[];
}

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
  const [state, sends, story, values, plan, questions, priorities, intent, meeting, log, agenda] =
    await Promise.all([
      loadBlockState(db, frame),
      db.send.findMany({ where: { ...where, kind: "step", status: { in: ["submitted", "uncertain"] } } }),
      customerStory(db, workspaceId, accountId),
      customerValues(db, workspaceId, accountId),
      currentPlan(db, workspaceId, accountId),
      db.question.findMany({ where: { ...where, duplicateOf: null }, orderBy: { askedAt: "desc" } }),
      db.priority.findMany({ where: { ...where, validTo: null }, orderBy: { rank: "asc" } }),
      db.intent.findFirst({ where, orderBy: { statedAt: "desc" } }),
      db.meeting.findFirst({ where, orderBy: { requestedAt: "desc" } }),
      loadLog(db, workspaceId, enrollment.id),
      agendaOf(db, frame, now),
    ]);
  const past = log.filter((event) => Date.parse(event.at) <= now.getTime());
  const pause = pauseNow(enrollment, now);
  const calendar = personCalendar(frame.workspace, account, enrollment.zone, now);
  const noQuestion = past.findLast((event) => event.kind === "no-question");
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
    csm: csm === null ? null : { name: csm.name, title: csm.title, email: csm.email },
    why: whyYou(frame),
    pace: enrollment.pace as ContactPage["pace"],
    pausedUntil: pause?.until == null ? null : new Date(pause.until),
    paused: pause !== null || enrollment.status === "paused",
    course: courseOf(frozenSequence(frame.version), frame, state, sends),
    ...story,
    plan,
    values,
    questions: questions.map(({ id, text, askedAt, state, answer, answeredAt }) => ({
      id,
      text,
      askedAt,
      state,
      answer,
      answeredAt,
    })),
    noQuestionBecause: noQuestion?.kind === "no-question" ? noQuestion.because : null,
    priorities: priorities.map(({ rank, text, why }) => ({ rank, text, why })),
    intent:
      intent === null ? null : { value: intent.value as Intent, why: intent.why, statedAt: intent.statedAt },
    meeting:
      meeting === null
        ? null
        : { state: meeting.state as PageMeeting["state"], slotAt: meeting.slotAt, note: meeting.note },
    slots: meetingSlots(calendar, csm?.zone ?? enrollment.zone, now).map((slot) => ({
      at: slot.toISOString(),
      words: DateTime.fromJSDate(slot, { zone: enrollment.zone })
        .setLocale("en-GB")
        .toFormat("cccc d MMMM, HH:mm"),
    })),
    agenda: { ...agenda, note: meeting?.note ?? null },
    record: past
      .map((event) => ({
        at: new Date(event.at),
        text: eventWords(event),
        seenBy: seenBy(event, csm?.name ?? null),
      }))
      .reverse(),
  };
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
