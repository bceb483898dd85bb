import { instantOf } from "../domain/calendar/window.ts";
import type { Sequence } from "../domain/sequences/sequence.ts";
import {
  type EnrollmentFrame,
  findEnrollmentByPageKey,
  loadFrame,
} from "../drivers/store/enrollment-frame.ts";
import type { Send } from "../drivers/store/generated/client.ts";
import { currentPlan, customerStory, customerValues } from "./account-story.ts";
import { pagePerson } from "./contact-page.ts";
import { loadBlockState } from "./course.ts";
import { programOf } from "./frozen-sequence.ts";
import { type BlockState, pageBlock } from "./page-blocks.ts";
import type { PageBlock, PageEntry, PagePerson, PagePlan, PageValue } from "./page-parts.ts";
import type { Db, Parts } from "./parts.ts";
import { dayOf } from "./person-calendar.ts";
import { fillMarkdown, fillPlain } from "./reader-values.ts";
import { takesActs } from "./record-act.ts";

/** Nothing private of the contact: counts and shared goals only (domain.md F, product.md decision 8). */
export interface SponsorPage {
  workspaceId: string;
  enrollmentId: string;
  pageKey: string;
  audience: "sponsor";
  live: boolean;
  language: string;
  zone: string;
  sponsor: { name: string; firstName: string };
  account: { name: string };
  product: string;
  csm: PagePerson | null;
  /** Who takes over; null while nobody is known. */
  contact: { name: string; firstName: string; title: string | null } | null;
  whatChanged: string;
  /** Three lines. */
  status: string[];
  plan: PagePlan | null;
  /** The newest step's ask. */
  ask: { stepKey: string; title: string; opening: string; blocks: PageBlock[] } | null;
  endorsed: { at: Date; text: string | null } | null;
  /** A talk the sponsor asked us for, while it is to come. */
  talk: { askedAt: Date; note: string | null } | null;
  /** The sponsor's own ranking. */
  priorities: { rank: number; text: string; why: string | null }[];
  measure: string | null;
  values: PageValue[];
  story: PageEntry[];
  nextDates: { on: Date; text: string }[];
}
/** The sponsor's page; reads only. Null: no such page, or its key was replaced. */
export async function sponsorPage(parts: Parts, pageKey: string): Promise<SponsorPage | null> {
  const { db } = parts;
  const found = await findEnrollmentByPageKey(db, pageKey);
  if (found === null || found.audience !== "sponsor") return null;
  const { workspaceId, accountId } = found;
  const frame = await loadFrame(db, workspaceId, found.id);
  if (frame === null) return null;
  const { enrollment, contact: sponsor, account, csm, successor } = frame;
  const where = { workspaceId, enrollmentId: enrollment.id };
  const [state, sends, story, values, plan, priorities, endorsed, measure, talk, progress] =
    await Promise.all([
      loadBlockState(db, frame),
      db.send.findMany({
        where: { ...where, kind: "step", status: { in: ["submitted", "uncertain"] } },
        orderBy: { submittedAt: "desc" },
      }),
      customerStory(db, workspaceId, accountId),
      customerValues(db, workspaceId, accountId),
      currentPlan(db, workspaceId, accountId, {
        contact: successor?.name,
        sponsor: frame.sponsor?.name ?? sponsor.name,
        csm: csm?.name,
      }),
      db.priority.findMany({ where: { ...where, validTo: null }, orderBy: { rank: "asc" } }),
      db.engagementEvent.findFirst({
        where: { ...where, kind: "endorsed" },
        orderBy: { occurredAt: "desc" },
      }),
      db.timelineEntry.findFirst({
        // Their own words and nobody else's: a list that is imported may carry any reference.
        where: {
          workspaceId,
          accountId,
          externalRef: { startsWith: `measure.${enrollment.id}.` },
          author: `contact:${sponsor.id}`,
        },
        orderBy: { id: "desc" },
      }),
      db.meeting.findFirst({
        where: { ...where, state: { in: ["requested", "booked"] } },
        orderBy: { requestedAt: "desc" },
      }),
      besideProgress(db, frame),
    ]);
  const said = endorsed?.payload as { text?: string } | undefined;
  return {
    workspaceId,
    enrollmentId: enrollment.id,
    pageKey,
    audience: "sponsor",
    live: takesActs(enrollment),
    language: sponsor.language,
    zone: enrollment.zone,
    sponsor: { name: sponsor.name, firstName: sponsor.firstName },
    account: { name: account.name },
    product: frame.product?.name ?? account.productKey,
    csm: pagePerson(csm),
    contact:
      successor === null
        ? null
        : { name: successor.name, firstName: successor.firstName, title: successor.title },
    whatChanged: whatChanged(frame),
    status: progress.status,
    plan,
    ask: askOf(programOf(frame.version, frame.enrollment), state, sends),
    endorsed: endorsed === null ? null : { at: endorsed.occurredAt, text: said?.text ?? null },
    talk: talk === null ? null : { askedAt: talk.requestedAt, note: talk.note },
    priorities: priorities.map(({ rank, text, why }) => ({ rank, text, why })),
    measure: measure?.text.replace(/^What success means: /, "") ?? null,
    values,
    story: story.story,
    nextDates: [
      ...progress.dates,
      ...(account.renewalOn === null
        ? []
        : [{ on: instantOf(dayOf(account.renewalOn), "12:00", frame.enrollment.zone), text: "Renewal" }]),
    ].sort((a, b) => a.on.getTime() - b.on.getTime()),
  };
}

function whatChanged({ account, departed, successor, product }: EnrollmentFrame): string {
  const what = product?.name ?? account.productKey;
  const left =
    departed === null ? `Somebody new looks after ${what}` : `${departed.name} no longer looks after ${what}`;
  return successor === null
    ? `${left}. Nobody has taken over yet.`
    : `${left}; ${successor.name} takes over.`;
}

/** Counts and dates, no answers: what the contact wrote stays between them and their CSM (product.md 8). */
async function besideProgress(
  db: Db,
  frame: EnrollmentFrame,
): Promise<{ status: string[]; dates: { on: Date; text: string }[] }> {
  const { enrollment, successor } = frame;
  const beside =
    enrollment.besideId === null
      ? null
      : await db.enrollment.findFirst({
          where: { workspaceId: enrollment.workspaceId, id: enrollment.besideId },
        });
  if (beside === null || successor === null) {
    return {
      status: [
        "Everything keeps running.",
        "Nobody has taken over yet.",
        "We will tell you when that changes.",
      ],
      dates: [],
    };
  }
  const where = { workspaceId: enrollment.workspaceId, enrollmentId: beside.id };
  const [tasks, plan, meeting] = await Promise.all([
    db.task.findMany({ where, select: { state: true } }),
    currentPlan(db, enrollment.workspaceId, enrollment.accountId),
    db.meeting.findFirst({
      where: { ...where, state: { in: ["booked", "held"] } },
      orderBy: { requestedAt: "desc" },
    }),
  ]);
  const done = tasks.filter(({ state }) => !["locked", "open", "in_progress"].includes(state)).length;
  const accepted = plan?.acceptances.filter(({ at }) => at !== null).length ?? 0;
  const goals = plan?.goals.filter(({ status }) => status !== "dropped").length ?? 0;
  return {
    status: [
      `${successor.firstName} has taken ${done} of ${tasks.length} steps of the handover.`,
      plan === null
        ? "There is no agreed plan yet."
        : `${goals === 1 ? "1 goal" : `${goals} goals`} in the plan; ${accepted} of 3 have agreed to it.`,
      meeting === null
        ? "The first meeting has no date yet."
        : meeting.state === "held"
          ? "The first meeting has taken place."
          : "The first meeting has a date.",
    ],
    dates:
      meeting?.state === "booked" && meeting.slotAt !== null
        ? [{ on: meeting.slotAt, text: "First meeting" }]
        : [],
  };
}

/** The newest step that has arrived; before the first mail, the first step. */
function askOf(sequence: Sequence, state: BlockState, sends: readonly Send[]): SponsorPage["ask"] {
  const steps = sequence.steps.filter((step) => (step.audience ?? sequence.audience) === "sponsor");
  const step = steps.find(({ key }) => key === sends[0]?.stepKey) ?? steps[0];
  if (step === undefined) return null;
  return {
    stepKey: step.key,
    title: fillPlain(step.subject, state.values),
    opening: fillMarkdown(step.opening, state.values),
    blocks: step.blocks.map((block) => pageBlock(block, state)),
  };
}

/** Which page a key opens, before anything else is read. */
export async function findPage(
  parts: Parts,
  pageKey: string,
): Promise<{ workspaceId: string; enrollmentId: string; audience: "contact" | "sponsor" | "csm" } | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(pageKey)) return null;
  const found = await findEnrollmentByPageKey(parts.db, pageKey);
  if (found === null) return null;
  const audience = found.audience as "contact" | "sponsor" | "csm";
  return { workspaceId: found.workspaceId, enrollmentId: found.id, audience };
}
