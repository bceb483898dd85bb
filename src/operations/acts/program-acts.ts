import { instantOf } from "../../domain/calendar/window.ts";
import type { Act } from "../../domain/engagement/acts.ts";
import { readAddress, readName } from "../../domain/sending/addresses.ts";
import { askInTime } from "../ask-in-time.ts";
import { endEnrollment } from "../end-enrollment.ts";
import { pauseIt, resumeIt } from "../pauses.ts";
import { type ActContext, type ActOutcome, refusal } from "./act-context.ts";
import { fillForms } from "./course-acts.ts";

type ActOf<K extends Act["kind"]> = Extract<Act, { kind: K }>;

/** A person may be away for long; longer than this they want to stop, and we say so. */
const LONGEST_PAUSE_DAYS = 120;

export async function changeOwnPace(context: ActContext, act: ActOf<"pace-changed">): Promise<ActOutcome> {
  await context.note({ kind: "pace-changed", pace: act.pace });
  await context.tx.enrollment.update({
    where: { id: context.frame.enrollment.id },
    data: { pace: act.pace },
  });
  return { message: `Your pace is now ${act.pace}.` };
}

/** Nothing is sent before the chosen day, in the person's own zone. */
export async function pauseSelf(context: ActContext, act: ActOf<"pause-asked">): Promise<ActOutcome> {
  const { enrollment, workspace } = context.frame;
  const until = instantOf(act.until, workspace.windowStart, enrollment.zone);
  const days = (until.getTime() - context.at.getTime()) / 86_400_000;
  if (days <= 0) return refusal("pause-passed", "until", "This day has passed.", "Choose a later day.");
  if (days > LONGEST_PAUSE_DAYS) {
    return refusal(
      "pause-too-long",
      "until",
      `A pause lasts at most ${LONGEST_PAUSE_DAYS} days.`,
      "Choose an earlier day, or stop these mails.",
    );
  }
  await pauseIt(context.tx, enrollment, {
    at: context.at,
    until,
    reason: act.reason ?? "asked for by the reader",
    source: context.source,
    dedupeKey: context.dedupeKey,
  });
  return { message: `Nothing will be sent before ${act.until}.` };
}

export async function resumeSelf(context: ActContext): Promise<ActOutcome> {
  await resumeIt(context.tx, context.frame.enrollment, {
    at: context.at,
    reason: "asked for by the reader",
    source: context.source,
    dedupeKey: context.dedupeKey,
  });
  return { message: "The program goes on from where it was." };
}

/** The program stops; somebody of ours finds the right person. */
export async function notMe(context: ActContext, act: ActOf<"wrong-person">): Promise<ActOutcome> {
  const { enrollment, contact } = context.frame;
  const who = act.whoInstead === undefined ? {} : { whoInstead: act.whoInstead };
  await context.note({ kind: "wrong-person", ...who });
  await endEnrollment(context.tx, {
    workspaceId: enrollment.workspaceId,
    enrollmentId: enrollment.id,
    reason: "wrong_person",
    at: context.at,
  });
  await askInTime(context.tx, context, {
    key: `wrong-person.${enrollment.id}`,
    kind: "wrong-person",
    text: `Find the right person: ${contact.name} says it is not them`,
    detail: act.whoInstead === undefined ? "They did not name anybody." : `They named: ${act.whoInstead}`,
    days: 1,
  });
  return { message: "Thank you for saying so. You will get no more of these mails." };
}

/** A colleague is a name until the CSM adds them: nobody is mailed because somebody typed their address. */
export async function introduceColleague(
  context: ActContext,
  act: ActOf<"colleague-introduced">,
): Promise<ActOutcome> {
  const { contact } = context.frame;
  let email = "";
  if (act.email !== undefined) {
    const address = readAddress(act.email);
    if (!address.ok) {
      return refusal(address.problem.code, "email", address.problem.message, address.problem.remedy);
    }
    email = ` <${address.address}>`;
  }
  const who = `${readName(act.who)}${email}`;
  const eventId = await context.note({ kind: "colleague-introduced", who });
  await askInTime(context.tx, context, {
    key: `colleague.${eventId}`,
    kind: act.delegate ? "delegate" : "colleague",
    text: act.delegate ? `Enroll ${who}: does the day-to-day work` : `Say hello to ${who}`,
    detail: `Named by ${contact.name}.`,
    days: 2,
  });
  await fillForms(context, "introduction", who);
  return { message: "Thank you. We will write to them only if it helps." };
}
