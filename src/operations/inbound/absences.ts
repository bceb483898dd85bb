import { instantOf } from "../../domain/calendar/window.ts";
import { addBusinessDays, nextWorkingDay } from "../../domain/calendar/working-days.ts";
import { localDateOf } from "../../domain/calendar/zones.ts";
import { lockEnrollment } from "../../drivers/store/enrollment-frame.ts";
import { askInTime } from "../ask-in-time.ts";
import type { Parts } from "../parts.ts";
import { canPause, pauseIt } from "../pauses.ts";
import { personCalendar } from "../person-calendar.ts";
import { refreshReadiness } from "../refresh-readiness.ts";
import { transact } from "../transact.ts";
import { type Arrival, noteArrival } from "./arrival.ts";

/** How long an absence without a date lasts (domain.md B3). */
const UNDATED_DAYS = 3;

/** An automatic answer is nobody's act: it pauses until the person is back, or asks whether they have left. */
export async function answerAbsence(parts: Parts, arrival: Arrival): Promise<string> {
  const { mail, frame, at, mailId } = arrival;
  const { enrollment, contact } = frame;
  const did = await transact(parts, async (tx) => {
    const locked = await lockEnrollment(tx, enrollment.workspaceId, enrollment.id);
    const isNew = await noteArrival(tx, parts, arrival, {
      kind: "auto-reply",
      at: at.toISOString(),
      ...(mail.returnsOn === null ? {} : { returnsOn: mail.returnsOn }),
      ...(mail.standIn === null ? {} : { standIn: mail.standIn }),
    });
    if (!isNew) return "It had been noted before.";
    if (mail.departed) await askWhetherLeft(tx, arrival);
    if (locked === null || !(await canPause(tx, locked))) return "Noted; the program had ended.";
    // Held until a person has looked: the next mail would go to nobody, or to somebody it is not for.
    const until = mail.departed ? null : backAt(arrival);
    await pauseIt(tx, locked, {
      at,
      until,
      reason: mail.departed
        ? "an automatic answer says they have left"
        : mail.returnsOn === null
          ? "away, says an automatic answer"
          : `away until ${mail.returnsOn}, says an automatic answer`,
      source: "reply",
      dedupeKey: `mail.${mailId}`,
    });
    return until === null
      ? `${contact.name} seems to have left; held.`
      : `Paused until ${until.toISOString()}.`;
  });
  await refreshReadiness(parts, {
    workspaceId: enrollment.workspaceId,
    enrollmentId: enrollment.id,
    cause: "act",
    at,
  });
  return did;
}

/** The start of the day the person is back, in their own zone. */
function backAt({ mail, frame, at }: Arrival): Date {
  const { enrollment, account, workspace } = frame;
  const calendar = personCalendar(workspace, account, enrollment.zone, at);
  const today = localDateOf(at, enrollment.zone);
  const day =
    mail.returnsOn !== null && mail.returnsOn > today
      ? nextWorkingDay(mail.returnsOn, calendar)
      : addBusinessDays(today, UNDATED_DAYS, calendar);
  return instantOf(day, workspace.windowStart, enrollment.zone);
}

export async function askWhetherLeft(tx: Parameters<typeof askInTime>[0], arrival: Arrival): Promise<void> {
  const { frame, mail } = arrival;
  const { contact, account } = frame;
  await askInTime(tx, arrival, {
    key: `departed.${contact.id}`,
    kind: "departure-signal",
    text: `${contact.name} may have left ${account.name}: open a case?`,
    detail: [mail.text.slice(0, 600), mail.standIn === null ? "" : `Named instead: ${mail.standIn}`]
      .filter(Boolean)
      .join("\n\n"),
    days: 1,
  });
}
