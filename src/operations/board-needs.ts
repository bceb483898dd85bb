import { type ProgramGlance, programGlances } from "../drivers/store/board-rows.ts";
import type { BoardEntry, BoardNeed } from "./board-parts.ts";
import { byKey } from "./by-key.ts";
import { DUTY_KINDS, URGENCY, VERDICT_TEXT } from "./needs.ts";
import type { Db } from "./parts.ts";

export interface BoardDetails {
  glances: ReadonlyMap<string, ProgramGlance>;
  needsOf(entry: BoardEntry): BoardNeed[];
}

const NEEDS_SHOWN = 3;

/** What the rows of one page show beyond the list: two statements more, whatever their number. */
export async function loadBoardDetails(
  db: Db,
  workspaceId: string,
  entries: readonly BoardEntry[],
  now: Date,
): Promise<BoardDetails> {
  const programs = entries.flatMap(({ enrollmentId }) => enrollmentId ?? []);
  const [glances, duties, uncertain] = await Promise.all([
    programGlances(db, workspaceId, programs, now),
    db.csmTask.findMany({
      where: { workspaceId, caseId: { in: entries.map(({ caseId }) => caseId) }, doneAt: null },
      orderBy: [{ dueAt: "asc" }, { id: "asc" }],
      select: { caseId: true, kind: true, text: true, dueAt: true },
    }),
    db.send.findMany({
      where: { workspaceId, status: "uncertain", enrollmentId: { in: programs } },
      select: { enrollmentId: true, subject: true },
    }),
  ]);
  const dutiesOf = byKey(duties, ({ caseId }) => caseId);
  const uncertainOf = byKey(uncertain, ({ enrollmentId }) => enrollmentId);
  const byProgram = new Map(glances.map((glance) => [glance.enrollmentId, glance]));
  return {
    glances: byProgram,
    needsOf: (entry) => {
      const needs: BoardNeed[] = (dutiesOf.get(entry.caseId) ?? []).map(({ kind, text, dueAt }) => ({
        kind: DUTY_KINDS[kind] ?? "csm_task",
        text,
        dueAt,
        overdue: dueAt < now,
      }));
      const verdict = VERDICT_TEXT[entry.verdict ?? ""];
      const meeting = byProgram.get(entry.enrollmentId ?? "")?.meetingState ?? "";
      // Who has met us, or will, is not to be booked again.
      const isMet = verdict?.kind === "ready" && ["requested", "booked", "held"].includes(meeting);
      if (verdict !== undefined && entry.contactName !== null && !isMet) {
        const text = `${entry.contactName} ${verdict.text}`;
        needs.push({ kind: verdict.kind, text, dueAt: null, overdue: false });
      }
      for (const { subject } of uncertainOf.get(entry.enrollmentId) ?? []) {
        const text = `Nobody can know whether “${subject ?? "a mail"}” reached the server`;
        needs.push({ kind: "uncertain", text, dueAt: null, overdue: false });
      }
      const weight = (need: BoardNeed) => URGENCY[need.kind] * (need.overdue ? 2 : 1);
      return needs.sort((a, b) => weight(b) - weight(a)).slice(0, NEEDS_SHOWN);
    },
  };
}
