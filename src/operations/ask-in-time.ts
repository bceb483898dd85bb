import { askCsm } from "../drivers/store/csm-tasks.ts";
import type { EnrollmentFrame } from "../drivers/store/enrollment-frame.ts";
import type { Db } from "./parts.ts";
import { dueInBusinessDays, personCalendar } from "./person-calendar.ts";

export interface AskedTask {
  readonly key: string;
  readonly kind: string;
  readonly text: string;
  readonly detail?: string;
  /** Business days of the account until it is due. */
  readonly days: number;
}

/** Asks the CSM who signs this enrollment's mails, or else the account's, once per key. False: it was asked before. */
export function askInTime(
  tx: Db,
  { frame, at }: { readonly frame: EnrollmentFrame; readonly at: Date },
  task: AskedTask,
): Promise<boolean> {
  const { days, ...fields } = task;
  const calendar = personCalendar(frame.workspace, frame.account, frame.account.zone, at);
  return askCsm(tx, {
    workspaceId: frame.workspace.id,
    caseId: frame.turnover.id,
    enrollmentId: frame.enrollment.id,
    userId: frame.enrollment.senderId ?? frame.account.csmId,
    createdAt: at,
    dueAt: dueInBusinessDays(at, days, calendar),
    ...fields,
  });
}
