import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { monthGrid } from "../../../domain/calendar/month-grid.ts";
import { localDateOf } from "../../../domain/calendar/zones.ts";
import type { PlannedStep } from "../../../domain/sequences/plan-program.ts";
import type { Policy } from "../../../domain/sequences/policy.ts";
import { POLICIES } from "../../../domain/sequences/sequence.ts";
import type { Contact } from "../../../drivers/store/generated/client.ts";
import { findCurrentVersion } from "../../../drivers/store/versions.ts";
import { chooseTrack } from "../../../operations/choose-track.ts";
import { enrollContact } from "../../../operations/enroll-contact.ts";
import {
  type EnrollDesk,
  type EnrollProgram,
  enrollProgram,
  trackOffers,
  zoneOf,
} from "../../../operations/enroll-desk.ts";
import { frozenSequence } from "../../../operations/frozen-sequence.ts";
import { giveAddress } from "../../../operations/give-address.ts";
import { keepTrackChoice, UNDO_MINUTES } from "../../../operations/keep-track-choice.ts";
import { dayOf, personCalendar } from "../../../operations/person-calendar.ts";
import { type PreviewedProgram, previewMail } from "../../../operations/preview-program.ts";
import { proposePolicy } from "../../../operations/propose-policy.ts";
import { undoEnrollment } from "../../../operations/undo-enrollment.ts";
import type { ProgramMark } from "../../pages/app/enroll-calendar.tsx";
import { type ConfirmProgram, enrollConfirmPage, placeOf } from "../../pages/app/enroll-confirm-page.tsx";
import type { Typed } from "../../pages/app/enroll-frame.tsx";
import { enrollMailPage } from "../../pages/app/enroll-mail-page.tsx";
import { enrollTrackPage } from "../../pages/app/enroll-track-page.tsx";
import { mailFrameHeaders } from "../../plugins/security-headers.ts";
import { sessionOf, viewerOf } from "../../plugins/session-guard.ts";
import { unwrap } from "../../problem.ts";
import { seeOther, sendPage } from "../../send-page.ts";
import type { WebParts } from "../../web-parts.ts";
import { deskOf, elsewhere, openSteps, refusedTyped, typedIn, untouched } from "./enroll-forms.ts";
import { goBack, idOf, noSuchPage } from "./form.ts";
import { Look, sendMail } from "./mail-look.ts";

const NEEDS = { config: { needs: "work-cases" } } as const;
const Pace = z.enum(["slow", "normal", "fast"]).catch("normal");
/** "proposed" and whatever nobody knows: what the rules say. */
const ChosenPolicy = z.enum(POLICIES).nullable().catch(null);
const MailAddress = z.object({ of: z.enum(["contact", "sponsor"]), step: z.string().max(120) });

/** The track, every mail on the contact's calendar, and the one button. */
export function addEnrollProgramSteps(app: FastifyInstance, parts: WebParts): void {
  app.get("/enroll/:case/track", NEEDS, async (request, reply) => {
    const desk = await deskOf(parts, request);
    const { chosenTrack, chosenPace, chosenPolicy, chosenStartOn } = desk.turnover;
    const values = {
      ...(chosenTrack === null ? {} : { track: chosenTrack }),
      ...(chosenPace === null ? {} : { pace: chosenPace }),
      ...(chosenPolicy === null ? {} : { policy: chosenPolicy }),
      startOn: chosenStartOn === null ? (firstDayOf(desk, parts) ?? "") : dayOf(chosenStartOn),
    };
    return elsewhere(reply, desk, "track") ?? trackPage(parts, request, reply, desk, untouched(values));
  });

  app.post("/enroll/:case/track", NEEDS, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const desk = await deskOf(parts, request);
    const away = elsewhere(reply, desk, "track");
    if (away !== null) return away;
    const values = typedIn(request);
    const { id: caseId } = desk.turnover;
    const before = `/enroll/${caseId}/successor` as const;
    const proposal = await chooseTrack(parts.db, desk.turnover);
    const proposedKey = proposal.ok ? proposal.version.key : null;
    const track = values["track"] ?? "";
    const proposed =
      desk.successor === null
        ? null
        : proposePolicy(desk.workspace, desk.turnover.account, desk.successor).policy;
    const result = await keepTrackChoice(parts, {
      workspaceId,
      caseId,
      actor,
      // The proposed one stays "what the case asks for", and follows when the case changes.
      track: track === "" || track === proposedKey ? null : track,
      pace: Pace.parse(values["pace"]),
      policy: otherThan(proposed, ChosenPolicy.parse(values["policy"] ?? null)),
      startOn: (values["startOn"] ?? "").trim(),
    });
    if (!result.ok)
      return trackPage(parts, request, reply.code(422), desk, refusedTyped(values, result.problem, before));
    return seeOther(reply, values["go"] === "back" ? before : `/enroll/${caseId}/confirm`);
  });

  app.get("/enroll/:case/confirm", NEEDS, async (request, reply) => {
    const desk = await deskOf(parts, request);
    return elsewhere(reply, desk, "confirm") ?? confirmPage(parts, request, reply, desk, untouched({}));
  });

  app.post("/enroll/:case/confirm", NEEDS, (request, reply) => confirm(parts, request, reply));

  app.post("/enroll/:case/address", NEEDS, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const desk = await deskOf(parts, request);
    const values = typedIn(request);
    if (desk.successor === null || desk.successor.id !== values["contact"]) throw noSuchPage();
    const result = await giveAddress(parts, {
      workspaceId,
      contactId: desk.successor.id,
      email: values["email"] ?? "",
      actor,
    });
    if (result.ok) return seeOther(reply, `/enroll/${desk.turnover.id}/confirm`);
    return confirmPage(parts, request, reply.code(422), desk, refusedTyped(values, result.problem, ""));
  });

  app.post("/enrollments/:id/undo", NEEDS, async (request, reply) => {
    const { workspaceId, actor } = sessionOf(request);
    const { caseId } = unwrap(
      await undoEnrollment(parts, { workspaceId, enrollmentId: idOf(request), actor }),
    );
    return goBack(reply, `/cases/${caseId}`, "undone");
  });

  app.get("/enroll/:case/mails/:of/:step", NEEDS, (request, reply) => mailPage(parts, request, reply));

  app.get(
    "/enroll/:case/mails/:of/:step/html",
    { ...NEEDS, helmet: mailFrameHeaders },
    async (request, reply) => {
      const { mail } = await mailOf(parts, request);
      return sendMail(reply, unwrap(mail).html, Look.parse(request.query).scheme);
    },
  );
}

/** The proposed one stays "what the rules say", and follows when the rules change. */
const otherThan = (proposed: Policy | null, chosen: Policy | null): Policy | null =>
  chosen === proposed ? null : chosen;

/** Somebody who starts later gets nothing before their first day. */
function firstDayOf(desk: EnrollDesk, parts: WebParts): string | null {
  const startOn = desk.successor?.startOn ?? null;
  const today = localDateOf(parts.clock.now(), desk.turnover.account.zone);
  return startOn !== null && dayOf(startOn) > today ? dayOf(startOn) : null;
}

async function trackPage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  desk: EnrollDesk,
  typed: Typed,
) {
  const { turnover, successor } = desk;
  return sendPage(
    reply,
    enrollTrackPage({
      viewer: viewerOf(parts, request, reply),
      caseId: turnover.id,
      open: openSteps(desk),
      accountName: turnover.account.name,
      contactName: successor?.name ?? "",
      firstName: successor?.firstName ?? "",
      zone: zoneOf(desk),
      today: localDateOf(parts.clock.now(), turnover.account.zone),
      tracks: await trackOffers(
        parts,
        desk,
        Pace.parse(typed.values["pace"]),
        ChosenPolicy.parse(typed.values["policy"] ?? null),
      ),
      typed,
    }),
  );
}

type WithSuccessor = EnrollDesk & { successor: Contact };

function hasSuccessor(desk: EnrollDesk): desk is WithSuccessor {
  return desk.successor !== null;
}

/** Enrolls as shown. A day that has moved on since it was shown is shown again first. */
async function confirm(parts: WebParts, request: FastifyRequest, reply: FastifyReply) {
  const { workspaceId, actor } = sessionOf(request);
  const desk = await deskOf(parts, request);
  const values = typedIn(request);
  const once = z.uuid().safeParse(values["once"]);
  const { id: caseId } = desk.turnover;
  if (!hasSuccessor(desk)) return seeOther(reply, `/enroll?case=${caseId}`);
  const key = once.success ? { idempotencyKey: once.data } : {};
  const whom = { workspaceId, caseId, contactId: desk.successor.id, actor, ...key };
  if (desk.isEnrolled) {
    // The second press of the same button, or another window: nobody is enrolled twice.
    const repeated = await enrollContact(parts, whom);
    return repeated.ok ? goBack(reply, `/cases/${caseId}`, "enrolled") : seeOther(reply, `/cases/${caseId}`);
  }
  const away = elsewhere(reply, desk, "confirm");
  if (away !== null) return away;
  const shown = await enrollProgram(parts, desk);
  const [first] = mailsOf(shown.program?.steps ?? []);
  const promised = values["promised"] ?? "";
  if (shown.concerns.some(({ stops }) => stops) || (first !== undefined && first.localDate !== promised)) {
    const typed: Typed = { values: {}, complaint: first === undefined ? null : MOVED_ON, leaveTo: null };
    const stopped = shown.concerns.some(({ stops }) => stops);
    return confirmPage(parts, request, reply.code(422), desk, stopped ? untouched({}) : typed);
  }
  const { choice } = shown;
  const result = await enrollContact(parts, {
    ...whom,
    pace: choice.pace,
    // What was shown, also when the rules change between the look and the press.
    ...(shown.program === null ? {} : { policy: shown.program.policy }),
    startAt: choice.startAt,
    ...(choice.track === null ? {} : { sequenceKey: choice.track }),
  });
  if (result.ok) return goBack(reply, `/cases/${caseId}`, "enrolled");
  // Enrolled by somebody else between the look and the press.
  if (result.problem.code === "already-enrolled") return seeOther(reply, `/cases/${caseId}`);
  return confirmPage(parts, request, reply.code(422), desk, refusedTyped(values, result.problem, ""));
}

const MOVED_ON = {
  place: "promised",
  message: "The days have moved on since this page was opened.",
  remedy: "They are right again below: look, and press the button once more.",
};

async function confirmPage(
  parts: WebParts,
  request: FastifyRequest,
  reply: FastifyReply,
  desk: EnrollDesk,
  typed: Typed,
) {
  const { turnover } = desk;
  if (!hasSuccessor(desk)) return seeOther(reply, `/enroll?case=${turnover.id}`);
  const shown = await enrollProgram(parts, desk);
  return sendPage(
    reply,
    enrollConfirmPage({
      viewer: viewerOf(parts, request, reply),
      caseId: turnover.id,
      open: openSteps(desk),
      accountName: turnover.account.name,
      contactId: desk.successor.id,
      contactName: desk.successor.name,
      firstName: desk.successor.firstName,
      program: shown.program === null ? null : confirmProgram(parts, desk, shown, shown.program),
      concerns: shown.concerns,
      once: randomUUID(),
      undoMinutes: UNDO_MINUTES,
      typed,
    }),
  );
}

function confirmProgram(
  parts: WebParts,
  desk: WithSuccessor,
  { choice }: EnrollProgram,
  program: PreviewedProgram,
): ConfirmProgram {
  const { turnover, workspace } = desk;
  const marks = marksOf(turnover.id, program);
  const days = new Map<string, ProgramMark[]>();
  for (const mark of marks) {
    // The sponsor's mails stand on the day that it is for the contact.
    const day = localDateOf(new Date(mark.step.at), program.zone);
    days.set(day, [...(days.get(day) ?? []), mark]);
  }
  const now = parts.clock.now();
  const dates = [...days.keys()].sort();
  const first = dates[0] ?? localDateOf(now, program.zone);
  const last = dates.at(-1) ?? first;
  const calendar = personCalendar(workspace, turnover.account, program.zone, choice.startAt);
  return {
    name: program.sequenceName,
    reason: program.reason,
    pace: choice.pace,
    policy: program.policy,
    policyReason: program.policyReason,
    zone: program.zone,
    marks,
    leftOut: program.steps.filter(({ kind }) => kind === "left-out").map(({ subject }) => subject),
    grid: monthGrid(first, last, calendar, workspace.weekStart, days),
    caption: `Days in ${placeOf(program.zone)}`,
    today: localDateOf(now, program.zone),
    sponsorName: program.sponsor?.name ?? null,
  };
}

const mailsOf = (steps: readonly PlannedStep[]) =>
  steps.filter(({ kind, recipient }) => kind === "mail" && recipient === "contact");

/**
 * Every mail, and every task that comes in any case, in the order of time: what is asked only when something
 * goes wrong is left away. Mails are numbered and lead to their look.
 */
function marksOf(caseId: string, program: PreviewedProgram): ProgramMark[] {
  const steps = [
    ...program.steps.map((step) => ({ step, of: "contact" as const })),
    ...(program.sponsor?.steps ?? []).map((step) => ({ step, of: "sponsor" as const })),
  ].filter(({ step }) => step.kind === "mail" || (step.kind === "csm-task" && step.leftOutWhen.length === 0));
  steps.sort((a, b) => a.step.at.localeCompare(b.step.at));
  let number = 0;
  return steps.map(({ step, of }) => {
    const isMail = step.kind === "mail";
    if (isMail) number += 1;
    return {
      number: isMail ? number : null,
      to: step.recipient,
      subject: step.subject,
      href: isMail ? `/enroll/${caseId}/mails/${of}/${step.stepKey}` : null,
      step,
    };
  });
}

/** The mail of the address, rendered for its reader; 404 for a step that is not in this program. */
async function mailOf(parts: WebParts, request: FastifyRequest) {
  const desk = await deskOf(parts, request);
  const address = MailAddress.safeParse(request.params);
  if (!address.success || !hasSuccessor(desk)) throw noSuchPage();
  const { of, step: stepKey } = address.data;
  const { program } = await enrollProgram(parts, desk);
  if (program === null) throw noSuchPage();
  const marks = marksOf(desk.turnover.id, program).filter(
    (mark): mark is ProgramMark & { href: string } => mark.href !== null,
  );
  const index = marks.findIndex(({ href }) => href.endsWith(`/mails/${of}/${stepKey}`));
  const mark = marks[index];
  const sequenceKey =
    of === "contact" ? program.sequenceKey : await briefOf(parts, desk, program.sequenceKey);
  if (mark === undefined || sequenceKey === null) throw noSuchPage();
  const mail = await previewMail(parts, {
    workspaceId: desk.turnover.workspaceId,
    sequenceKey,
    stepKey,
    ...(of === "contact" ? { policy: program.policy } : {}),
    reader: { caseId: desk.turnover.id, contactId: desk.successor.id },
  });
  const previous = marks[index - 1]?.href ?? null;
  const next = marks[index + 1]?.href ?? null;
  return { desk, program, mark, mail, previous, next };
}

async function briefOf(parts: WebParts, desk: EnrollDesk, key: string): Promise<string | null> {
  const version = await findCurrentVersion(parts.db, desk.turnover.workspaceId, key);
  return version === null ? null : (frozenSequence(version).sponsorSequence ?? null);
}

async function mailPage(parts: WebParts, request: FastifyRequest, reply: FastifyReply) {
  const { desk, program, mark, mail, previous, next } = await mailOf(parts, request);
  return sendPage(
    reply,
    enrollMailPage({
      viewer: viewerOf(parts, request, reply),
      caseId: desk.turnover.id,
      contactName: desk.successor.name,
      readerName: mark.to === "sponsor" ? (program.sponsor?.name ?? "") : desk.successor.name,
      mark,
      previous,
      next,
      view: Look.parse(request.query).view,
      mail: mail.ok ? mail : { ok: false, ...mail.problem },
    }),
  );
}
