import { addBusinessDays } from "../domain/calendar/working-days.ts";
import { localDateOf } from "../domain/calendar/zones.ts";
import type { Readiness } from "../domain/readiness/readiness.ts";
import { ESCALATION_COOLDOWN_DAYS, escalationCauses } from "../domain/turnover/escalation.ts";
import { loadFrame } from "../drivers/store/enrollment-frame.ts";
import type { Enrollment } from "../drivers/store/generated/client.ts";
import { askInTime } from "./ask-in-time.ts";
import { escalationFacts } from "./escalation-facts.ts";
import type { Db } from "./parts.ts";
import { personCalendar } from "./person-calendar.ts";

/** Same day where the contact speaks of leaving; the others leave time to think. */
const DAYS_TO_DECIDE = 2;

/**
 * Asks the CSM whether the sponsor should be brought in, when a condition of domain.md D9 holds. One open
 * question a case, and none while the last decision is younger than the cooldown. Nothing is sent by itself.
 */
export async function askAboutEscalation(
  tx: Db,
  enrollment: Enrollment,
  readiness: Readiness,
  at: Date,
): Promise<boolean> {
  const { workspaceId, caseId } = enrollment;
  const asked = await tx.csmTask.findFirst({
    where: { workspaceId, caseId, kind: "escalate", doneAt: null },
    select: { id: true },
  });
  const decided = await tx.escalation.findMany({
    where: { workspaceId, caseId },
    select: { decidedAt: true },
  });
  if (asked !== null || decided.some(({ decidedAt }) => decidedAt === null)) return false;
  const frame = await loadFrame(tx, workspaceId, enrollment.id);
  if (frame === null || frame.sponsor === null || frame.turnover.status === "closed") return false;
  const { workspace, account, turnover, sponsor } = frame;
  const calendar = personCalendar(workspace, account, account.zone, at);
  const today = localDateOf(at, account.zone);
  const isFresh = decided.some(
    ({ decidedAt }) =>
      decidedAt !== null &&
      today < addBusinessDays(localDateOf(decidedAt, account.zone), ESCALATION_COOLDOWN_DAYS, calendar),
  );
  if (isFresh) return false;
  const facts = await escalationFacts(
    tx,
    { turnover: { ...turnover, account }, workspace, enrollment, readiness },
    at,
  );
  const [first] = escalationCauses(facts);
  if (first === undefined) return false;
  return askInTime(
    tx,
    { frame, at },
    {
      key: `escalate.${first.cause}.${decided.length}`,
      kind: "escalate",
      text: `Escalate to ${sponsor.name}?`,
      detail: `${first.why} A draft with facts and one ask is ready; nothing goes before you approve it.`,
      days: first.cause === "intent" ? 0 : DAYS_TO_DECIDE,
    },
  );
}
