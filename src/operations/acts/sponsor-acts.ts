import { localDateOf } from "../../domain/calendar/zones.ts";
import type { Act } from "../../domain/engagement/acts.ts";
import { classifyEvidence } from "../../domain/engagement/classify-evidence.ts";
import type { LogEvent } from "../../domain/engagement/events.ts";
import { recordEvent } from "../../drivers/store/events.ts";
import { dateColumn } from "../person-calendar.ts";
import type { ActContext, ActOutcome } from "./act-context.ts";

type ActOf<K extends Act["kind"]> = Extract<Act, { kind: K }>;

export async function endorse(context: ActContext, act: ActOf<"endorsed">): Promise<ActOutcome> {
  await context.note({ kind: "endorsed", ...(act.text === undefined ? {} : { text: act.text }) });
  return { message: "Thank you. Those two lines help more than ours." };
}

/** What success is measured by, in the sponsor's words: kept in the account's story, newest first. */
export async function restateMeasure(
  context: ActContext,
  act: ActOf<"measure-restated">,
): Promise<ActOutcome> {
  const { enrollment, contact } = context.frame;
  await context.note({ kind: "profile-told", text: act.text });
  await context.tx.timelineEntry.create({
    data: {
      workspaceId: enrollment.workspaceId,
      accountId: enrollment.accountId,
      kind: "decision",
      date: dateColumn(localDateOf(context.at, enrollment.zone)),
      text: `What success means: ${act.text}`,
      why: `Said by ${contact.name}.`,
      visibility: "customer",
      source: "sponsor",
      author: `contact:${contact.id}`,
      externalRef: `measure.${enrollment.id}.${context.dedupeKey}`,
    },
  });
  return { message: "Thank you. The plan is measured by that." };
}

/**
 * A sponsor who did anything on purpose is engaged: the contact's own log says so, because readiness reads
 * nothing else. Gives the contact's enrollment, whose readiness may change by it.
 */
export async function noteSponsorEngaged(context: ActContext): Promise<string | null> {
  const { enrollment } = context.frame;
  if (enrollment.audience !== "sponsor" || enrollment.besideId === null) return null;
  const beside = await context.tx.enrollment.findFirst({
    where: { workspaceId: enrollment.workspaceId, id: enrollment.besideId },
  });
  if (beside === null) return null;
  const event: LogEvent = { kind: "account-changed", at: context.at.toISOString(), sponsorEngaged: true };
  await recordEvent(context.tx, {
    workspaceId: beside.workspaceId,
    enrollmentId: beside.id,
    contactId: beside.contactId,
    event,
    evidence: classifyEvidence(event),
    receivedAt: context.parts.clock.now(),
    source: "system",
    dedupeKey: "sponsor-engaged",
  });
  return beside.id;
}
