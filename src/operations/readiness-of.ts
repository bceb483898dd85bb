import type { Agenda, Readiness } from "../domain/readiness/readiness.ts";
import { loadFrame } from "../drivers/store/enrollment-frame.ts";
import { loadLog } from "../drivers/store/events.ts";
import { agendaOf } from "./agenda-of.ts";
import { programOf } from "./frozen-sequence.ts";
import type { Parts } from "./parts.ts";
import { assessLog } from "./refresh-readiness.ts";

export interface ReadinessView {
  enrollmentId: string;
  contactName: string;
  accountName: string;
  sequenceName: string;
  readiness: Readiness | null;
  agenda: Agenda | null;
  history: { at: Date; verdict: string; score: number }[];
}
/** The readiness as it stands at this moment, computed and not stored. Null: no such enrollment. */
export async function readinessOf(
  parts: Parts,
  input: { workspaceId: string; enrollmentId: string; at?: Date },
): Promise<ReadinessView | null> {
  const { workspaceId, enrollmentId } = input;
  const frame = await loadFrame(parts.db, workspaceId, enrollmentId);
  if (frame === null) return null;
  const at = input.at ?? parts.clock.now();
  const begun = frame.enrollment.audience === "contact" && at >= frame.enrollment.startedAt;
  const [log, history] = await Promise.all([
    loadLog(parts.db, workspaceId, enrollmentId),
    parts.db.readinessAssessment.findMany({
      where: { workspaceId, enrollmentId },
      orderBy: { at: "asc" },
      select: { at: true, verdict: true, score: true },
    }),
  ]);
  return {
    enrollmentId,
    contactName: frame.contact.name,
    accountName: frame.account.name,
    sequenceName: frame.version.name,
    readiness: begun ? assessLog(programOf(frame.version, frame.enrollment), log, at) : null,
    agenda: begun ? await agendaOf(parts.db, frame, at, log) : null,
    history,
  };
}
